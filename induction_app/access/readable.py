"""Queries over the records a person may read, for the counts and groups a plain list does not give."""

import frappe

from induction_app.access.positions import Position
from induction_app.access.rows import readable_rows, reading_positions
from induction_app.access.user_permissions import Limits, limits_of


def readable(doctype: str, user: str | None = None):
    """A query on the rows of a record type that a person (default: the one signed in) may read, and its table.

    The framework's lists add the same conditions themselves; their aggregates are written differently in
    its versions 15 and 16, so counts are built on this. A person without the right to read gets no rows.
    """
    table = frappe.qb.DocType(doctype)
    condition = readable_rows(doctype, user)
    query = frappe.qb.from_(table)
    return (query.where(condition) if condition else query), table


def reader_of_ects(user: str | None = None) -> tuple[str, tuple[Position, ...], Limits]:
    """On what `readable("ECT")` depends, for prepared queries: the person, their positions and their limits."""
    user = user or frappe.session.user
    return user, reading_positions("ECT", user), limits_of("ECT", user)


def containing(text: str) -> str:
    """For LIKE: the text anywhere, its own wildcards taken as they are."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
