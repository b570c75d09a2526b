"""Two people on one record: who changed what since the form was opened, beside the second person's text."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document
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


def stamp(record: Document) -> str:
    """Which state of a record a form shows: its time of change, and the last of its Versions.

    A Version is written after the time of change it belongs to, so the time does not tell it from the next one.
    """
    last = ""
    if record.meta.track_changes:
        filters = {"ref_doctype": record.doctype, "docname": record.name}
        found = frappe.get_all("Version", filters, pluck="name", order_by="creation desc", limit=1)
        last = found[0] if found else ""
    return f"{record.modified}/{last}"


def resolve(form: "Form") -> None:
    """Turn a refused save into a form that can be sent again with nothing lost.

    An answer this person had not touched takes the newly saved value; one that both changed keeps this
    person's text, and the saved one is shown beside it; one that only this person changed is no difference.
    The form then carries the newer version's time.
    """
    record = form.record
    saved = frappe.get_doc(record.doctype, record.name)
    saved.apply_fieldlevel_read_permissions()
    people = list(dict.fromkeys(_changed_by(form) or [saved.modified_by]))
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
    form.record, form.opened = saved, theirs
    form.take_stamp(stamp(saved))


def _changed_by(form: "Form") -> list[str]:
    """Who has saved the record since the state the form showed, the first of them first."""
    of_record = {"ref_doctype": form.record.doctype, "docname": form.record.name}
    shown = form.version and frappe.db.get_value("Version", {**of_record, "name": form.version}, "creation")
    since = (">", shown) if shown else (">=", form.modified)
    return frappe.get_all("Version", {**of_record, "creation": since}, pluck="owner", order_by="creation asc")
