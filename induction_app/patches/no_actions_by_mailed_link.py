"""The framework's alerts of a workflow mail whole records, with links that act for whoever has the mail."""

import frappe

from induction_app.workflows.stages import PATHS


def execute() -> None:
    """Switch them off in our workflows; saving one with them on is refused from now on."""
    for name in frappe.get_all(
        "Workflow", filters={"document_type": ("in", list(PATHS)), "send_email_alert": 1}, pluck="name"
    ):
        frappe.db.set_value("Workflow", name, "send_email_alert", 0)
        frappe.clear_document_cache("Workflow", name)
