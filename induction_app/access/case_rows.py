"""Rows about an ECT: the ECT and every record of the case, as conditions for lists and as answers for one."""

from collections.abc import Callable

import frappe
from frappe.model.document import Document
from pypika.terms import Criterion

from induction_app.access import made_at
from induction_app.access import positions as held
from induction_app.access.positions import Position
from induction_app.access.request_memory import remembered
from induction_app.access.scopes import (
    ECT_FIELDS,
    ECT_SCOPES,
    PLACE_SCOPES,
    about_covered,
    any_of,
    ects_covered,
    meets,
    seer,
)
from induction_app.prepared import asked, prepared
from induction_app.workflows.stages import PATHS, hidden_stages

# Positions from which people observe lessons.
_OBSERVING = (held.AS_TUTOR, held.AS_MENTOR, held.SCHOOL, held.BODY)
# Conditions beyond the scope, for readers outside the appropriate body.
_OUTSIDE_BODY: dict[str, Callable] = {
    "Correspondence": lambda record, p: record.to_person == p.user,
    "Induction Event": lambda record, p: record.for_body_only == 0,
}
# Fields that decide who reaches a record.
_DECIDING = (*ECT_FIELDS, "ect", "stage", "observer", "to_person", "for_body_only", "reference_doctype")
_READING = ("read", "select", "print", "email", "report", "export")


def condition(doctype: str, table, positions: list[Position]) -> Criterion:
    """The rows that positions (of literals), all of which may read the type, reach."""
    covering = [position for position in positions if position.scope in ECT_SCOPES]
    if doctype == "ECT":
        return any_of(visible(doctype, table, ECT_SCOPES[p.scope](table, p), p) for p in covering)
    parts = []
    for position in covering:
        criterion = about_covered(table, position)
        if past := PLACE_SCOPES.get(position.scope):
            criterion = criterion | past(table, position)
        parts.append(visible(doctype, table, criterion, position))
        if doctype == "Observation" and position.scope in _OBSERVING:
            parts.append(_observed(table, position))
        if position.scope == held.AS_TUTOR and made_at.concerns(doctype, position):
            parts.append(made_at.kept_by_tutor(doctype, table, position))
    return any_of(parts)


def covered_now(doctype: str, table, positions: list[Position]) -> Criterion:
    """The rows whose ECT any of the positions (of literals) covers today, whatever their stage."""
    covering = [position for position in positions if position.scope in ECT_SCOPES]
    if doctype == "ECT":
        return any_of(ECT_SCOPES[p.scope](table, p) for p in covering)
    return any_of(
        made_at.theirs_now(doctype, table, p, ects_covered(p))
        if made_at.concerns(doctype, p)
        else table.ect.isin(ects_covered(p))
        for p in covering
    )


def permitted(doc: Document, ptype: str, positions: list[Position]) -> bool:
    """Whether any of the positions, all of which have the right `ptype`, reaches this record.

    A request may carry other values than the record has: what it is and what it becomes are both looked at.
    """
    ect = ect_of(doc)
    if doc.is_new():
        return any(_reaches(ect, position) for position in positions)
    stored, past = _as_stored(doc), ptype in _READING
    same = doc.doctype != "ECT" and doc.get("ect") == stored.get("ect")
    of_stored = ect if same else ect_of(stored)
    return any(
        _covers(stored, of_stored, position, past) and (same or _reaches(ect, position))
        for position in positions
    )


def reads(doctype: str, row: frappe._dict, positions: list[Position]) -> bool:
    """Whether any of the positions, all of which may read the type, reaches a stored record about an ECT."""
    ect, row = _stored_ect(row.ect), frappe._dict(row, doctype=doctype)
    return any(_covers(row, ect, position, past=True) for position in positions)


def may_add(ect: str, positions: list[Position]) -> bool:
    """Whether any of the positions, all of which may create the type, reaches the ECT."""
    return any(_reaches(_stored_ect(ect), position) for position in positions)


def acts_on(doc: Document, ect: frappe._dict, position: Position) -> bool:
    """Whether a position is held over a record: over its ECT, or over the school it was made at."""
    if made_at.concerns(doc.doctype, position) and not doc.is_new():
        return made_at.is_theirs(doc, ect, position)
    return _reaches(ect, position)


