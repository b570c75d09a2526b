"""What people may write of a post, whatever the door; the rest follows from decisions and rules."""

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.access.rows import sides_of
from induction_app.workflows.signed_text import comparable

# A post elsewhere is another post: its school and body read it, and report the person in it to the DfE.
_FIXED = ("ect", "school", "appropriate_body")
# What a post that was ended by a decision, or of which the DfE was told, has ended with.
_END = ("ends_on", "outcome")


def check(period: Document, before: Document | None) -> None:
    """Refuse what a person may not write. Raises frappe.PermissionError with the field's name."""
    if before:
        _check_fixed(period, before)
        _check_end(period, before)
    else:
        _check_place(period)
    _check_outcome(period, before)


def _check_fixed(period: Document, before: Document) -> None:
    if changed := _changed(period, before, _FIXED):
        _refuse(
            period, changed, _("a post stays where it is. Give it its last day, and record the new post.")
        )


def _check_end(period: Document, before: Document) -> None:
    """After a decision, and after the DfE was told, the end stands; the body alone puts the rest right."""
    if before.outcome_reported_on:
        why = _("the DfE has been told how this post ended.")
    elif before.outcome in ("Pass", "Fail"):
        why = _("this post was ended by the appropriate body's decision.")
    else:
        return
    if changed := _changed(period, before, _END):
        _refuse(period, changed, why)
    written = [df.fieldname for df in period.meta.fields if not df.read_only]
    if (changed := _changed(period, before, written)) and "body" not in sides_of(period):
        _refuse(period, changed, why + " " + _("Ask the appropriate body to correct it."))


def _check_place(period: Document) -> None:
    """A post is recorded at the ECT's appropriate body, by a school at itself."""
    ect = frappe.db.get_value("ECT", period.ect, ["school", "appropriate_body"], as_dict=True)
    if period.appropriate_body != ect.appropriate_body:
        _refuse(period, ["appropriate_body"], _("record the post at the ECT's own appropriate body."))
    if period.school != ect.school and "body" not in sides_of(period):
        _refuse(period, ["school"], _("record the post at the ECT's own school."))


def _check_outcome(period: Document, before: Document | None) -> None:
    if period.outcome in ("Pass", "Fail") and period.outcome != (before and before.outcome):
        _refuse(
            period,
            ["outcome"],
            _("a pass or a fail comes from the appropriate body's decision (2.67) alone."),
        )


def _changed(period: Document, before: Document, names: list[str] | tuple[str, ...]) -> list[str]:
    fields = [period.meta.get_field(name) for name in names]
    fields = [df for df in fields if df.fieldtype not in ("Section Break", "Column Break", "Tab Break")]
    return [df.fieldname for df in fields if comparable(period, df) != comparable(before, df)]


def _refuse(period: Document, names: list[str], why: str) -> None:
    labels = ", ".join(_(period.meta.get_label(name)) for name in names)
    frappe.throw(f"{labels}: {why}", frappe.PermissionError)
