"""Which rows a position reaches: for lists and counts as a condition, for one record as an answer.

The scopes are written once. Each is an expression over an ECT (or a place) and a position; given columns
it makes a condition for the database, given values it is true or false. Role permissions decide what may
be done; rows decide to what. A position counts only where its own role has the permission asked for, so
that a person who is a school administrator in one school and a tutor in another does not mix the two.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import reduce
from operator import or_

import frappe
from frappe.model.document import Document
from pypika.terms import Criterion, LiteralValue, Term

from induction_app.access import positions as held
from induction_app.access.positions import Position, positions_of
from induction_app.workflows.stages import hidden_stages

_ECT_SCOPES: dict[str, Callable] = {
    held.OWN: lambda ect, p: ect.user == p.user,
    held.AS_TUTOR: lambda ect, p: (ect.induction_tutor == p.user) & (ect.school == p.school),
    held.AS_MENTOR: lambda ect, p: (ect.mentor == p.user) & (ect.school == p.school),
    held.AS_CONTACT: lambda ect, p: (ect.named_contact == p.user)
    & (ect.appropriate_body == p.appropriate_body),
    held.SCHOOL: lambda ect, p: ect.school == p.school,
    held.BODY: lambda ect, p: ect.appropriate_body == p.appropriate_body,
}
# A school or body keeps what was written while the ECT was there, after the ECT has moved on.
_PLACE_SCOPES: dict[str, Callable] = {
    held.SCHOOL: lambda record, p: record.school == p.school,
    held.BODY: lambda record, p: record.appropriate_body == p.appropriate_body,
}
# Positions from which people observe lessons.
_OBSERVING = (held.AS_TUTOR, held.AS_MENTOR, held.SCHOOL, held.BODY)
# A mentor supports and does not assess (2.55): they read what the ECT has been shown, no earlier.
_SEERS = {held.OWN: "ect", held.AS_MENTOR: "ect", held.AS_CONTACT: "body", held.BODY: "body"}

# Conditions beyond the scope, for readers outside the appropriate body.
_OUTSIDE_BODY: dict[str, Callable] = {
    "Correspondence": lambda record, p: record.to_person == p.user,
    "Induction Event": lambda record, p: record.for_body_only == 0,
}
_ECT_FIELDS = ("user", "induction_tutor", "mentor", "named_contact", "school", "appropriate_body")
# Fields that decide who reaches a record.
_DECIDING = (*_ECT_FIELDS, "ect", "stage", "observer", "to_person", "for_body_only")
_READING = ("read", "select", "print", "email", "report", "export")


def query_conditions(user: str | None = None, doctype: str | None = None) -> str:
    """The condition the framework adds to every list, count, report and link search of a record type."""
    criterion = readable_rows(doctype, user)
    return f"({criterion.get_sql(quote_char='`', with_namespace=True)})" if criterion else ""


def readable_rows(doctype: str, user: str | None = None) -> Criterion | None:
    """The same condition as a query term, for counts and groups of our own; None where every row may be read."""
    user = user or frappe.session.user
    if user == "Administrator":
        return None
    positions = _positions_for(doctype, "read", user)
    if any(position.scope == held.EVERYTHING for position in positions):
        return None
    return _rows(doctype, frappe.qb.DocType(doctype), [_literal(position) for position in positions], user)


def has_permission(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    """Whether a position of `user` that has the permission `ptype` covers this record."""
    user = user or frappe.session.user
    if user == "Administrator":
        return True
    positions = _positions_for(doc.doctype, ptype, user)
    if any(position.scope == held.EVERYTHING for position in positions):
        return True
    if doc.doctype in _PLACED_RECORDS:
        return _place_permission(doc, positions, user)
    ect = _ect_of(doc)
    if doc.is_new():
        return any(_reaches(ect, position) for position in positions)
    if ptype in _READING:
        return any(_covers(doc, ect, position, past=True) for position in positions)
    # A request may carry other values than the record has: what it is and what it becomes are both looked at.
    stored = _as_stored(doc)
    same = doc.doctype != "ECT" and doc.get("ect") == stored.get("ect")
    of_stored = ect if same else _ect_of(stored)
    return any(
        _covers(stored, of_stored, position, past=False) and (same or _reaches(ect, position))
        for position in positions
    )


def roles_over(doc: Document, user: str | None = None) -> set[str]:
    """The roles a person holds over this very record, for instance to act on its workflow."""
    user = user or frappe.session.user
    if user == "Administrator":
        return set(frappe.get_roles(user))
    subject = _place_of(doc) if doc.doctype in _PLACED_RECORDS else _ect_of(doc)
    scopes = _PLACE_SCOPES if doc.doctype in _PLACED_RECORDS else _ECT_SCOPES
    over = set()
    for position in positions_of(user):
        scope = scopes.get(position.scope)
        if position.scope == held.EVERYTHING or (scope and scope(subject, position)):
            over.add(position.role)
    return over


def reach(doctype: str, table, positions: Iterable[Position]) -> Criterion:
    """Condition for the records whose ECT (or place) any of the positions covers now, whatever their stage."""
    found = [_literal(position) for position in positions]
    if doctype in _PLACED_RECORDS:
        return any_of(_PLACE_SCOPES[p.scope](table, p) for p in found if p.scope in _PLACE_SCOPES)
    if doctype == "ECT":
        return any_of(_ECT_SCOPES[p.scope](table, p) for p in found if p.scope in _ECT_SCOPES)
    ect = frappe.qb.DocType("ECT")
    covered = any_of(_ECT_SCOPES[p.scope](ect, p) for p in found if p.scope in _ECT_SCOPES)
    return table.ect.isin(frappe.qb.from_(ect).select(ect.name).where(covered))


def roles_with_permission(doctype: str, ptype: str) -> set[str]:
    """Roles that have a permission on a record type, as the administrator has set it."""
    wanted = "read" if ptype == "select" else ptype
    return {p.role for p in frappe.get_meta(doctype).permissions if not p.permlevel and p.get(wanted)}


def _positions_for(doctype: str, ptype: str, user: str) -> list[Position]:
    roles = roles_with_permission(doctype, ptype)
    if doctype == "Workflow Action":  # the framework's own list; it is read with the framework's own rights
        return list(positions_of(user))
    return [position for position in positions_of(user) if position.role in roles]


def _rows(doctype: str, table, positions: list[Position], user: str) -> Criterion:
    if special := _PLACED_RECORDS.get(doctype):
        return special(table, positions, user)
    if doctype == "ECT":
        return any_of(
            _visible(doctype, table, _ECT_SCOPES[p.scope](table, p), p)
            for p in positions
            if p.scope in _ECT_SCOPES
        )
    ect = frappe.qb.DocType("ECT")
    parts = []
    for position in positions:
        if position.scope not in _ECT_SCOPES:
            continue
        inside = frappe.qb.from_(ect).select(ect.name).where(_ECT_SCOPES[position.scope](ect, position))
        criterion = table.ect.isin(inside)
        if past := _PLACE_SCOPES.get(position.scope):
            criterion = criterion | past(table, position)
        parts.append(_visible(doctype, table, criterion, position))
        if doctype == "Observation" and position.scope in _OBSERVING:
            parts.append(_observed(table, position))
    return any_of(parts)


def _observed(record, position: Position):
    """Observers work with what they observed at a place for as long as they hold a position there."""
    at = "school" if position.school else "appropriate_body"
    return (record.observer == position.user) & (getattr(record, at) == getattr(position, at))


def _visible(doctype: str, table, criterion: Criterion, position: Position) -> Criterion:
    """Narrow a condition to the stages and rows this kind of reader sees."""
    if hidden := hidden_stages(doctype, _seer(position)):
        criterion = criterion & table.stage.notin(hidden)
    if _seer(position) != "body" and (narrow := _OUTSIDE_BODY.get(doctype)):
        criterion = criterion & narrow(table, position)
    if _seer(position) == "body" and doctype == "Induction Signature":
        criterion = criterion & _on_a_text_sent(table)
    return criterion


def _on_a_text_sent(signature) -> Criterion:
    """A signature keeps the text that was signed: the body reads it once that very version has been sent."""
    parts = []
    for doctype in ("Progress Review", "Formal Assessment"):
        report = frappe.qb.DocType(doctype)
        sent = (
            frappe.qb.from_(report)
            .select(report.name)
            .where(report.version == signature.version)
            .where(report.stage.notin(hidden_stages(doctype, "body")))
        )
        parts.append((signature.reference_doctype == doctype) & signature.reference_name.isin(sent))
    return any_of(parts)


def _covers(doc: Document | frappe._dict, ect: frappe._dict, position: Position, past: bool) -> bool:
    """The same as `_rows`, for one record and one position, on values."""
    if doc.doctype == "Observation" and position.scope in _OBSERVING and _observed(doc, position):
        return True
    reached = _reaches(ect, position)
    if past and doc.doctype != "ECT" and position.scope in _PLACE_SCOPES:
        reached = reached or _PLACE_SCOPES[position.scope](doc, position)
    if not reached or doc.get("stage") in hidden_stages(doc.doctype, _seer(position)):
        return False
    if _seer(position) == "body":
        return doc.doctype != "Induction Signature" or _meets(doc, _on_a_text_sent)
    narrow = _OUTSIDE_BODY.get(doc.doctype)
    return bool(not narrow or narrow(doc, position))


def _reaches(ect: frappe._dict, position: Position) -> bool:
    scope = _ECT_SCOPES.get(position.scope)
    return bool(scope and scope(ect, position))


def _as_stored(doc: Document) -> frappe._dict:
    """What decides about a record's readers, as the database has it."""
    names = [name for name in _DECIDING if doc.meta.has_field(name)]
    stored = frappe.db.get_value(doc.doctype, doc.name, names, as_dict=True) or frappe._dict()
    return frappe._dict(stored, doctype=doc.doctype, name=doc.name)


