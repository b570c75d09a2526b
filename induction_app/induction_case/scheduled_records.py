"""The reviews and assessments that the schedule asks for, kept as records: made, moved and called off."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate

from induction_app.clock import today
from induction_app.induction_case.outlook import Event, Outlook
from induction_app.induction_case.rules import why_text
from induction_app.organisations.academic_calendar import TermDates
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
    let_go: list[frappe._dict]
    call_off: list[frappe._dict]

    def __bool__(self) -> bool:
        return bool(self.make or self.move or self.let_go or self.call_off)


@dataclass(frozen=True)
class Post:
    """The post an ECT is in, or was in last: its Induction Period, and its last day where it has one."""

    period: str
    school: str
    since: date
    until: date | None

    def asks_for(self, day: date) -> bool:
        """Whether what is due on a day falls to this post: nothing does after its last day."""
        return self.until is None or day <= self.until

    def began_after_the_term_of(self, day: date, terms: Iterable[TermDates]) -> bool:
        """Whether the term a day falls in was over before the post began."""
        return next((term.end for term in terms if term.start <= day <= term.end), day) < self.since

    def owed_before(self, row: frappe._dict) -> bool:
        """Whether a record is what an earlier post of the ECT still owes: it was due before this one began."""
        return row.induction_period != self.period and getdate(row.scheduled_for) < self.since


def posts_of(ect_names: list[str], locked: bool = False) -> dict[str, Post]:
    """The post each ECT is in, or was in last. One query.

    `locked`: with what others have committed since this transaction began.
    """
    rows = frappe.qb.get_query(
        "Induction Period",
        filters={"ect": ("in", ect_names or [""])},
        fields=["name", "ect", "school", "starts_on", "ends_on", "is_open"],
        order_by="is_open asc, starts_on asc",
        for_update=locked,
    ).run(as_dict=True)
    return {row.ect: Post(row.name, row.school, row.starts_on, row.ends_on) for row in rows}


def differences(
    outlook: Outlook,
    ect_name: str,
    records: list[frappe._dict],
    post: Post | None,
    terms: Iterable[TermDates],
) -> Differences:
    """Compare what the rules ask for with an ECT's scheduled records; changes nothing.

    What was due while a post lasted stays for the school that is left; what falls after its last day is called
    off, and a later post is not asked for terms that were over before it began. An assessment that falls into
    another term than before is the same record, with what was written in it, at the same school. A term that
    has had its formal assessment is not asked for a review again when an extension makes it an earlier term of
    a longer induction (2.48).
    """
    left = {row.schedule_key: row for row in records}
    assessed = {row.term_number for row in records if row.doctype == "Formal Assessment" and row.done}
    make, move, let_go = [], [], []
    for each in outlook.events if post else ():
        key = _key(ect_name, each)
        if post.began_after_the_term_of(each.due, terms) or not post.asks_for(each.due):
            continue  # what there is of it is looked at below
        record = left.pop(key, None)
        if record and record.open and record.school != post.school:
            if post.owed_before(record):
                continue
            let_go.append(record)  # begun at the school that was left; this one writes its own
            record = None
        if record and record.open and _stands_elsewhere(record, each):
            move.append((record, each))
        elif not record and (before := _in_another_term(each, left, post)):
            under_way = left.pop(before)
            if under_way.open:  # one that was sent on keeps its place
                move.append((under_way, each))
        elif not record and not (each.event == "progress_review" and each.term in assessed):
            # A post that is over was asked in its time.
            make += [(key, each)] if post.asks_for(today()) else []
    called_off = [row for row in left.values() if row.untouched and not (post and _is_owed(row, post))]
    return Differences(make, move, let_go, called_off)


def _is_owed(row: frappe._dict, post: Post) -> bool:
    """Whether a record the schedule no longer asks for is still the school's to write: it was due in the post."""
    ended = post.until is not None and row.induction_period == post.period
    return post.owed_before(row) or (ended and getdate(row.scheduled_for) <= post.until)


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
                "school",
                "induction_period",
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


def _in_another_term(event: Event, records: dict[str, frappe._dict], post: Post) -> str | None:
    """The key of the unfinished assessment of the same kind that the schedule had in another term of the school."""
    if event.event == "progress_review":  # each term has its own
        return None
    for key, record in records.items():
        if record.open and record.school != post.school:
            continue
        if not record.done and key.split("|")[1] == event.event:
            return key
    return None


def reconcile(ect_name: str, outlook: Outlook, terms: Iterable[TermDates]) -> list[dict]:
    """Make, move or call off reviews and assessments so that the open ones are those the rules ask for.

    The caller has locked the ECT's row.
    """
    post = posts_of([ect_name], locked=True).get(ect_name)
    records = records_of([ect_name], locked=True)[ect_name]
    found = differences(outlook, ect_name, records, post, terms)
    if not found:
        return []
    ahead = days_ahead()
    schedule = outlook.answers["schedule"]
    return [
        *(_let_go(record) for record in found.let_go),
        *(
            _make(ect_name, key, post.period, _placed(each, ahead, schedule), each)
            for key, each in found.make
        ),
        *(_move(record, ect_name, _placed(event, ahead, schedule), event) for record, event in found.move),
        *(_call_off(record) for record in found.call_off),
    ]


def days_ahead() -> int:
    """How many days before it is due a record can be written."""
    return cint(frappe.db.get_single_value("Induction Settings", "review_available_days"))


def is_untouched(doctype: str, name: str) -> bool:
    """Whether nobody has written anything in a review or assessment."""
    row = frappe.db.get_value(doctype, name, ["stage", *_FIRST_ANSWERS[doctype]], as_dict=True)
    begun = any(row[field] for field in _FIRST_ANSWERS[doctype])
    return row.stage in ("drafting", "checking") and not begun and not _judged([name], locked=True)


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


def _let_go(record: frappe._dict) -> dict:
    """The record stays where it was begun, without a place in the schedule."""
    frappe.db.set_value(record.doctype, record.name, "schedule_key", None)
    return {"let go": record.name}


def _call_off(record: frappe._dict) -> dict:
    reason = _("The schedule no longer asks for it.")
    moved = move_by_rule(
        record.doctype, record.name, "cancelled", {"schedule_key": None, "cancelled_reason": reason}
    )
    return {"called off" if moved else "kept": record.name}
