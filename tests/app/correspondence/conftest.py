"""A case whose mails can be looked at, and ways to look at them."""

import frappe
import pytest

from tests import factory


@pytest.fixture(scope="module")
def registered(bench_site):
    """A registered ECT at a place, made once; what a test does with it is taken back, unless it commits."""
    frappe.set_user("Administrator")
    at = factory.place()
    ect = factory.registered_ect(at)
    frappe.db.commit()
    return frappe._dict(at=at, ect=ect, review=factory.review_of(ect, 1), user=factory.user_of(ect))


@pytest.fixture
def case(registered, site):
    """The registered ECT, for one test."""
    return registered


@pytest.fixture
def mails():
    """Return the mails about a record, oldest first, and those to one address where it is given."""

    def about(name: str, to: str | None = None, **filters) -> list[frappe._dict]:
        wanted = {"reference_name": name, **filters, **({"to_email": to} if to else {})}
        return frappe.get_all("Correspondence", filters=wanted, fields=["*"], order_by="creation, to_email")

    return about


@pytest.fixture
def rule(site):
    """Return a function that makes a mail rule with a text of its own."""

    def make(subject: str = "About {{ reference }}", response: str = "<p>{{ name }}</p>", **values):
        text = frappe.get_doc(
            {
                "doctype": "Email Template",
                "name": f"Text {factory.number()}",
                "subject": subject,
                "response": response,
            }
        ).insert()
        return frappe.get_doc(
            {
                "doctype": "Mail Rule",
                "rule_name": f"Rule {factory.number()}",
                "document_type": "Progress Review",
                "happens_when": "stage reached",
                "email_template": text.name,
                **values,
            }
        ).insert()

    return make


@pytest.fixture
def silence(site):
    """Switch the shipped rules off, so that only a test's own rules speak."""
    frappe.db.set_value("Mail Rule", {"enabled": 1}, "enabled", 0)


@pytest.fixture
def considered(case):
    """A final assessment received: the decision is being considered."""
    final = factory.assessment_of(case.ect, "Final")
    with factory.on_day("2026-07-06"):
        factory.write_assessment(case.at, final, "2026-07-03", overall="Not satisfactory")
        head = {"recommendation": "Unsatisfactory", "recommendation_reason": "Standards 2 and 7."}
        factory.sign_and_send(case.at, "Formal Assessment", final, case.ect, head)
    return frappe.db.get_value("Induction Decision", {"ect": case.ect})
