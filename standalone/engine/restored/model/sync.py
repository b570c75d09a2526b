"""Schema of every app."""

import frappe


def sync_all(force: int = 0, reset_permissions: bool = False) -> None:
    """Restore the schema sync of all installed apps."""
    _patch_mode(True)
    for app in frappe.get_installed_apps():
        sync_for(app, force, reset_permissions=reset_permissions)
    _patch_mode(False)
    frappe.clear_cache()
