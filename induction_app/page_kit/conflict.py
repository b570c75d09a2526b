"""Two people on one record: who changed what since the form was opened, beside the second person's text."""

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
    person's text, and the saved one is shown beside it; one that only this person changed is no difference.
    The form then carries the newer version's time.
    """
    record = form.record
    saved = frappe.get_doc(record.doctype, record.name)
    saved.apply_fieldlevel_read_permissions()
    changed_by = frappe.get_all(
        "Version",
        filters={"ref_doctype": record.doctype, "docname": record.name, "creation": (">=", form.modified)},
        pluck="owner",
        order_by="creation asc",
    )
    people = list(dict.fromkeys(changed_by or [saved.modified_by]))
    conflict = Conflict([get_fullname(user) for user in people], saved.modified)
    conflict.own = people == [frappe.session.user]
    stored = form.stored(saved)
    theirs, mine = form.prints(stored), form.prints(form.raw)
    for question in form.visible():
        name = question.name
        if theirs[name] in (mine[name], form.opened.get(name)):
            continue  # both say the same, or nobody else changed this answer
        untouched = mine[name] == form.opened.get(name)
        now, yours = question.as_text(stored[name]).strip(), question.as_text(form.raw[name]).strip()
        conflict.differences.append(Difference(question.label, now, yours, adopted=untouched))
        if untouched:
            form.raw[name] = stored[name]
    form.conflict = conflict
    form.record, form.modified, form.opened = saved, str(saved.modified), theirs
