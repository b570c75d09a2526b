"""Which rows a person reaches: for lists and counts as a condition, for one record as an answer.

Role permissions decide what may be done; rows decide to what. A position counts only where its own role
has the permission asked for, so that a person who is a school administrator in one school and a tutor in
another does not mix the two.
"""

from collections.abc import Iterable

import frappe
from frappe.model.document import Document
from pypika.terms import Criterion

from induction_app.access import case_rows, place_rows
from induction_app.access import positions as held
from induction_app.access.positions import Position, positions_of
from induction_app.access.scopes import PLACE_SCOPES, as_sql, literal, side
from induction_app.access.user_permissions import Limits, limits_of, within


def query_conditions(user: str | None = None, doctype: str | None = None) -> str:
    """The condition the framework adds to every list, count, report and link search of a record type."""
    criterion = _rows_of_positions(doctype, user or frappe.session.user)
    return as_sql(criterion) if criterion else ""


def readable_rows(doctype: str, user: str | None = None) -> Criterion | None:
    """The condition for queries of our own, with the person's User Permissions, which the framework adds itself.

    None where every row may be read.
    """
    user = user or frappe.session.user
    criterion = _rows_of_positions(doctype, user)
    if limits := limits_of(doctype, user):
        limited = within(frappe.qb.DocType(doctype), limits)
        return criterion & limited if criterion else limited
    return criterion


def _rows_of_positions(doctype: str, user: str) -> Criterion | None:
    if user == "Administrator":
        return None
    positions = _positions_with("read", doctype, user)
    if any(position.scope == held.EVERYTHING for position in positions):
        return None
    positions = [literal(position) for position in positions]
    table = frappe.qb.DocType(doctype)
    if doctype in place_rows.RECORDS:
        return place_rows.condition(doctype, table, positions, user)
    return case_rows.condition(doctype, table, positions)


def has_permission(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    """Whether a position of `user` that has the permission `ptype` covers this record."""
    user = user or frappe.session.user
    if user == "Administrator":
        return True
    positions = _positions_with(ptype, doc.doctype, user)
    if any(position.scope == held.EVERYTHING for position in positions):
        return True
    if doc.doctype in place_rows.RECORDS:
        return place_rows.permitted(doc, positions, user)
    return case_rows.permitted(doc, ptype, positions)


def readable_of_case(doctype: str, rows: list[frappe._dict]) -> list[frappe._dict]:
    """Those of the records of a case, read past the row rules, that the person signed in may read.

    Each row has what decides about its readers: name, ect, school, appropriate_body, and stage, observer,
    to_person, for_body_only and reference_doctype where its type has them.
    """
    user = frappe.session.user
    if user == "Administrator" or not rows:
        return rows
    if limits := limits_of(doctype, user):
        rows = _within(doctype, rows, limits)
    positions = _positions_with("read", doctype, user)
    if any(position.scope == held.EVERYTHING for position in positions):
        return rows
    return [row for row in rows if case_rows.reads(doctype, row, positions)]


def may_add(doctype: str, ect: str) -> bool:
    """Whether the person signed in may add a record of a type to a case."""
    user = frappe.session.user
    if not may(doctype, "create"):
        return False
    positions = _positions_with("create", doctype, user)
    if user == "Administrator" or any(position.scope == held.EVERYTHING for position in positions):
        return True
    return case_rows.may_add(ect, positions)


def roles_over(doc: Document, user: str | None = None) -> set[str]:
    """The roles a person holds over this very record, for instance to act on its workflow."""
    user = user or frappe.session.user
    if user == "Administrator":
        return set(frappe.get_roles(user))
    at_place = doc.doctype in place_rows.RECORDS
    subject = place_rows.place_of(doc) if at_place else case_rows.ect_of(doc)
    over = set()
    for position in positions_of(user):
        if at_place:
            scope = PLACE_SCOPES.get(position.scope)
            covers = scope and scope(subject, position)
        else:
            covers = case_rows.acts_on(doc, subject, position)
        if position.scope == held.EVERYTHING or covers:
            over.add(position.role)
    return over


def sides_of(doc: Document, user: str | None = None) -> set[str]:
    """On which sides somebody writes a record: `ect`, `school`, `body`. An ECT is on their own side alone.

    A position counts where its role may write the record type, so that a person's other roles add nothing.
    """
    user = user or frappe.session.user
    if user == "Administrator":
        return {"ect", "school", "body"}
    found = set()
    for position in _positions_with("write", doc.doctype, user):
        if position.scope == held.EVERYTHING:
            found |= {"school", "body"}
        elif _writes(doc, position):
            found.add(side(position))
    return {"ect"} if "ect" in found else found


def reach(doctype: str, table, positions: Iterable[Position]) -> Criterion:
    """Condition for the records whose ECT (or place) any of the positions covers now, whatever their stage."""
    found = [literal(position) for position in positions]
    if doctype in place_rows.RECORDS:
        return place_rows.covered_now(table, found)
    return case_rows.covered_now(doctype, table, found)


def roles_with_permission(doctype: str, ptype: str) -> set[str]:
    """Roles that have a permission on a record type, as the administrator has set it."""
    wanted = "read" if ptype == "select" else ptype
    return {p.role for p in frappe.get_meta(doctype).permissions if not p.permlevel and p.get(wanted)}


def may(doctype: str, ptype: str = "read") -> bool:
    """Whether any role of the person signed in has a permission on a record type, for pages that ask it often."""
    user = frappe.session.user
    return user == "Administrator" or bool(roles_with_permission(doctype, ptype) & set(frappe.get_roles()))


def record_types() -> list[str]:
    """The app's record types that have rules about rows."""
    own = f"{__name__}.{has_permission.__name__}"
    return [name for name, methods in frappe.get_hooks("has_permission").items() if own in methods]


def reading_positions(doctype: str, user: str) -> tuple[Position, ...]:
    """The positions in which a person may read records of a type."""
    return tuple(_positions_with("read", doctype, user))


def _within(doctype: str, rows: list[frappe._dict], limits: Limits) -> list[frappe._dict]:
    table = frappe.qb.DocType(doctype)
    of_these = table.name.isin([row.name for row in rows]) & within(table, limits)
    names = frappe.qb.from_(table).select(table.name).where(of_these).run(pluck=True)
    return [row for row in rows if row.name in names]


def _writes(doc: Document, position: Position) -> bool:
    if doc.doctype not in place_rows.RECORDS:
        return case_rows.permitted(doc, "write", [position])
    scope = PLACE_SCOPES.get(position.scope)
    return bool(scope and scope(place_rows.place_of(doc), position))


def _positions_with(ptype: str, doctype: str, user: str) -> list[Position]:
    roles = roles_with_permission(doctype, ptype)
    return [position for position in positions_of(user) if position.role in roles]
