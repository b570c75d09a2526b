"""What was done, newest first, as far as the person signed in may read it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from pypika.functions import Count

from induction_app.access.readable import readable
from induction_app.page_kit.environment import moment
from induction_app.pages.addresses import ROOTS, address_of
from induction_app.pages.records.kinds import kinds

SHOWN = 6
_FIELDS = ("ect", "summary", "happened_at", "person_name", "role", "reference_doctype", "reference_name")


def latest(ect: str | None = None) -> list[dict[str, Any]]:
    """The last few things that people did, on one case or on every case this person may read.

    That a record was opened, as the schedule does by itself, is left to the whole story.
    """
    return events(ect, leave_out=("created",))


def events(
    ect: str | None = None, limit: int = SHOWN, start: int = 0, leave_out: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """Events of one case, or of every case this person may read: what, who, when, and the record's page."""
    if not frappe.has_permission("Induction Event"):
        return []
    rows = frappe.get_list(
        "Induction Event",
        filters={
            **({"ect": ect} if ect else {}),
            **({"event": ("not in", leave_out)} if leave_out else {}),
        },
        fields=list(_FIELDS),
        order_by="happened_at desc, creation desc",
        limit_start=start,
        limit_page_length=limit,
    )
    names = {} if ect else _ect_names({row.ect for row in rows if row.ect})
    open_to_them = _readable_records(rows)
    return [_row(row, names.get(row.ect, ""), open_to_them) for row in rows]


def _readable_records(rows: list[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """The records of some events that this person may open now, each with what its page calls it.

    One query for each record type.
    """
    titled = {kind.doctype: kind for kind in kinds().values()}
    named = defaultdict(set)
    for row in rows:
        if row.reference_doctype in ROOTS:
            named[row.reference_doctype].add(row.reference_name)
    found = {}
    for doctype, names in named.items():
        if not frappe.has_permission(doctype):
            continue
        kind = titled.get(doctype)
        fields = ["name", *(kind.title_fields if kind else ())]
        for row in frappe.get_list(doctype, filters={"name": ("in", names)}, fields=fields):
            found[doctype, row.name] = kind.title(row) if kind else ""
    return found


def without_type(summary: str, doctype: str, instead: str = "") -> str:
    """What was done, without the name of the record type that it begins with."""
    prefix = f"{_(doctype)}: "
    if not summary.startswith(prefix):
        return summary
    rest = summary.removeprefix(prefix)
    return f"{instead}: {rest}" if instead else rest


def _row(row: Mapping[str, Any], ect_name: str, open_to_them: dict[tuple[str, str], str]) -> dict[str, Any]:
    record = (row["reference_doctype"], row["reference_name"])
    who = row["person_name"] or ""
    return {
        "about": ect_name,
        "text": without_type(row["summary"], record[0], _called(record, open_to_them)),
        "who": f"{who}, {_(row['role'])}" if row["role"] else who,
        "when": moment(row["happened_at"]),
        "href": address_of(*record) if record in open_to_them else "",
    }


def _called(record: tuple[str, str], open_to_them: Mapping[tuple[str, str], str]) -> str:
    """What a record is called in a story: by its own page, else by its type; the states of a case say it all."""
    if record[0] == "ECT":
        return ""
    return open_to_them.get(record) or _(record[0])


def _ect_names(ects: set[str]) -> dict[str, str]:
    if not ects:
        return {}
    rows = frappe.get_all("ECT", filters={"name": ("in", ects)}, fields=["name", "full_name"])
    return {row.name: row.full_name for row in rows}


def number_of_events(ect: str) -> int:
    """How many events of a case the person signed in may read."""
    query, event = readable("Induction Event")
    return query.where(event.ect == ect).select(Count(event.name)).run()[0][0]
