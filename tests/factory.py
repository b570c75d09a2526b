"""Makes the people and records tests need, through the same services people use.

Every school gets its own URN and every person their own address, so that tests that commit (those that
ask over HTTP) do not meet each other's records.
"""

from __future__ import annotations

import itertools
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

PASSWORD = "Correct-horse-9-battery"
_numbers = itertools.count(os.getpid() % 10_000 * 100 + 1)


def number() -> int:
    """A number no other test uses in this run."""
    return next(_numbers)


@contextmanager
def acting_as(user: str):
    """Do what is inside as this person, as a request of theirs would."""
    import frappe

    from induction_app.access.positions import forget_positions

    before = frappe.session.user
    frappe.set_user(user)
    forget_positions()
    try:
        yield
    finally:
        frappe.set_user(before)
        forget_positions()


@contextmanager
def on_day(day: str | date):
    """Let the site live on a day while what is inside runs, for this process and for the web server."""
    import frappe
    from frappe.installer import update_site_config

    before = frappe.conf.get("induction_today")
    update_site_config("induction_today", str(day))
    frappe.conf.induction_today = str(day)
    try:
        yield
    finally:
        update_site_config("induction_today", before if before else "None")
        frappe.conf.induction_today = before


@contextmanager
def refused(error: type[Exception], match: str = ""):
    """Expect a refusal, and take back what it left half done, as the end of a request would."""
    import frappe
    import pytest

    frappe.db.savepoint("before_refusal")
    with pytest.raises(error, match=match):
        yield
    frappe.db.rollback(save_point="before_refusal")


def person(first: str, role: str | None = None, school: str | None = None, body: str | None = None) -> str:
    """A person with an account and, with `role`, a position at a school or body. Returns the user's name."""
    import frappe

    email = f"{first.lower().replace(' ', '.')}.{number()}@example.com"
    frappe.local.conf.throttle_user_limit = 10_000  # the framework allows 60 new accounts an hour
    user = frappe.get_doc(
        {
            "doctype": "User",
            "email": email,
            "first_name": first,
            "last_name": f"Person {number()}",
            "send_welcome_email": 0,
            "new_password": PASSWORD,
        }
    ).insert()
    if role:
        position(user.name, role, school, body)
    return user.name


def position(
    user: str, role: str, school: str | None = None, body: str | None = None, since: str = "2020-09-01"
) -> None:
    """Give a person a role at a school or an appropriate body."""
    import frappe

    frappe.get_doc(
        {
            "doctype": "Induction Staff",
            "user": user,
            "role": frappe.db.get_value("Induction Role", {"shipped_as": role}) or role,
            "school": school,
            "appropriate_body": body,
            "starts_on": since,
            "holds_qts": 1,
        }
    ).insert()


@dataclass
class Place:
    """A school with its appropriate body and somebody in every role."""

    body: str = ""
    school: str = ""
    people: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, role: str) -> str:
        try:
            return self.people[role]
        except KeyError:
            raise AttributeError(role) from None


_IN_SCHOOL = {
    "mentor": "Mentor",
    "tutor": "Induction Tutor",
    "coordinator": "Induction Coordinator",
    "head": "Headteacher",
    "administrator": "School Administrator",
    "governor": "Governor",
}
_IN_BODY = {
    "officer": "AB Officer",
    "decider": "AB Decision Maker",
    "contact": "AB Named Contact",
    "quality": "QA Officer",
}


def place(body: str | None = None, terms: bool = True) -> Place:
    """A school (with an appropriate body of its own, unless one is named) and people in all roles."""
    import frappe

    if not body:
        body = (
            frappe.get_doc(
                {
                    "doctype": "Appropriate Body",
                    "ab_name": f"Teaching School Hub {number()}",
                    "ab_type": "Teaching school hub",
                    "email": f"hub{number()}@example.com",
                    "address": "1 Hub Street\nTown\nAB1 2CD",
                }
            )
            .insert()
            .name
        )
    school = (
        frappe.get_doc(
            {
                "doctype": "School",
                "urn": str(200_000 + number()),
                "school_name": f"School {number()}",
                "status": "Open",
                "setting_kind": "maintained",
                "appropriate_body": body,
                "employer_name": "The Employer",
                "employer_email": f"employer{number()}@example.com",
            }
        )
        .insert()
        .name
    )
    frappe.db.set_value("School", school, {"authorisation": "Authorised", "authorised_on": "2020-09-01"})
    found = Place(body, school)
    for key, role in _IN_SCHOOL.items():
        found.people[key] = person(key.title(), role, school=school)
    for key, role in _IN_BODY.items():
        found.people[key] = person(key.title(), role, body=body)
    return found


