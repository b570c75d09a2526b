"""What is due when, and how long is left: worked out by the rules and written to the records.

`work_out` reads a history and answers; it saves nothing, so a what-if asks the same question as the case
itself. `refresh` carries the answer over to the ECT and to the reviews and assessments, in the
transaction of whatever changed the facts, and leaves an Induction Event with before and after.
"""

from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, cint, flt, getdate

from induction_app.induction_case.events import record_event
from induction_app.induction_case.history import History, history_of
from induction_app.induction_case.period_figures import refresh_periods
from induction_app.induction_case.rules import ask_rule, reasons, why_text
from induction_app.statutory import Answer
from induction_app.workflows.rule_moves import move_by_rule

_FIGURES = (
    "required_terms",
    "terms_served",
    "terms_left",
    "absence_extension_days",
    "earliest_final_assessment",
)
_RECORD_OF = {
    "progress_review": ("Progress Review", None),
    "first_assessment": ("Formal Assessment", "First"),
    "final_assessment": ("Formal Assessment", "Final"),
}


@dataclass(frozen=True)
class Event:
    """A review or assessment that falls due: what, in which term of induction, by when."""

    event: str
    term: int
    due: date


@dataclass(frozen=True)
class Outlook:
    """An induction worked out: its figures, its events, and the reasons for both."""

    figures: dict[str, object]
    events: tuple[Event, ...]
    answers: dict[str, Answer] = field(default_factory=dict)


def work_out(history: History) -> Outlook:
    """Ask the rules about a history. Saves nothing."""
    facts = history.as_facts()
    progress = ask_rule("induction_progress", **facts, today=history.as_of)
    events = ask_rule("history_events", **facts)
    value = progress.value
    figures = {
        "required_terms": flt(value["required_terms"], 2),
        "terms_served": flt(value["terms_served"], 2),
        "terms_left": flt(value["terms_left"], 2),
        "absence_extension_days": cint(value["extension_days"]),
        "earliest_final_assessment": value["earliest_final_assessment"],
    }
    due = tuple(Event(each["event"], each["term"], each["due"]) for each in events.value)
    answers = {name: progress for name in figures} | {"schedule": events}
    return Outlook(figures, due, answers)


def refresh(ect_name: str, because: str | None = None) -> None:
    """Work the case out again and carry over what differs, in the present transaction."""
    ect = frappe.db.get_value(
        "ECT", ect_name, ["name", "stage", "exempt", "completed_on", *_FIGURES], as_dict=True, for_update=True
    )
    if ect.stage != "registered" or cint(ect.exempt):
        return
    history = history_of(ect_name)
    refresh_periods(history)
    outlook = work_out(history)
    before = {name: ect[name] for name in _FIGURES}
    changed = {name: value for name, value in outlook.figures.items() if _differs(before[name], value)}
    moved = [] if ect.completed_on else _reconcile(ect_name, outlook)
    if changed or moved:
        frappe.db.set_value("ECT", ect_name, {**changed, "why": why_text(outlook.answers)})
    if moved or set(changed) - {"terms_served", "terms_left"}:
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
    elif changed:
        frappe.db.set_value("ECT", ect_name, "why", why_text(outlook.answers), update_modified=False)


def _reconcile(ect_name: str, outlook: Outlook) -> list[dict]:
    """Make, move or call off reviews and assessments so that the open ones are those the rules ask for."""
    open_records = _scheduled(ect_name)
    changes = []
    period = frappe.db.get_value("Induction Period", {"ect": ect_name, "is_open": 1})
    ahead = cint(frappe.db.get_single_value("Induction Settings", "review_available_days"))
    assessed = {
        row.term_number for row in open_records.values() if row.doctype == "Formal Assessment" and row.done
    }
    wanted = {f"{ect_name}|{each.event}|{each.term}": each for each in outlook.events} if period else {}
    why = why_text({"scheduled_for": outlook.answers["schedule"]})
    for key, each in wanted.items():
        record = open_records.pop(key, None)
        if not record and each.event == "progress_review" and each.term in assessed:
            continue  # An extension turns the last term into an earlier one; it has had its assessment (2.48).
        if not record:
            changes.append(_make(ect_name, key, each, period, ahead, why))
        elif record.open and getdate(record.scheduled_for) != each.due:
            changes.append(_move(record, each, ahead, why))
    for record in open_records.values():
        if record.untouched:
            changes.append(_call_off(record))
    return changes


def _scheduled(ect_name: str) -> dict[str, frappe._dict]:
    found = {}
    for doctype in ("Progress Review", "Formal Assessment"):
        for row in frappe.get_all(
            doctype,
            filters={"ect": ect_name, "schedule_key": ("is", "set")},
            fields=["name", "schedule_key", "scheduled_for", "stage", "term_number"],
        ):
            started = "meeting_on" if doctype == "Formal Assessment" else "reviewed_on"
            row.doctype = doctype
            row.open = row.stage in ("drafting", "checking")
            row.done = row.stage == "received"
            row.untouched = row.open and not frappe.db.get_value(doctype, row.name, started)
            found[row.schedule_key] = row
    return found


def _make(ect_name: str, key: str, event: Event, period: str, ahead: int, why: str) -> dict:
    doctype, kind = _RECORD_OF[event.event]
    record = frappe.get_doc(
        {
            "doctype": doctype,
            "ect": ect_name,
            "induction_period": period,
            "term_number": event.term,
            "schedule_key": key,
            "scheduled_for": event.due,
            "available_from": add_days(event.due, -ahead),
            "why": why,
            **({"assessment_type": kind} if kind else {}),
        }
    )
    record.flags.by_rules = True
    record.insert(ignore_permissions=True)  # the rules schedule it, whoever changed the facts
    return {"made": record.name, "event": event.event, "term": event.term, "due": event.due}


def _move(record: frappe._dict, event: Event, ahead: int, why: str) -> dict:
    doc = frappe.get_doc(record.doctype, record.name)
    doc.flags.by_rules = True
    doc.update({"scheduled_for": event.due, "available_from": add_days(event.due, -ahead), "why": why})
    doc.overdue_since = None
    doc.save(ignore_permissions=True)  # follows from changed facts
    return {"moved": doc.name, "from": record.scheduled_for, "to": event.due}


def _call_off(record: frappe._dict) -> dict:
    reason = _("The schedule no longer asks for it.")
    moved = move_by_rule(
        record.doctype, record.name, "cancelled", {"schedule_key": None, "cancelled_reason": reason}
    )
    return {"called off" if moved else "kept": record.name}


def _differs(stored: object, found: object) -> bool:
    if isinstance(found, date) or isinstance(stored, date):
        return (getdate(stored) if stored else None) != (getdate(found) if found else None)
    return flt(stored, 2) != flt(found, 2)


def explain(outlook: Outlook) -> dict[str, dict]:
    """The reasons of an outlook's figures, as data."""
    return {name: reasons(answer) for name, answer in outlook.answers.items()}