def _meets(doc: Document | frappe._dict, condition: Callable) -> bool:
    """Whether a stored record meets a condition that is written for the database."""
    table = frappe.qb.DocType(doc.doctype)
    query = frappe.qb.from_(table).select(table.name).where(table.name == doc.name)
    return bool(query.where(condition(table)).run())


def _seer(position: Position) -> str:
    return _SEERS.get(position.scope, "school")


def _ect_of(doc: Document | frappe._dict) -> frappe._dict:
    if doc.doctype == "ECT":
        return frappe._dict({name: doc.get(name) for name in _ECT_FIELDS})
    return frappe.db.get_value("ECT", doc.get("ect"), _ECT_FIELDS, as_dict=True) or frappe._dict()


# Records that hang on a place, not on an ECT -----------------------------------------------------


def _school_rows(table, positions: list[Position], user: str) -> Criterion:
    parts = [table.name == p.school for p in positions if p.school]
    parts += [table.appropriate_body == p.appropriate_body for p in positions if p.scope == held.BODY]
    if any(p.scope == held.BODY for p in positions):  # a body takes on schools that have none yet
        parts.append(table.appropriate_body.isnull() | (table.appropriate_body == ""))
    return any_of(parts + [table.name.isin(schools) for schools in _schools_of_ects(positions)])


