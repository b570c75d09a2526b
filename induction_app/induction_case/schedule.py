"""A case kept as the rules have it, in the transaction of whatever changed its facts.

`refresh` carries what `work_out` finds over to the ECT and to the reviews and assessments, and leaves an
Induction Event with before and after.
"""

from datetime import date

import frappe
from frappe import _
from frappe.utils import cint, flt, getdate

from induction_app.clock import today
from induction_app.induction_case.events import record_event
from induction_app.induction_case.history import history_of
from induction_app.induction_case.outlook import Outlook, work_out
from induction_app.induction_case.period_figures import refresh_periods
from induction_app.induction_case.rules import why_text
from induction_app.induction_case.scheduled_records import reconcile

FIGURES = (
    "required_terms",
    "terms_served",
    "terms_left",
    "absence_extension_days",
    "earliest_final_assessment",
)
# These change with every day that passes; the others only with the facts.
PASSING_FIGURES = {"terms_served", "terms_left"}


def refresh(ect_name: str, because: str | None = None) -> None:
    """Work the case out again and carry over what differs, in the present transaction.

    The ECT's row is locked first, so that writers follow each other. Whoever waited reads with a lock from
    there on: an ordinary reading would show the case as it was before the others wrote.
    """
    ect = frappe.db.get_value(
        "ECT", ect_name, ["name", "stage", "exempt", "completed_on", *FIGURES], as_dict=True, for_update=True
    )
    if ect.stage != "registered" or cint(ect.exempt):
        return
    history = history_of(ect_name, locked=True)
    outlook = work_out(history)
    refresh_periods([(history, outlook)], locked=True)
    before = {name: ect[name] for name in FIGURES}
    changed = changed_figures(before, outlook)
    moved = [] if ect.completed_on else reconcile(ect_name, outlook, history.terms)
    told = bool(moved or set(changed) - PASSING_FIGURES)
    if changed or moved:
        values = {**changed, "why": why_text(outlook.answers)}
        frappe.db.set_value("ECT", ect_name, values, update_modified=told)
    if told:
        record_event(
            "schedule",
            _("Schedule worked out again"),
            doc=frappe.get_doc("ECT", ect_name),
            details={
                "because": because,
                "before": {name: before[name] for name in changed},
                "after": changed,
                "events": moved,
            },
        )
    if ect.completed_on and getdate(ect.completed_on) >= today():
        from induction_app.induction_case.case_outcome import settle  # it refreshes the schedule in turn

        settle(ect_name)  # what has changed since the decision may put the last day of induction off


def changed_figures(stored: dict, outlook: Outlook) -> dict[str, object]:
    """The figures that differ from those stored."""
    return {name: value for name, value in outlook.figures.items() if _differs(stored[name], value)}


def _differs(stored: object, found: object) -> bool:
    if isinstance(found, date) or isinstance(stored, date):
        return (getdate(stored) if stored else None) != (getdate(found) if found else None)
    return flt(stored, 2) != flt(found, 2)
