"""The scopes: which ECT, or which place, a position covers.

Each is written once, as an expression over an ECT (or a place) and a position. Given columns it makes a
condition for the database, given values it is true or false.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import reduce
from operator import or_

import frappe
from pypika.terms import Criterion, LiteralValue, Term

from induction_app.access import positions as held
from induction_app.access.positions import Position
from induction_app.access.request_memory import remembered

NOWHERE = LiteralValue("1").eq(LiteralValue("0"))
# So many names are written into a condition; a school never has more ECTs, a large appropriate body has.
FEW = 500

ECT_SCOPES: dict[str, Callable] = {
    held.OWN: lambda ect, p: ect.user == p.user,
    held.AS_TUTOR: lambda ect, p: (ect.induction_tutor == p.user) & (ect.school == p.school),
    held.AS_MENTOR: lambda ect, p: (ect.mentor == p.user) & (ect.school == p.school),
    held.AS_CONTACT: lambda ect, p: (ect.named_contact == p.user)
    & (ect.appropriate_body == p.appropriate_body),
    held.SCHOOL: lambda ect, p: ect.school == p.school,
    held.BODY: lambda ect, p: ect.appropriate_body == p.appropriate_body,
}
# A school or body keeps what was written while the ECT was there, after the ECT has moved on.
PLACE_SCOPES: dict[str, Callable] = {
    held.SCHOOL: lambda record, p: record.school == p.school,
    held.BODY: lambda record, p: record.appropriate_body == p.appropriate_body,
}
# The fields of an ECT that the scopes look at.
ECT_FIELDS = ("user", "induction_tutor", "mentor", "named_contact", "school", "appropriate_body")
# A mentor supports and does not assess (2.55): they read what the ECT has been shown, no earlier.
_SEERS = {held.OWN: "ect", held.AS_MENTOR: "ect", held.AS_CONTACT: "body", held.BODY: "body"}

_AT_BODY = (held.BODY, held.AS_CONTACT)


def seer(position: Position) -> str:
    """As whom somebody in a position sees a record on its way: `ect`, `school` or `body`."""
    return seen_as(position.scope)


def seen_as(scope: str) -> str:
    """The same for everybody with a scope."""
    return _SEERS.get(scope, "school")


def side(position: Position) -> str:
    """Whose part of a record somebody in a position writes: the `ect`'s, the `school`'s or the `body`'s."""
    return "ect" if position.scope == held.OWN else "body" if position.scope in _AT_BODY else "school"


def ects_covered(position: Position):
    """A query for the names of the ECTs a position (of literals) covers."""
    ect = frappe.qb.DocType("ECT")
    return frappe.qb.from_(ect).select(ect.name).where(ECT_SCOPES[position.scope](ect, position))


def about_covered(record, position: Position) -> Criterion:
    """Condition for the records about the ECTs a position (of literals) covers.

    Names where they are few: with "or" beside it, the database can use its indexes for a list of names, but
    for a query inside the condition it would read the whole table.
    """
    query = ects_covered(position)
    names = remembered(("ects", query.get_sql()), lambda: query.limit(FEW + 1).run(pluck=True))
    if len(names) > FEW:
        return record.ect.isin(query)
    return record.ect.isin([written(name) for name in names]) if names else NOWHERE


def schools_served(position: Position):
    """A query for the schools of the appropriate body a position (of literals) is held at."""
    school = frappe.qb.DocType("School")
    return (
        frappe.qb.from_(school)
        .select(school.name)
        .where(school.appropriate_body == position.appropriate_body)
    )


def literal(position: Position) -> Position:
    """The position with its values as escaped terms, to be written into a condition."""
    values = {}
    for item in fields(position):
        value = getattr(position, item.name)
        keep = value is None or isinstance(value, Term) or item.name in ("role", "capacity", "scope")
        values[item.name] = value if keep else written(value)
    return Position(**values)


def written(value: str) -> Term:
    """A value as it can be written into a condition."""
    if "%" in value:
        # The database's driver would take the sign for the place of a value, in some of its ways of asking.
        return LiteralValue(f"_utf8mb4 0x{value.encode().hex()}")
    return LiteralValue(frappe.db.escape(value))


def any_of(criteria: Iterable[Criterion]) -> Criterion:
    """Any of the conditions; with none of them, no row."""
    found = list(criteria)
    return reduce(or_, found) if found else NOWHERE


def as_sql(criterion: Criterion) -> str:
    """A condition as the framework's hooks want it: text, in brackets."""
    return f"({criterion.get_sql(quote_char='`', with_namespace=True)})"


def meets(doctype: str, name: str, condition: Callable) -> bool:
    """Whether a stored record meets a condition that is written for the database."""
    table = frappe.qb.DocType(doctype)
    query = frappe.qb.from_(table).select(table.name).where(table.name == name)
    return bool(query.where(condition(table)).run())
