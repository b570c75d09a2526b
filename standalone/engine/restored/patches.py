"""Patches of every app."""

import frappe


def get_all_patches(patch_type: PatchType | None = None) -> list[str]:
    """Restore the patches of all installed apps, the framework's first."""
    return [
        patch
        for app in frappe.get_installed_apps()
        for patch in get_patches_from_app(app, patch_type=patch_type)
    ]
