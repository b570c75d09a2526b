"""Whose inductions a person looks after: a short list for a few ECTs, numbers for a school or a body."""

from functools import reduce
from operator import or_
from typing import Any

import frappe
from frappe import _
from pypika.functions import Count, Min

from induction_app.access.positions import AS_CONTACT, AS_MENTOR, AS_TUTOR, BODY, SCHOOL, positions_of
from induction_app.access.readable import readable
from induction_app.pages.addresses import address_of
from induction_app.pages.cases import MOODS, due_in_words, may_read_field
from induction_app.workflows.stages import open_stages

SHOWN = 10
_ASSIGNED = {AS_TUTOR: "induction_tutor", AS_MENTOR: "mentor", AS_CONTACT: "named_contact"}
_ORDER = list(MOODS)


def own_ects() -> dict[str, Any]:
    """The ECTs this person is tutor, mentor or named contact of, with the next thing due for each."""
    fields = [field for scope, field in _ASSIGNED.items() if scope in _scopes()]
    if not fields:
        return {"rows": [], "more": False}
    whole = may_read_field("ECT", "required_terms")
    query, ect = readable("ECT")
    rows = (
        query.where(reduce(or_, [ect[field] == frappe.session.user for field in fields]))
        .where(ect.completed_on.isnull() & (ect.stage != "withdrawn"))
        .select(ect.name, ect.full_name, ect.induction_status, ect.terms_served, ect.required_terms)
        .orderby(ect.full_name)
        .limit(SHOWN + 1)
        .run(as_dict=True)
    )
    due = next_due([row.name for row in rows])
    return {
        "rows": [
            {
                "name": row.full_name,
                "href": address_of("ECT", row.name),
                "status": _(row.induction_status),
                "mood": MOODS.get(row.induction_status, ""),
                "served": row.terms_served or 0,
                "required": row.required_terms if whole and row.induction_status != "Being registered" else 0,
                "due": due_in_words(due.get(row.name)),
            }
            for row in rows[:SHOWN]
        ],
        "more": len(rows) > SHOWN,
    }


def numbers() -> list[dict[str, Any]]:
    """How many ECTs of this person's school or body have which status. One query."""
    if not {SCHOOL, BODY} & _scopes() or not frappe.has_permission("ECT"):
        return []
    query, ect = readable("ECT")
    rows = query.groupby(ect.induction_status).select(ect.induction_status, Count(ect.name)).run()
    found = sorted(rows, key=lambda row: _ORDER.index(row[0]) if row[0] in _ORDER else len(_ORDER))
    return [
        {
            "status": _(status),
            "mood": MOODS.get(status, ""),
            "number": f"{number:,}",
            "href": f"/cases?status={status.replace(' ', '+')}",
        }
        for status, number in found
    ]


def _scopes() -> set[str]:
    return {position.scope for position in positions_of()}


def next_due(ects: list[str]) -> dict[str, Any]:
    """The first open review or assessment of each ECT, by its day; two queries for all of them."""
    found: dict[str, Any] = {}
    if not ects:
        return found
    for doctype in ("Progress Review", "Formal Assessment"):
        table = frappe.qb.DocType(doctype)
        rows = (
            frappe.qb.from_(table)
            .where(table.ect.isin(ects))
            .where(table.stage.isin(open_stages(doctype)))
            .groupby(table.ect)
            .select(table.ect, Min(table.due_on))
            .run()
        )
        for ect, day in rows:
            if day and (ect not in found or day < found[ect]):
                found[ect] = day
    return found