_shared: list[Place] = []


def shared_place() -> Place:
    """A place kept for the whole run, for tests that take back what they do (the `site` fixture).

    Making ten people takes seconds; they are committed once, before the test has done anything else.
    """
    import frappe

    if not _shared:
        _shared.append(place())
        frappe.db.commit()
    at = _shared[0]
    return Place(at.body, at.school, dict(at.people))


def draft_ect(at: Place, **values) -> str:
    """A registration begun by the school's administrator and complete enough to send. Returns its name."""
    import frappe

    conditions = {
        df.fieldname: 1
        for df in frappe.get_meta("ECT").fields
        if df.fieldname.startswith("post_") and df.fieldtype == "Check"
    }
    n = number()
    with acting_as(at.administrator):
        return (
            frappe.get_doc(
                {
                    "doctype": "ECT",
                    "first_name": "Eve",
                    "last_name": f"Early {n}",
                    "email": f"eve.{n}@example.com",
                    "date_of_birth": "1999-02-03",
                    "trn": f"{3_000_000 + n}",
                    "qts_awarded_on": "2024-07-01",
                    "school": at.school,
                    "start_date": "2024-09-02",
                    "fte": 1,
                    "induction_tutor": at.tutor,
                    "mentor": at.mentor,
                    **conditions,
                    **values,
                }
            )
            .insert()
            .name
        )


def registered_ect(at: Place, on: str = "2024-08-20", **values) -> str:
    """An ECT authorised by the appropriate body on a day, with a schedule and an account. Returns its name."""
    import frappe
    from frappe.utils.password import update_password

    from induction_app.workflows.act import act

    with on_day(on):
        name = draft_ect(at, **values)
        with acting_as(at.administrator):
            act("ECT", name, "Send to appropriate body")
        with acting_as(at.officer):
            act("ECT", name, "Authorise", values={"named_contact": at.contact})
    update_password(frappe.db.get_value("ECT", name, "user"), PASSWORD)
    return name


def user_of(ect: str) -> str:
    """The account an ECT signs in with."""
    import frappe

    return frappe.db.get_value("ECT", ect, "user")


def review_of(ect: str, term: int) -> str:
    """The progress review scheduled for a term of an ECT's induction."""
    import frappe

    return frappe.db.get_value("Progress Review", {"ect": ect, "term_number": term})


def assessment_of(ect: str, kind: str) -> str:
    """The formal assessment (First or Final) scheduled for an ECT."""
    import frappe

    return frappe.db.get_value("Formal Assessment", {"ect": ect, "assessment_type": kind})


REVIEW_TEXT = {
    "on_track": "On track",
    "evidence_summary": "Planning, books and three observations.",
    "targets": [{"standard": "7", "target": "Use the school's routines from the first minute."}],
}


def write_review(at: Place, review: str, meeting: str, **values) -> None:
    """Write a review as the tutor and send it to the ECT."""
    from induction_app.workflows.act import act

    with acting_as(at.tutor):
        act(
            "Progress Review", review, "Send to ECT", values={**REVIEW_TEXT, "reviewed_on": meeting, **values}
        )


def write_assessment(
    at: Place, assessment: str, meeting: str, overall: str = "Satisfactory", **values
) -> None:
    """Write a formal assessment as the tutor and send it to the ECT."""
    import frappe

    from induction_app.workflows.act import act

    judgement = "Satisfactory" if overall == "Satisfactory" else "Not satisfactory"
    judgements = [
        {"standard": code, "judgement": judgement, "evidence": f"Evidence for standard {code}."}
        for code in frappe.get_all("Teachers Standard", order_by="position", pluck="name")
    ]
    with acting_as(at.tutor):
        act(
            "Formal Assessment",
            assessment,
            "Send to ECT",
            values={
                "meeting_on": meeting,
                "overall": overall,
                "summary": "A summary.",
                "judgements": judgements,
                "support_plan": "" if overall == "Satisfactory" else "Weekly coaching.",
                **values,
            },
        )


def sign_and_send(at: Place, doctype: str, name: str, ect: str, head_values: dict | None = None) -> None:
    """From the ECT's comment to the appropriate body's receipt, each signing as themselves."""
    from induction_app.workflows.act import act

    steps = (
        (user_of(ect), "Send comment", {"ect_comment": "I agree."}),
        (at.tutor, "Sign as tutor", None),
        (at.head, "Sign as headteacher", head_values),
        (user_of(ect), "Sign", None),
        (at.officer, "Receive", None),
    )
    for who, action, values in steps:
        with acting_as(who):
            act(doctype, name, action, values=values)
