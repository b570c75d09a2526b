"""Two people on one record: who changed what since the form was opened, beside the second person's text."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import get_fullname

if TYPE_CHECKING:
    from induction_app.page_kit.form import Form


@dataclass
class Difference:
    """One answer that the other person changed: as saved now, and as this person has it."""

    label: str
    saved: str
    yours: str
    adopted: bool = False


@dataclass
class Conflict:
    """What a second person is told instead of a lost update."""

    people: list[str]
    when: Any
    differences: list[Difference] = field(default_factory=list)
    own: bool = False  # the other person is the same one, in another window


def resolve(form: "Form") -> None:
    """Turn a refused save into a form that can be sent again with nothing lost.

    An answer this person had not touched takes the newly saved value; one that both changed keeps this
    person's text, and the saved one is shown beside it. The form then carries the newer version's time.
    """
    record = form.record
    opened = form.modified
    saved = frappe.get_doc(record.doctype, record.name)
    versions = frappe.get_all(
        "Version",
        filters={"ref_doctype": record.doctype, "docname": record.name, "creation": (">=", opened)},
        fields=["owner", "creation", "data"],
        order_by="creation asc",
    )
    before = _values_before(form, saved, versions)
    people = dict.fromkeys([version.owner for version in versions] or [saved.modified_by])
    conflict = Conflict([get_fullname(user) for user in people], saved.modified)
    conflict.own = list(people) == [frappe.session.user]
    for question in form.visible():
        now = question.show(form.stored(saved, question.name))
        mine = form.raw[question.name]
        if _same(question, now, mine):
            continue
        untouched = question.name in before and _same(question, question.show(before[question.name]), mine)
        conflict.differences.append(
            Difference(question.label, question.as_text(now), question.as_text(mine), adopted=untouched)
        )
        if untouched:
            form.raw[question.name] = now
    form.conflict = conflict
    form.record, form.modified = saved, str(saved.modified)


def _values_before(form: "Form", saved: Any, versions: list[Any]) -> dict[str, Any]:
    """Each changed answer as it was when the form was opened, by question."""
    fields: dict[str, Any] = {}
    in_rows: dict[tuple[str, str], Any] = {}
    for version in versions:
        changes = json.loads(version.data or "{}")
        for fieldname, old, _new in changes.get("changed", []):
            fields.setdefault(fieldname, old)
        for _table, _index, row, changed in changes.get("row_changed", []):
            for fieldname, old, _new in changed:
                in_rows.setdefault((row, fieldname), old)
    before = {name: fields[name] for name in form.fields if name in fields and name not in form.rows}
    for name, place in form.rows.items():
        row = place.row_in(saved)
        if row and (row.name, place.field) in in_rows:
            before[name] = in_rows[row.name, place.field]
    return before


def _same(question: Any, one: Any, other: Any) -> bool:
    return question.as_text(one).strip() == question.as_text(other).strip()
