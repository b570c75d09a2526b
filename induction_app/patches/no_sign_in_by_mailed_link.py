"""Signing in by a mailed link goes past the second step, and the framework switches it on for new sites."""

import frappe

from induction_app.setup.sign_in_defaults import close_sign_up


def execute() -> None:
    """Switch it off once, and signing up with it; an administrator may switch them on again."""
    frappe.db.set_single_value("System Settings", "login_with_email_link", 0)
    frappe.clear_document_cache("System Settings", "System Settings")
    close_sign_up()
