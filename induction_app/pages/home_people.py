"""Whose inductions a person looks after: a short list for a few ECTs, numbers for a school or a body."""

from functools import reduce
from operator import or_
from typing import Any

import frappe
from frappe import _

from induction_app.access.positions import AS_CONTACT, AS_MENTOR, AS_TUTOR, BODY, SCHOOL, positions_of
from induction_app.access.readable import readable, reader_of_ects
from induction_app.access.rows import may
from induction_app.induction_case.early_warning import CasesInNumbers
from induction_app.pages.addresses import address_of
from induction_app.pages.cases import MOODS, due_in_words, may_read_field
from induction_app.pages.next_due import next_due
from induction_app.prepared import asked, prepared

SHOWN = 10
_ASSIGNED = {AS_TUTOR: "induction_tutor", AS_MENTOR: "mentor", AS_CONTACT: "named_contact"}


def own_ects() -> dict[str, Any]:
    """The ECTs this person is tutor, mentor or named contact of, with the next thing due for each."""
    fields = [field for scope, field in _ASSIGNED.items() if scope in _scopes()]
    if not fields:
        return {"rows": [], "more": False}
    whole = may_read_field("ECT", "required_terms")
    rows = _assigned(reader_of_ects(), tuple(fields), me=frappe.session.user)
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


@prepared
def _assigned(reader: tuple, fields: tuple[str, ...]):
    query, ect = readable("ECT", reader[0])
    return (
        query.where(reduce(or_, [ect[field] == asked("me") for field in fields]))
        .where(ect.completed_on.isnull() & (ect.stage != "withdrawn"))
        .select(ect.name, ect.full_name, ect.induction_status, ect.terms_served, ect.required_terms)
        .orderby(ect.full_name)
        .limit(SHOWN + 1)
    )


def numbers(counted: CasesInNumbers) -> list[dict[str, Any]]:
    """How many ECTs of this person's school or body have which status."""
    if not {SCHOOL, BODY} & _scopes() or not may("ECT"):
        return []
    order = {status: place for place, status in enumerate(MOODS)}
    found = sorted(counted.by_status.items(), key=lambda each: order.get(each[0], len(order)))
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
