"""Migration of every app."""

import frappe


class SiteMigration:
    """The methods that the wheel runs for itself alone, once for each installed app."""

    @atomic
    def pre_schema_updates(self):
        """Restore the `before_migrate` hooks of each app, run once."""
        for app in frappe.get_installed_apps():
            for method in frappe.get_hooks("before_migrate", app_name=app):
                frappe.get_attr(method)()
