"""What a decision does to the case once notice of it has been given."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from induction_app.induction_case import schedule, status
from induction_app.induction_case.events import record_event
from induction_app.induction_case.history import history_of
from induction_app.induction_case.rules import ask_rule


def apply_outcome(decision: Document) -> None:
    """Carry a notified decision (and the outcome of an appeal) over to the ECT, in the same transaction.

    A pass closes the open period at once. An extension lengthens the induction. A fail closes the period
    only when the right of appeal has gone (2.72, 2.73). Doing it twice changes nothing.
    """
    effective, terms = _effective_outcome(decision)
    before = frappe.db.get_value("ECT", decision.ect, ["extension_terms", "completed_on"], as_dict=True)
    after = dict(before)
    if effective == "Extension":
        after["extension_terms"] = terms
    elif effective == "Pass" or (effective == "Fail" and decision.stage == "closed"):
        after["completed_on"] = before.completed_on or decision.decided_on
        after["retain_until"] = ask_rule("retain_until", completed=getdate(after["completed_on"])).value
    frappe.db.set_value("ECT", decision.ect, after)
    if after["completed_on"]:
        close_period(decision.ect, effective, decision.decided_on)
    record_event(
        "outcome",
        _("Outcome put on the case: {0}").format(_(effective)),
        doc=decision,
        details={"outcome": effective, "before": before, "after": after},
    )
    schedule.refresh(decision.ect, because=f"decision {decision.name}")
    status.refresh_status(decision.ect)


def close_period(ect: str, outcome: str, on) -> None:
    """End the ECT's open induction period with an outcome (`Pass`, `Fail` or `Release`)."""
    name = frappe.db.get_value("Induction Period", {"ect": ect, "is_open": 1})
    if not name:
        return
    period = frappe.get_doc("Induction Period", name)
    period.ends_on, period.outcome = min(getdate(on), _complete_on(ect) or getdate(on)), outcome
    period.flags.by_rules = True
    period.save(ignore_permissions=True)  # follows from the decision


def _complete_on(ect: str) -> date | None:
    """The day all terms are served, where the post lasts as long: later days are no induction (2.65)."""
    history = history_of(ect)
    return ask_rule("induction_progress", **history.as_facts(), today=history.as_of).value["complete_on"]


def _effective_outcome(decision: Document) -> tuple[str, float]:
    match decision.appeal_outcome:
        case "Allowed: passed":
            return "Pass", 0
        case "Allowed: extended":
            return "Extension", decision.appeal_extension_terms
    return decision.outcome, decision.extension_terms