def _schools_of_ects(positions: list[Position]) -> list:
    """An ECT's own school, and those of the ECTs somebody is the contact of."""
    ect = frappe.qb.DocType("ECT")
    return [
        frappe.qb.from_(ect).select(ect.school).where(_ECT_SCOPES[position.scope](ect, position))
        for position in positions
        if position.scope in (held.OWN, held.AS_CONTACT)
    ]


def _staff_rows(table, positions: list[Position], user: str) -> Criterion:
    own = table.user == LiteralValue(frappe.db.escape(user, percent=False))
    placed = [position for position in positions if position.scope in _PLACE_SCOPES]
    return any_of([own, *_at_their_places(table, placed)])


def colleagues(staff, positions: Iterable[Position]) -> Criterion | None:
    """Condition for the positions of those who work where any of the positions is held, or at its schools."""
    parts = _at_their_places(staff, [_literal(position) for position in positions])
    return any_of(parts) if parts else None


def _at_their_places(staff, positions: Iterable[Position]) -> list[Criterion]:
    school = frappe.qb.DocType("School")
    parts = [staff.school == position.school for position in positions if position.school]
    for position in positions:
        if position.appropriate_body:
            parts.append(staff.appropriate_body == position.appropriate_body)
        if position.scope == held.BODY:
            served = school.appropriate_body == position.appropriate_body
            parts.append(staff.school.isin(frappe.qb.from_(school).select(school.name).where(served)))
    return parts


