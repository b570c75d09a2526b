"""Text of people is plain text: what the framework would take for HTML, and cut, is refused with a sentence."""

import re

import frappe
from frappe import _
from frappe.model.document import Document

_TAG = re.compile(r"<[A-Za-z!/?][^\s<]{0,20}")
_TEXTS = ("Data", "Small Text", "Text", "Long Text")


def refuse_markup(doc: Document, method: str | None = None) -> None:
    """Before a record is saved: nothing that somebody wrote is kept otherwise than they wrote it.

    Raises frappe.ValidationError with a sentence that names the field, and the row where it is in a table.
    """
    for part in (doc, *doc.get_all_children()):
        for df in part.meta.fields:
            text = part.get(df.fieldname)
            if df.fieldtype in _TEXTS and isinstance(text, str) and (found := _TAG.search(text)):
                row = _(", row {0}").format(part.idx) if part is not doc else ""
                frappe.throw(
                    _(
                        "{0}{1}: “{2}” looks like HTML and would not be kept. Put a space after “<”, or use words."
                    ).format(_(df.label), row, found[0])
                )
