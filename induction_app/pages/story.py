"""What was done, newest first, as far as the person signed in may read it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from pypika import Order
from pypika.functions import Count

from induction_app.access.readable import readable
from induction_app.access.rows import may, readable_of_case
from induction_app.page_kit.environment import moment
from induction_app.pages.addresses import ROOTS, address_of
from induction_app.pages.records.kinds import kinds_by_type
from induction_app.prepared import asked, prepared

SHOWN = 6
_OPENED = "created"
_LOOKED_AT = 24
_FIELDS = (
    *("ect", "summary", "happened_at", "person", "person_name", "role"),
    *("reference_doctype", "reference_name"),
)


def latest(
    ect: str | None = None, titles: Mapping[tuple[str, str], str] | None = None
) -> list[dict[str, Any]]:
    """The last few things that people did, on one case or on every case this person may read.

    That a record was opened, as the schedule does by itself, is left to the whole story. `titles`, where they
    are known: what the pages of the records that this person may open are called, by type and name.
    """
    if ect and titles is not None and may("Induction Event"):
        # Most readers see nearly all that happened: the newest few of a short list are soon found.
        rows = _newest_of_case(ect=ect, limit=_LOOKED_AT)
        seen = readable_of_case("Induction Event", rows)
        if len(seen) >= SHOWN or len(rows) < _LOOKED_AT:
            return [_row(row, "", titles) for row in seen[:SHOWN]]
    return events(ect, leave_out=(_OPENED,), titles=titles)


@prepared
def _newest_of_case():
    event = frappe.qb.DocType("Induction Event")
    decide = ("name", "school", "appropriate_body", "for_body_only", "stage")
    return (
        frappe.qb.from_(event)
        .where((event.ect == asked("ect")) & (event.event != _OPENED))
        .select(*(event[field] for field in (*_FIELDS, *decide)))
        .orderby(event.happened_at, event.creation, order=Order.desc)
        .limit(asked("limit"))
    )


def events(
    ect: str | None = None,
    limit: int = SHOWN,
    start: int = 0,
    leave_out: tuple[str, ...] = (),
    titles: Mapping[tuple[str, str], str] | None = None,
) -> list[dict[str, Any]]:
    """Events of one case, or of every case this person may read: what, who, when, and the record's page."""
    if not may("Induction Event"):
        return []
    query, event = readable("Induction Event")
    if ect:
        query = query.where(event.ect == ect)
    if leave_out:
        query = query.where(event.event.notin(leave_out))
    rows = (
        query.select(*(event[field] for field in _FIELDS))
        .orderby(event.happened_at, order=Order.desc)
        .orderby(event.creation, order=Order.desc)
        .limit(limit)
        .offset(start)
        .run(as_dict=True)
    )
    names = {} if ect else _ect_names({row.ect for row in rows if row.ect})
    open_to_them = _readable_records(rows) if titles is None else titles
    return [_row(row, names.get(row.ect, ""), open_to_them) for row in rows]


def _readable_records(rows: list[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """The records of some events that this person may open now, each with what its page calls it.

    One query for each record type.
    """
    titled = kinds_by_type()
    named = defaultdict(set)
    for row in rows:
        if row.reference_doctype in ROOTS:
            named[row.reference_doctype].add(row.reference_name)
    found = {}
    for doctype, names in named.items():
        if not may(doctype):
            continue
        kind = titled.get(doctype)
        query, record = readable(doctype)
        fields = (record[field] for field in ("name", *(kind.title_fields if kind else ())))
        for row in query.where(record.name.isin(list(names))).select(*fields).run(as_dict=True):
            found[doctype, row.name] = kind.title(row) if kind else ""
    return found


def without_type(summary: str, doctype: str, instead: str = "") -> str:
    """What was done, without the name of the record type that it begins with."""
    prefix = f"{_(doctype)}: "
    if not summary.startswith(prefix):
        return summary
    rest = summary.removeprefix(prefix)
    return f"{instead}: {rest}" if instead else rest


def _row(
    row: Mapping[str, Any], ect_name: str, open_to_them: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    record = (row["reference_doctype"], row["reference_name"])
    return {
        "about": ect_name,
        "text": without_type(row["summary"], record[0], _called(record, open_to_them)),
        "who": who_did(row),
        "when": moment(row["happened_at"]),
        "href": address_of(*record) if record in open_to_them else "",
    }


def who_did(row: Mapping[str, Any]) -> str:
    """Who did what an event tells, and in which role. What nobody signed in did, the service did."""
    who = row["person_name"] or ""
    if row["person"] in frappe.STANDARD_USERS and who == row["person"]:
        return _("the service")
    return f"{who}, {_(row['role'])}" if row["role"] else who


def _called(record: tuple[str, str], open_to_them: Mapping[tuple[str, str], str]) -> str:
    """What a record is called in a story: by its own page, else by its kind; the states of a case say it all."""
    if record[0] == "ECT":
        return ""
    kind = kinds_by_type().get(record[0])
    return open_to_them.get(record) or (kind.noun().capitalize() if kind else _(record[0]))


def _ect_names(ects: set[str]) -> dict[str, str]:
    if not ects:
        return {}
    return {row.name: row.full_name for row in _full_names(ects=tuple(ects))}


@prepared
def _full_names():
    ect = frappe.qb.DocType("ECT")
    return frappe.qb.from_(ect).select(ect.name, ect.full_name).where(ect.name.isin(asked("ects")))


def number_of_events(ect: str) -> int:
    """How many events of a case the person signed in may read."""
    query, event = readable("Induction Event")
    return query.where(event.ect == ect).select(Count(event.name)).run()[0][0]