def _audit_rows(table, positions: list[Position], user: str) -> Criterion:
    return any_of(
        _visible("QM Audit", table, _PLACE_SCOPES[p.scope](table, p), p)
        for p in positions
        if p.scope in _PLACE_SCOPES
    )


def _term_rows(table, positions: list[Position], user: str) -> Criterion:
    nobody = table.school.isnull() | (table.school == "")
    school = frappe.qb.DocType("School")
    parts = [nobody] if positions else []
    parts += [table.school == p.school for p in positions if p.school]
    for position in positions:
        if position.scope == held.BODY:
            served = school.appropriate_body == position.appropriate_body
            parts.append(table.school.isin(frappe.qb.from_(school).select(school.name).where(served)))
    return any_of(parts + [table.school.isin(schools) for schools in _schools_of_ects(positions)])


def _workflow_action_rows(table, positions: list[Position], user: str) -> Criterion:
    """The framework's Workflow Action names records by role; only those of records one may read are shown."""
    parts = []
    for doctype in frappe.get_all("Workflow", filters={"is_active": 1}, pluck="document_type"):
        if doctype not in frappe.get_hooks("has_permission"):
            parts.append(table.reference_doctype == doctype)
            continue
        record = frappe.qb.DocType(doctype)
        mine = [_literal(p) for p in _positions_for(doctype, "read", user)]
        readable = frappe.qb.from_(record).select(record.name)
        if not any(p.scope == held.EVERYTHING for p in mine):
            readable = readable.where(_rows(doctype, record, mine, user))
        parts.append((table.reference_doctype == doctype) & table.reference_name.isin(readable))
    return any_of(parts)


_PLACED_RECORDS: dict[str, Callable] = {
    "School": _school_rows,
    "Induction Staff": _staff_rows,
    "QM Audit": _audit_rows,
    "Academic Term": _term_rows,
    "Workflow Action": _workflow_action_rows,
}


def _place_of(doc: Document) -> frappe._dict:
    return frappe._dict(school=doc.get("school"), appropriate_body=doc.get("appropriate_body"))


def _place_permission(doc: Document, positions: list[Position], user: str) -> bool:
    if doc.is_new():
        return _may_create_at(_place_of(doc), positions, doc.doctype)
    covered = [_literal(position) for position in positions]
    return _meets(doc, lambda table: _rows(doc.doctype, table, covered, user))


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


# Turning positions and conditions into query terms -----------------------------------------------


def _literal(position: Position) -> Position:
    """The position with its values as escaped terms, to be written into a condition."""
    values = {}
    for item in fields(position):
        value = getattr(position, item.name)
        keep = value is None or isinstance(value, Term) or item.name in ("role", "capacity", "scope")
        values[item.name] = value if keep else LiteralValue(frappe.db.escape(value, percent=False))
    return Position(**values)


def any_of(criteria: Iterable[Criterion]) -> Criterion:
    """Any of the conditions; with none of them, no row."""
    found = list(criteria)
    return reduce(or_, found) if found else LiteralValue("1").eq(LiteralValue("0"))
