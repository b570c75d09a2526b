"""Cases of one appropriate body as the DfE's files need them, inside the test's transaction."""

from itertools import count

import pytest

BODY, OTHER_BODY, SCHOOL = "Returns Hub", "Other Returns Hub", "900011"
TODAY = "2026-07-31"


class Cases:
    """ECTs and their induction periods, written straight to the tables.

    Older records may hold what today's forms refuse, and that is what the files have to catch.
    """

    body, other_body, school = BODY, OTHER_BODY, SCHOOL

    def __init__(self) -> None:
        import frappe

        self._numbers = count(1)
        for body in (BODY, OTHER_BODY):
            frappe.get_doc(
                {"doctype": "Appropriate Body", "ab_name": body, "ab_type": "Teaching school hub"}
            ).insert()
        frappe.get_doc(
            {"doctype": "School", "urn": SCHOOL, "school_name": "Returns School", "appropriate_body": BODY}
        ).insert()

    def ect(self, **values):
        """Return a registered ECT; `values` replace what is usual."""
        import frappe

        number = next(self._numbers)
        usual = {
            "name": f"ECT-DFE-{number:04d}",
            "first_name": "Erin",
            "last_name": f"Case{number:04d}",
            "full_name": f"Erin Case{number:04d}",
            "trn": f"{3000000 + number}",
            "date_of_birth": "1999-02-28",
            "qts_awarded_on": "2025-07-01",
            "stage": "registered",
            "school": SCHOOL,
            "appropriate_body": BODY,
        }
        ect = frappe.get_doc({"doctype": "ECT", **usual, **values})
        ect.db_insert()
        return ect

    def period(self, ect=None, **values):
        """Return an open induction period of an ECT, made with it when none is given."""
        import frappe

        ect = ect or self.ect()
        usual = {
            "name": f"IP-DFE-{next(self._numbers):04d}",
            "ect": ect.name,
            "ect_name": ect.full_name,
            "school": SCHOOL,
            "appropriate_body": BODY,
            "programme_type": "Provider-led",
            "starts_on": "2025-09-01",
            "fte": 1,
            "is_open": 0 if values.get("ends_on") else 1,
        }
        period = frappe.get_doc({"doctype": "Induction Period", **usual, **values})
        period.db_insert()
        return period

    def ended(self, outcome: str = "Pass", ect=None, **values):
        """Return a claimed period that has ended with an outcome not yet reported."""
        usual = {
            "ends_on": "2026-07-21",
            "terms_served": 3,
            "claim_reported_on": "2025-10-01",
            "outcome": outcome,
        }
        return self.period(ect, **{**usual, **values})

    def officer(self, first_name: str = "Olive", capacity: str = "ab_officer", body: str = BODY) -> str:
        """Return the account of a person with a position at a body."""
        import frappe

        email = f"{first_name.lower()}@returns.test"
        frappe.get_doc(
            {
                "doctype": "User",
                "email": email,
                "first_name": first_name,
                "last_name": "Test",
                "send_welcome_email": 0,
            }
        ).insert()
        frappe.get_doc(
            {
                "doctype": "Induction Staff",
                "user": email,
                "role": frappe.db.get_value("Induction Role", {"capacity": capacity}, "name"),
                "appropriate_body": body,
                "starts_on": "2025-09-01",
            }
        ).insert()
        return email


@pytest.fixture
def cases(site: None, monkeypatch) -> Cases:
    """Return a body with no cases yet, on 31 July 2026."""
    import frappe

    monkeypatch.setitem(frappe.local.conf, "induction_today", TODAY)
    return Cases()
