"""What is due when, and how long is left: worked out by the rules and written to the records.

`work_out` reads a history and answers; it saves nothing, so a what-if asks the same question as the case
itself. `refresh` carries the answer over to the ECT and to the reviews and assessments, in the
transaction of whatever changed the facts, and leaves an Induction Event with before and after.
"""

from collections import defaultdict
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

FIGURES = (
    "required_terms",
    "terms_served",
    "terms_left",
    "absence_extension_days",
    "earliest_final_assessment",
)
# These change with every day that passes; the others only with the facts.
PASSING_FIGURES = {"terms_served", "terms_left"}
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
        "ECT", ect_name, ["name", "stage", "exempt", "completed_on", *FIGURES], as_dict=True, for_update=True
    )
    if ect.stage != "registered" or cint(ect.exempt):
        return
    history = history_of(ect_name)
    refresh_periods([history])
    outlook = work_out(history)
    before = {name: ect[name] for name in FIGURES}
    changed = changed_figures(before, outlook)
    moved = [] if ect.completed_on else _reconcile(ect_name, outlook)
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


@dataclass(frozen=True)
class Differences:
    """What has to be done so that the open reviews and assessments are those the rules ask for."""

    make: list[tuple[str, Event]]
    move: list[tuple[frappe._dict, Event]]
    call_off: list[frappe._dict]

    def __bool__(self) -> bool:
        return bool(self.make or self.move or self.call_off)


def differences(outlook: Outlook, ect_name: str, records: list[frappe._dict], in_post: bool) -> Differences:
    """Compare what the rules ask for with an ECT's scheduled records; changes nothing.

    Nothing is asked for while the ECT is in no post. A term that has had its formal assessment is not asked
    for a review again when an extension makes it an earlier term of a longer induction (2.48).
    """
    left = {row.schedule_key: row for row in records}
    assessed = {row.term_number for row in records if row.doctype == "Formal Assessment" and row.done}
    make, move = [], []
    for each in outlook.events if in_post else ():
        key = f"{ect_name}|{each.event}|{each.term}"
        record = left.pop(key, None)
        if record and record.open and getdate(record.scheduled_for) != each.due:
            move.append((record, each))
        elif not record and not (each.event == "progress_review" and each.term in assessed):
            make.append((key, each))
    return Differences(make, move, [row for row in left.values() if row.untouched])


def scheduled_records(ect_names: list[str]) -> dict[str, list[frappe._dict]]:
    """The reviews and assessments the schedule made for some ECTs. One query a record type."""
    found = defaultdict(list)
    for doctype, started in (("Progress Review", "reviewed_on"), ("Formal Assessment", "meeting_on")):
        for row in frappe.get_all(
            doctype,
            filters={"ect": ("in", ect_names or [""]), "schedule_key": ("is", "set")},
            fields=[
                "name",
                "ect",
                "schedule_key",
                "scheduled_for",
                "stage",
                "term_number",
                f"{started} as started",
            ],
        ):
            row.doctype = doctype
            row.open = row.stage in ("drafting", "checking")
            row.done = row.stage == "received"
            row.untouched = row.open and not row.started
            found[row.ect].append(row)
    return found


def _reconcile(ect_name: str, outlook: Outlook) -> list[dict]:
    """Make, move or call off reviews and assessments so that the open ones are those the rules ask for."""
    period = frappe.db.get_value("Induction Period", {"ect": ect_name, "is_open": 1})
    found = differences(outlook, ect_name, scheduled_records([ect_name])[ect_name], bool(period))
    if not found:
        return []
    ahead = cint(frappe.db.get_single_value("Induction Settings", "review_available_days"))
    why = why_text({"scheduled_for": outlook.answers["schedule"]})
    return [
        *(_make(ect_name, key, event, period, ahead, why) for key, event in found.make),
        *(_move(record, event, ahead, why) for record, event in found.move),
        *(_call_off(record) for record in found.call_off),
    ]


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


def changed_figures(stored: dict, outlook: Outlook) -> dict[str, object]:
    """The figures that differ from those stored."""
    return {name: value for name, value in outlook.figures.items() if _differs(stored[name], value)}


def _differs(stored: object, found: object) -> bool:
    if isinstance(found, date) or isinstance(stored, date):
        return (getdate(stored) if stored else None) != (getdate(found) if found else None)
    return flt(stored, 2) != flt(found, 2)


def explain(outlook: Outlook) -> dict[str, dict]:
    """The reasons of an outlook's figures, as data."""
    return {name: reasons(answer) for name, answer in outlook.answers.items()}