def visible(doctype: str, table, criterion: Criterion, position: Position) -> Criterion:
    """Narrow a condition to the stages and rows this kind of reader sees."""
    if hidden := hidden_stages(doctype, seer(position)):
        criterion = criterion & table.stage.notin(hidden)
    if seer(position) != "body" and (narrow := _OUTSIDE_BODY.get(doctype)):
        criterion = criterion & narrow(table, position)
    if seer(position) == "body" and doctype == "Induction Signature":
        criterion = criterion & _on_a_text_sent(table)
    if doctype == "Induction Event":
        criterion = criterion & _of_a_stage_seen(table, seer(position))
    return criterion


def ect_of(doc: Document | frappe._dict) -> frappe._dict:
    """What decides about the readers of the ECT a record is about."""
    if doc.doctype == "ECT":
        return frappe._dict({name: doc.get(name) for name in ECT_FIELDS})
    return _stored_ect(doc.get("ect"))


def _covers(doc: frappe._dict, ect: frappe._dict, position: Position, past: bool) -> bool:
    """The same as `condition`, for one record and one position, on values."""
    if doc.doctype == "Observation" and position.scope in _OBSERVING and _observed(doc, position):
        return True
    reached = _reaches(ect, position)
    if made_at.concerns(doc.doctype, position):
        # The next school reads what was made before (2.75); it does not write it.
        reached = made_at.is_theirs(doc, ect, position) or (past and reached)
    if past and doc.doctype != "ECT" and position.scope in PLACE_SCOPES:
        reached = reached or PLACE_SCOPES[position.scope](doc, position)
    # An event tells of the stage its record had then.
    of = doc.get("reference_doctype") if doc.doctype == "Induction Event" else doc.doctype
    if not reached or doc.get("stage") in hidden_stages(of, seer(position)):
        return False
    if seer(position) == "body":
        return doc.doctype != "Induction Signature" or meets(doc.doctype, doc.name, _on_a_text_sent)
    narrow = _OUTSIDE_BODY.get(doc.doctype)
    return bool(not narrow or narrow(doc, position))


def _reaches(ect: frappe._dict, position: Position) -> bool:
    scope = ECT_SCOPES.get(position.scope)
    return bool(scope and scope(ect, position))


def _observed(record, position: Position):
    """Observers work with what they observed at a place for as long as they hold a position there."""
    at = "school" if position.school else "appropriate_body"
    return (record.observer == position.user) & (getattr(record, at) == getattr(position, at))


def _of_a_stage_seen(event, seen_as: str) -> Criterion:
    """What happened on a record is told to those who saw the record at that stage."""
    hidden = (
        (event.reference_doctype == doctype) & event.stage.isin(stages)
        for doctype in PATHS
        if (stages := hidden_stages(doctype, seen_as))
    )
    return event.reference_doctype.isnull() | event.stage.isnull() | any_of(hidden).negate()


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


def _as_stored(doc: Document) -> frappe._dict:
    """What decides about a record's readers, as the database has it."""
    if doc.doctype == "ECT":
        stored = _stored_ect(doc.name)
    else:
        names = [name for name in _DECIDING if doc.meta.has_field(name)]
        stored = remembered(
            ("stored", doc.doctype, doc.name),
            lambda: frappe.db.get_value(doc.doctype, doc.name, names, as_dict=True) or frappe._dict(),
        )
    return frappe._dict(stored, doctype=doc.doctype, name=doc.name)


def keep_stored(ect: Document) -> None:
    """Remember what decides about the readers of an ECT that was read this moment, as nobody has changed it yet."""
    remembered(
        ("ect", ect.name), lambda: frappe._dict({name: ect.get(name) for name in (*ECT_FIELDS, "stage")})
    )


def _stored_ect(name: str | None) -> frappe._dict:
    return remembered(("ect", name), lambda: next(iter(_ect_by_name(name=name)), frappe._dict()))


@prepared
def _ect_by_name():
    ect = frappe.qb.DocType("ECT")
    fields = (ect[field] for field in (*ECT_FIELDS, "stage"))
    return frappe.qb.from_(ect).select(*fields).where(ect.name == asked("name"))
