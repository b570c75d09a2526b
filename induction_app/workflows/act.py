"""The one door through which a person moves a record on."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import apply_workflow
from frappe.utils import get_datetime

from induction_app.access.rows import roles_over
from induction_app.workflows.staged_document import workflow_of
from induction_app.workflows.stages import PATHS, STAGES


def act(
    doctype: str,
    name: str,
    action: str,
    reason: str | None = None,
    seen_hash: str | None = None,
    seen_modified: str | None = None,
    both_capacities: bool = False,
    values: dict | None = None,
) -> Document:
    """Apply a workflow action to a record as the person signed in, and return the record.

    `reason` says why a record is sent back. `seen_hash` is the hash of the text a signer was shown: signing
    anything else is refused. `seen_modified` is the record's time of change as the person saw it. `values`
    are fields filled in together with the action. Raises frappe.ValidationError with a sentence, and
    frappe.TimestampMismatchError where somebody else was first.
    """
    if doctype not in PATHS:
        frappe.throw(_("{0} has no workflow.").format(doctype))
    doc = frappe.get_doc(doctype, name)
    doc.check_permission("read")
    ways = check_open(doc, action)
    doc.check_permission("write")
    if seen_modified and get_datetime(seen_modified) != get_datetime(doc.modified):
        frappe.throw(
            _("{0} was changed by {1} while you had it open.").format(
                name, frappe.utils.get_fullname(doc.modified_by)
            ),
            frappe.TimestampMismatchError,
        )
    capacity = STAGES[doctype][doc.stage].signs
    reason = reason if _returns(doc, ways) else None
    both_capacities = both_capacities and bool(capacity)
    if values or reason or both_capacities:
        doc.update(values or {})
        said = {"return_reason": reason, "both_capacities_confirmed": int(both_capacities)}
        said = {name: value for name, value in said.items() if value}
        doc.update(said)
        doc.flags.said_now = tuple(said)
        doc.save()
    # The headteacher's recommendation is part of what the headteacher signs: compare after it is in.
    if capacity and seen_hash and seen_hash != doc.hash_to_sign(capacity):
        frappe.throw(
            _("The text of {0} is not the one you were shown. Read it again, then sign.").format(name),
            frappe.TimestampMismatchError,
        )
    return apply_workflow(doc.as_dict(), action)


def check_open(doc: Document, action: str) -> list[Document]:
    """The workflow's rows for this action here, for this person: the framework would not say what is missing.

    Raises frappe.ValidationError where the record's state has no such action, frappe.PermissionError where
    it is for others.
    """
    found = [
        row
        for row in workflow_of(doc.doctype).transitions
        if row.state == doc.workflow_state and row.action == action
    ]
    if not found:
        frappe.throw(
            _("“{0}” is not possible while {1} is at “{2}”.").format(
                _(action), doc.name, _(doc.workflow_state)
            )
        )
    allowed = {row.allowed for row in found}
    if not allowed & roles_over(doc):
        frappe.throw(
            _("“{0}” on {1} is for {2} of this case.").format(
                _(action), doc.name, _(" or ").join(sorted(_(role) for role in allowed))
            ),
            frappe.PermissionError,
        )
    return found


def _returns(doc: Document, ways: list[Document]) -> bool:
    """Whether one of the ways of an action sends the record back: only then a reason is kept."""
    stage_of = {row.state: row.update_value for row in workflow_of(doc.doctype).states}
    return any(PATHS[doc.doctype].returns(doc.stage, stage_of[way.next_state]) for way in ways)
