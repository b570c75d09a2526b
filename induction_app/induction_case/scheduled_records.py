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
# A record in which one of these is answered has been begun by somebody.
_FIRST_ANSWERS = {
    "Progress Review": ("reviewed_on", "on_track", "evidence_summary"),
    "Formal Assessment": ("meeting_on", "overall", "summary"),
}
_ABOUT_A_STANDARD = {
    "Standard Judgement": ("judgement", "evidence"),
    "Standard Progress": ("progress", "evidence"),
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

    Nothing is asked for while the ECT is in no post. An assessment that falls into another term than before is
    the same record, with what was written in it. A term that has had its formal assessment is not asked
    for a review again when an extension makes it an earlier term of a longer induction (2.48).
    """
    left = {row.schedule_key: row for row in records}
    assessed = {row.term_number for row in records if row.doctype == "Formal Assessment" and row.done}
    make, move = [], []
    for each in outlook.events if in_post else ():
        key = _key(ect_name, each)
        record = left.pop(key, None)
        if record and record.open and _stands_elsewhere(record, each):
            move.append((record, each))
        elif not record and (before := _in_another_term(each, left)):
            under_way = left.pop(before)
            if under_way.open:  # one that was sent on keeps its place
                move.append((under_way, each))
        elif not record and not (each.event == "progress_review" and each.term in assessed):
            make.append((key, each))
    return Differences(make, move, [row for row in left.values() if row.untouched])


def records_of(ect_names: list[str], locked: bool = False) -> dict[str, list[frappe._dict]]:
    """The reviews and assessments the schedule made for some ECTs. One query a record type.

    `locked`: with what others have committed since this transaction began; the records stay locked.
    """
    found = defaultdict(list)
    for doctype, answers in _FIRST_ANSWERS.items():
        for row in frappe.qb.get_query(
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
                *answers,
            ],
            for_update=locked,
        ).run(as_dict=True):
            row.doctype = doctype
            row.open = row.stage in ("drafting", "checking")
            row.done = row.stage == "received"
            row.untouched = row.open and not any(row[field] for field in answers)
            found[row.ect].append(row)
    judged = _judged([row.name for rows in found.values() for row in rows if row.untouched], locked)
    for row in (row for rows in found.values() for row in rows if row.name in judged):
        row.untouched = False
    return found


def _judged(names: list[str], locked: bool) -> set[str]:
    """Those of the records in which something has been written about a standard."""
    parts = set()
    for doctype in ("Standard Judgement", "Standard Progress"):
        rows = frappe.qb.get_query(
            doctype,
            filters={"parent": ("in", names or [""])},
            fields=["parent", *_ABOUT_A_STANDARD[doctype]],
            for_update=locked,
        ).run(as_dict=True)
        parts |= {row.parent for row in rows if any(row[field] for field in _ABOUT_A_STANDARD[doctype])}
    return parts


def _in_another_term(event: Event, records: dict[str, frappe._dict]) -> str | None:
    """The key of the unfinished assessment of the same kind that the schedule had in another term."""
    if event.event == "progress_review":  # each term has its own
        return None
    for key, record in records.items():
        if not record.done and key.split("|")[1] == event.event:
            return key
    return None


def reconcile(ect_name: str, outlook: Outlook) -> list[dict]:
    """Make, move or call off reviews and assessments so that the open ones are those the rules ask for.

    The caller has locked the ECT's row.
    """
    period = frappe.db.get_value("Induction Period", {"ect": ect_name, "is_open": 1}, for_update=True)
    records = records_of([ect_name], locked=True)[ect_name]
    found = differences(outlook, ect_name, records, bool(period))
    if not found:
        return []
    ahead = cint(frappe.db.get_single_value("Induction Settings", "review_available_days"))
    schedule = outlook.answers["schedule"]
    return [
        *(_make(ect_name, key, period, _placed(event, ahead, schedule), event) for key, event in found.make),
        *(_move(record, ect_name, _placed(event, ahead, schedule), event) for record, event in found.move),
        *(_call_off(record) for record in found.call_off),
    ]


def _key(ect_name: str, event: Event) -> str:
    return f"{ect_name}|{event.event}|{event.term}"


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


def _move(record: frappe._dict, ect_name: str, placed: dict, event: Event) -> dict:
    doc = frappe.get_doc(record.doctype, record.name, for_update=True)
    doc.flags.by_rules = True
    term = {"term_number": event.term, "schedule_key": _key(ect_name, event)}
    doc.update({**placed, **term, "overdue_since": None})
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
