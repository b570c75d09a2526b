"""A case brought further by its people: to the headteacher, to the appropriate body, decided, notified."""

import frappe

from induction_app.workflows.act import act
from tests import factory
from tests.browser.records import commit


def to_the_head(at) -> None:
    with factory.acting_as(at.teacher):
        act(
            "Formal Assessment",
            at.final,
            "Send comment",
            values={"ect_comment": "A fair account of two years."},
        )
    with factory.acting_as(at.tutor):
        act("Formal Assessment", at.final, "Sign as tutor")
    commit()


def to_the_body(at, recommendation: str = "Satisfactory") -> str:
    """Send the final assessment to the appropriate body and receive it; the name of the decision it opens."""
    to_the_head(at)
    with factory.acting_as(at.head):
        act(
            "Formal Assessment",
            at.final,
            "Sign as headteacher",
            values={"recommendation": recommendation, "recommendation_reason": "I have seen it."},
        )
    with factory.acting_as(at.teacher):
        act("Formal Assessment", at.final, "Sign")
    with factory.acting_as(at.officer):
        act("Formal Assessment", at.final, "Receive")
    commit()
    return frappe.db.get_value("Induction Decision", {"ect": at.ect})


def decided(at, outcome: str, **values) -> str:
    """Take a decision without sending its notice."""
    decision = to_the_body(at)
    with factory.acting_as(at.decider):
        act(
            "Induction Decision",
            decision,
            "Decide",
            values={"outcome": outcome, "reasons": "The evidence of two years.", **values},
        )
    commit()
    return decision


def notified(at, outcome: str, **values) -> str:
    decision = decided(at, outcome, **values)
    with factory.acting_as(at.officer):
        act("Induction Decision", decision, "Send notice")
    commit()
    return decision
