"""Rows that hang on a place and not on an ECT: schools, the people there, audits and the terms of the year."""

from collections.abc import Callable, Iterable

import frappe
from frappe.model.document import Document
from pypika.terms import Criterion

from induction_app.access import positions as held
from induction_app.access.case_rows import visible
from induction_app.access.positions import Position
from induction_app.access.scopes import (
    ECT_SCOPES,
    PLACE_SCOPES,
    any_of,
    literal,
    meets,
    schools_served,
    written,
)


def condition(doctype: str, table, positions: list[Position], user: str) -> Criterion:
    """The rows that positions (of literals), all of which may read the type, reach."""
    return _CONDITIONS[doctype](table, positions, user)


def permitted(doc: Document, positions: list[Position], user: str) -> bool:
    """Whether any of the positions reaches this record, or may make it where it says it belongs."""
    if doc.is_new():
        return _may_create_at(place_of(doc), positions, doc.doctype)
    covered = [literal(position) for position in positions]
    return meets(doc.doctype, doc.name, lambda table: condition(doc.doctype, table, covered, user))


def covered_now(table, positions: list[Position]) -> Criterion:
    """The rows whose place any of the positions (of literals) covers, whatever their stage."""
    return any_of(PLACE_SCOPES[p.scope](table, p) for p in positions if p.scope in PLACE_SCOPES)


def place_of(doc: Document) -> frappe._dict:
    """The school and the body a record belongs to."""
    return frappe._dict(school=doc.get("school"), appropriate_body=doc.get("appropriate_body"))


def colleagues(staff, positions: Iterable[Position]) -> Criterion | None:
    """Condition for the positions of those who work where any of the positions is held, or at its schools."""
    parts = _at_their_places(staff, [literal(position) for position in positions])
    return any_of(parts) if parts else None


def _schools(table, positions: list[Position], user: str) -> Criterion:
    parts = [table.name == p.school for p in positions if p.school]
    parts += [table.appropriate_body == p.appropriate_body for p in positions if p.scope == held.BODY]
    if any(p.scope == held.BODY for p in positions):  # a body takes on schools that have none yet
        parts.append(table.appropriate_body.isnull() | (table.appropriate_body == ""))
    return any_of(parts + [table.name.isin(schools) for schools in _schools_of_ects(positions)])


def _schools_of_ects(positions: list[Position]) -> list:
    """An ECT's own school, and those of the ECTs somebody is the contact of."""
    ect = frappe.qb.DocType("ECT")
    return [
        frappe.qb.from_(ect).select(ect.school).where(ECT_SCOPES[position.scope](ect, position))
        for position in positions
        if position.scope in (held.OWN, held.AS_CONTACT)
    ]


def _staff(table, positions: list[Position], user: str) -> Criterion:
    own = table.user == written(user)
    placed = [position for position in positions if position.scope in PLACE_SCOPES]
    return any_of([own, *_at_their_places(table, placed)])


def _at_their_places(staff, positions: list[Position]) -> list[Criterion]:
    parts = [staff.school == position.school for position in positions if position.school]
    for position in positions:
        if position.appropriate_body:
            parts.append(staff.appropriate_body == position.appropriate_body)
        if position.scope == held.BODY:
            parts.append(staff.school.isin(schools_served(position)))
    return parts


def _audits(table, positions: list[Position], user: str) -> Criterion:
    return any_of(
        visible("QM Audit", table, PLACE_SCOPES[p.scope](table, p), p)
        for p in positions
        if p.scope in PLACE_SCOPES
    )


def _terms(table, positions: list[Position], user: str) -> Criterion:
    for_everybody = table.school.isnull() | (table.school == "")
    parts = [for_everybody] if positions else []
    parts += [table.school == p.school for p in positions if p.school]
    parts += [table.school.isin(schools_served(p)) for p in positions if p.scope == held.BODY]
    return any_of(parts + [table.school.isin(schools) for schools in _schools_of_ects(positions)])


def _school_registrations(table, positions: list[Position], user: str) -> Criterion:
    """A school's request is read by the body it asks."""
    return any_of(table.appropriate_body == p.appropriate_body for p in positions if p.scope == held.BODY)


def _may_create_at(place: frappe._dict, positions: list[Position], doctype: str) -> bool:
    if doctype == "School":
        return any(position.scope == held.BODY for position in positions)
    body_of_school = place.school and frappe.db.get_value("School", place.school, "appropriate_body")
    return any(
        (position.scope == held.SCHOOL and position.school == place.school)
        or (
            position.scope == held.BODY
            and position.appropriate_body in (place.appropriate_body, body_of_school)
            and (not place.school or body_of_school in (None, "", position.appropriate_body))
        )
        for position in positions
    )


_CONDITIONS: dict[str, Callable] = {
    "School": _schools,
    "Induction Staff": _staff,
    "QM Audit": _audits,
    "Academic Term": _terms,
    "School Registration": _school_registrations,
}
RECORDS = tuple(_CONDITIONS)
