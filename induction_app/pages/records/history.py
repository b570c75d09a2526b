"""Who signed a record, and what was done with it."""

from typing import Any

import frappe
from frappe.model.document import Document

from induction_app.assessment.signing import capacity_in_words
from induction_app.page_kit.environment import moment
from induction_app.pages.story import who_did, without_type


def signatures_of(doc: Document) -> list[dict[str, Any]]:
    """The signatures on the present version: name, capacity, time, and the first part of the fingerprint."""
    if not getattr(doc, "signed_fields", ()):
        return []
    return [
        {
            "name": signature.person_name,
            "capacity": capacity_in_words(signature.capacity),
            "signed_at": signature.signed_at,
            "fingerprint": signature.content_hash[:12],
        }
        for signature in doc.signatures()
    ]


def history_of(doc: Document) -> list[dict[str, Any]]:
    """What was done with a record, newest first, as far as this person may read it."""
    if not frappe.has_permission("Induction Event"):
        return []
    rows = frappe.get_list(
        "Induction Event",
        filters={"reference_doctype": doc.doctype, "reference_name": doc.name},
        fields=["summary", "happened_at", "person", "person_name", "role"],
        order_by="happened_at desc, creation desc",
        limit_page_length=50,
    )
    return [
        {
            "text": without_type(row.summary, doc.doctype),
            "who": who_did(row),
            "when": moment(row.happened_at),
        }
        for row in rows
    ]
