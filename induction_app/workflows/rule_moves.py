"""Moves the rules make by themselves, when nobody presses a button."""

import frappe
from frappe import _

from induction_app.induction_case.events import record_event
from induction_app.workflows.staged_document import workflow_of


def move_by_rule(doctype: str, name: str, stage: str, values: dict | None = None) -> bool:
    """Put a record into the first state of a stage, with other values, and record the event.

    The framework lets a state change only by a transition a person is allowed; here no person acts, so
    the fields are set directly. Returns False where the administrator's workflow has no such stage.
    """
    state = next((row.state for row in workflow_of(doctype).states if row.update_value == stage), None)
    if not state:
        return False
    before = frappe.db.get_value(doctype, name, "workflow_state")
    moved = {"workflow_state": state, "stage": stage, "due_on": None, "due_paragraph": None}
    frappe.db.set_value(doctype, name, {**(values or {}), **moved})
    doc = frappe.get_doc(doctype, name)
    record_event(
        "moved", _("{0}: {1}").format(_(doctype), _(state)), doc=doc, from_state=before, to_state=state
    )
    return True
