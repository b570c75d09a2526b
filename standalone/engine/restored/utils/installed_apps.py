"""Set-up wizards of apps."""

import frappe


def get_setup_wizard_completed_apps() -> list[str]:
    """Restore the list of apps whose set-up wizard is done: all of them, once the site is set up."""
    return frappe.get_installed_apps() if frappe.is_setup_complete() else []


def get_setup_wizard_not_required_apps() -> list[str]:
    """Restore the list of apps that bring no set-up wizard."""
    return [
        app
        for app in frappe.get_installed_apps()
        if not frappe.get_hooks("setup_wizard_stages", app_name=app)
        and not frappe.get_hooks("setup_wizard_requires", app_name=app)
    ]
