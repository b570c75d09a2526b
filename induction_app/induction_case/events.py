"""The story of a case: one Induction Event for everything that is done."""

import json
from datetime import datetime
from typing import Any

import frappe
from frappe.model.document import Document

from induction_app.clock import now
from induction_app.workflows.stages import STAGES


def record_event(
    event: str,
    summary: str,
    doc: Document | None = None,
    ect: str | None = None,
    details: dict[str, Any] | None = None,
    from_state: str | None = None,
    to_state: str | None = None,
    role: str | None = None,
    at: datetime | None = None,
    by: str = "",
) -> Document:
    """Append an event in the present transaction: who (the person signed in), what, when, on which record.

    `by` is the name of whoever did it without an account.
    """
    ect = ect or (doc and (doc.name if doc.doctype == "ECT" else doc.get("ect")))
    return frappe.get_doc(
        {
            "doctype": "Induction Event",
            "event": event,
            "summary": summary[:240],
            "ect": ect,
            "school": doc and (doc.name if doc.doctype == "School" else doc.get("school")),
            "appropriate_body": doc
            and (doc.name if doc.doctype == "Appropriate Body" else doc.get("appropriate_body")),
            "happened_at": at or now(),
            "person": frappe.session.user,
            "person_name": by or frappe.utils.get_fullname(frappe.session.user),
            "role": role,
            "reference_doctype": doc and doc.doctype,
            "reference_name": doc and doc.name,
            "from_state": from_state,
            "to_state": to_state,
            "stage": doc and doc.get("stage"),
            "for_body_only": int(bool(doc) and _hidden_from_school(doc)),
            "details": json.dumps(details, default=str, ensure_ascii=False, indent=1) if details else None,
        }
    ).insert(ignore_permissions=True)  # nobody may write events; the service does, for what they did


def _hidden_from_school(doc: Document) -> bool:
    stage = STAGES.get(doc.doctype, {}).get(doc.get("stage"))
    return bool(stage and not stage.school_sees)
