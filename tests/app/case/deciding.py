"""A decision as it comes about: the final assessment received, decided on, notice sent."""

import frappe

from induction_app.workflows.act import act
from tests import factory
from tests.factory import acting_as

DECISION = "Induction Decision"


def received_final(at, ect: str, day: str, meeting: str) -> str:
    """The scheduled final assessment held, signed and received on a day. Returns the decision it opens."""
    final = frappe.db.get_value(
        "Formal Assessment", {"ect": ect, "assessment_type": "Final", "stage": "drafting"}
    )
    with factory.on_day(day):
        factory.write_assessment(at, final, meeting)
        recommended = {"recommendation": "Unsatisfactory", "recommendation_reason": "Standards 2 and 7."}
        factory.sign_and_send(at, "Formal Assessment", final, ect, recommended)
    return frappe.db.get_value(DECISION, {"formal_assessment": final})


def decide(case, on: str, **values) -> None:
    """Decide and send notice on one day."""
    with factory.on_day(on):
        with acting_as(case.at.decider):
            act(DECISION, case.decision, "Decide", values={"reasons": "On the evidence.", **values})
        with acting_as(case.at.officer):
            act(DECISION, case.decision, "Send notice")


def take(case, who: str, on: str, action: str, **values):
    """Take an action on the decision as somebody, on a day."""
    with factory.on_day(on), acting_as(who):
        return act(DECISION, case.decision, action, values=values or None)


def stored(case):
    """The decision as it is in the database."""
    return frappe.get_doc(DECISION, case.decision)


def ect_of(case):
    """The ECT as they are in the database."""
    return frappe.get_doc("ECT", case.ect)


def period_of(case):
    """The ECT's newest induction period."""
    return frappe.get_last_doc("Induction Period", {"ect": case.ect})


def days_pass(case, until: str) -> None:
    """What the daily job does to the case on a day."""
    from induction_app.induction_case import clocks

    with factory.on_day(until):
        clocks.refresh_cases([name for batch in clocks.running_cases() for name in batch if name == case.ect])
