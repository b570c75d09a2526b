"""What the decisions on a case do to it once notice has been given, and what an appeal takes back."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from induction_app.clock import today
from induction_app.induction_case import schedule, status
from induction_app.induction_case.decisions import decisions_on, grant_of, is_final, outcome_of
from induction_app.induction_case.events import record_event
from induction_app.induction_case.history import DECIDED, history_of
from induction_app.induction_case.outlook import work_out
from induction_app.induction_case.rules import ask_rule

_SET_BY_DECISIONS = ["extension_terms", "completed_on", "retain_until"]


def apply_outcome(decision: Document) -> None:
    """Carry a notified decision, an appeal or its outcome over to the ECT, in the same transaction.

    A pass ends the open period with the day induction is complete. An extension lengthens the induction. A
    fail ends the period only when the right of appeal has gone (2.72, 2.73), and an appeal made after that
    opens it again. Everything is worked out from all decisions, so doing it twice changes nothing.
    """
    before, after = settle(decision.ect)
    if decision.stage != "appealed" or before != after:
        _tell(decision, before, after)
    schedule.refresh(decision.ect, because=f"decision {decision.name}")
    status.refresh_status(decision.ect)


def _tell(decision: Document, before: dict, after: dict) -> None:
    taken_back = bool(before["completed_on"]) and not after["completed_on"]
    summary = (
        _("Taken back, as an appeal was made: the end of the case")
        if taken_back
        else _("Outcome put on the case: {0}").format(_(outcome_of(decision)))
    )
    details = {"outcome": outcome_of(decision), "before": before, "after": after}
    if decision.get("appeal_recorded_late"):
        details["appeal recorded late"] = decision.appeal_recorded_late
    record_event("outcome", summary, doc=decision, details=details)


def settle(ect: str) -> tuple[dict, dict]:
    """Set what the notified decisions come to on the ECT and the period. Returns it before and after."""
    decisions = decisions_on([ect])[ect]
    before = _stored(ect)
    if not decisions:
        return before, before
    newest = decisions[-1]
    final = is_final(newest, today())
    grants = filter(None, map(grant_of, decisions))
    values = {
        "extension_terms": sum(grant.terms for grant in grants),
        "completed_on": None,
        "retain_until": None,
    }
    if values["extension_terms"] != before["extension_terms"]:
        frappe.db.set_value("ECT", ect, "extension_terms", values["extension_terms"])
    if final:
        completed = _complete_on(ect) or getdate(newest.decided_on)
        values |= {
            "completed_on": completed,
            "retain_until": ask_rule("retain_until", completed=completed).value,
        }
    if any(values[name] != before[name] for name in values):
        frappe.db.set_value("ECT", ect, values)
    if final:
        _end_period(ect, outcome_of(newest), values["completed_on"])
    else:
        _open_period_again(ect)
    return before, _stored(ect)


def end_cases_out_of_time(ects: list[str]) -> None:
    """End the cases of those who failed and whose time to appeal has passed since their decision was closed."""
    for ect, decisions in decisions_on(ects).items():
        newest = decisions[-1]
        if outcome_of(newest) == "Fail" and is_final(newest, today()):
            if not frappe.db.get_value("ECT", ect, "completed_on"):
                apply_outcome(frappe.get_doc("Induction Decision", newest.name))


def _stored(ect: str) -> dict:
    """What decisions set: on the ECT, and the end and outcome of the newest period."""
    period = frappe.get_all(
        "Induction Period",
        filters={"ect": ect},
        fields=["name as period", "ends_on", "outcome", "outcome_reported_on"],
        order_by="starts_on desc",
        limit=1,
    )
    return {
        **frappe.db.get_value("ECT", ect, _SET_BY_DECISIONS, as_dict=True),
        **(period[0] if period else {}),
    }


def _complete_on(ect: str) -> date | None:
    """The day all terms are served, where the post lasts as long: later days are no induction (2.65)."""
    return work_out(history_of(ect).undecided()).complete_on


def _end_period(ect: str, outcome: str, on: date) -> None:
    """End the open period, or the one a decision has ended, with an outcome (`Pass` or `Fail`) and a day."""
    name = _period(ect, is_open=1) or _period(ect, outcome=("in", DECIDED))
    if name:
        _save_period(name, ends_on=on, outcome=outcome)


def _open_period_again(ect: str) -> None:
    """Take the end by a decision off the period; the DfE is told anew of what becomes of it."""
    name = _period(ect, outcome=("in", DECIDED))
    if not name:
        return
    moved_on = _period(ect, is_open=1)  # a post that began since then: the earlier one did end
    _save_period(name, outcome=None, outcome_reported_on=None, **({} if moved_on else {"ends_on": None}))


def _period(ect: str, **filters) -> str | None:
    return frappe.db.get_value("Induction Period", {"ect": ect, **filters}, order_by="starts_on desc")


def _save_period(name: str, **values) -> None:
    period = frappe.get_doc("Induction Period", name)
    if all((period.get(field) or None) == value for field, value in values.items()):
        return
    period.update(values)
    period.flags.by_rules = True
    period.save(ignore_permissions=True)  # follows from the decision
