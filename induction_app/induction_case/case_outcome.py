"""What a decision does to the case once notice of it has been given."""

import frappe
from frappe.model.document import Document

from induction_app.induction_case import schedule, status
from induction_app.induction_case.events import record_event


def apply_outcome(decision: Document) -> None:
    """Carry a notified decision (and the outcome of an appeal) over to the ECT, in the same transaction.

    A pass closes the open period at once. An extension lengthens the induction. A fail closes the period
    only when the right of appeal has gone (2.72, 2.73). Doing it twice changes nothing.
    """
    effective, terms = _effective_outcome(decision)
    ect = frappe.get_doc("ECT", decision.ect)
    before = {"extension_terms": ect.extension_terms, "completed_on": ect.completed_on}
    if effective == "Extension":
        ect.extension_terms = terms
    elif effective == "Pass" or (effective == "Fail" and decision.stage == "closed"):
        ect.completed_on = ect.completed_on or decision.decided_on
        close_period(ect.name, effective, decision.decided_on)
    ect.flags.by_rules = True
    ect.save(ignore_permissions=True)  # the decision maker's act; the ECT record follows
    record_event(
        "outcome",
        frappe._("Decision carried over to the case: {0}").format(frappe._(effective)),
        doc=decision,
        details={"before": before, "after": {"outcome": effective, "extension_terms": terms}},
    )
    schedule.refresh(ect.name)
    status.refresh_status(ect.name)


def close_period(ect: str, outcome: str, on) -> None:
    """End the ECT's open induction period with an outcome (`Pass`, `Fail` or `Release`)."""
    name = frappe.db.get_value("Induction Period", {"ect": ect, "is_open": 1})
    if not name:
        return
    period = frappe.get_doc("Induction Period", name)
    period.ends_on, period.outcome = on, outcome
    period.flags.by_rules = True
    period.save(ignore_permissions=True)  # follows from the decision


def _effective_outcome(decision: Document) -> tuple[str, float]:
    match decision.appeal_outcome:
        case "Allowed: passed":
            return "Pass", 0
        case "Allowed: extended":
            return "Extension", decision.appeal_extension_terms
    return decision.outcome, decision.extension_terms
