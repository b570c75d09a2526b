"""The reviews and assessments that the schedule asks for, kept as records: made, moved and called off."""

from collections import defaultdict
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate

from induction_app.induction_case.outlook import Event, Outlook
from induction_app.induction_case.rules import why_text
from induction_app.statutory import Answer
from induction_app.workflows.rule_moves import move_by_rule

_RECORD_OF = {
    "progress_review": ("Progress Review", None),
    "first_assessment": ("Formal Assessment", "First"),
    "final_assessment": ("Formal Assessment", "Final"),
}


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
        if record and record.open and _stands_elsewhere(record, each):
            move.append((record, each))
        elif not record and not (each.event == "progress_review" and each.term in assessed):
            make.append((key, each))
    return Differences(make, move, [row for row in left.values() if row.untouched])


def records_of(ect_names: list[str]) -> dict[str, list[frappe._dict]]:
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
                "waits_for",
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


def reconcile(ect_name: str, outlook: Outlook) -> list[dict]:
    """Make, move or call off reviews and assessments so that the open ones are those the rules ask for."""
    period = frappe.db.get_value("Induction Period", {"ect": ect_name, "is_open": 1})
    found = differences(outlook, ect_name, records_of([ect_name])[ect_name], bool(period))
    if not found:
        return []
    ahead = cint(frappe.db.get_single_value("Induction Settings", "review_available_days"))
    schedule = outlook.answers["schedule"]
    return [
        *(_make(ect_name, key, period, _placed(event, ahead, schedule), event) for key, event in found.make),
        *(_move(record, _placed(event, ahead, schedule)) for record, event in found.move),
        *(_call_off(record) for record in found.call_off),
    ]


def _placed(event: Event, ahead: int, schedule: Answer) -> dict:
    """Where an event stands in time, as its record's fields."""
    return {
        "scheduled_for": event.due,
        "available_from": add_days(event.due, -ahead),
        "waits_for": event.waits_for,
        "why": why_text({"scheduled_for": event.why or schedule}),
    }


def _make(ect_name: str, key: str, period: str, placed: dict, event: Event) -> dict:
    doctype, kind = _RECORD_OF[event.event]
    record = frappe.get_doc(
        {
            "doctype": doctype,
            "ect": ect_name,
            "induction_period": period,
            "term_number": event.term,
            "schedule_key": key,
            **placed,
            **({"assessment_type": kind} if kind else {}),
        }
    )
    record.flags.by_rules = True
    record.insert(ignore_permissions=True)  # the rules schedule it, whoever changed the facts
    return {"made": record.name, "event": event.event, "term": event.term, "due": event.due}


def _move(record: frappe._dict, placed: dict) -> dict:
    doc = frappe.get_doc(record.doctype, record.name)
    doc.flags.by_rules = True
    doc.update({**placed, "overdue_since": None})
    doc.save(ignore_permissions=True)  # follows from changed facts
    return {
        "moved": doc.name,
        "from": record.scheduled_for,
        "to": placed["scheduled_for"],
        "waits for": placed["waits_for"],
    }


def _stands_elsewhere(record: frappe._dict, event: Event) -> bool:
    placed = (getdate(record.scheduled_for), record.waits_for or None)
    return placed != (event.due, event.waits_for)


def _call_off(record: frappe._dict) -> dict:
    reason = _("The schedule no longer asks for it.")
    moved = move_by_rule(
        record.doctype, record.name, "cancelled", {"schedule_key": None, "cancelled_reason": reason}
    )
    return {"called off" if moved else "kept": record.name}
