"""The bench as a folder with sites in it."""

import os

import frappe


def get_bench_path() -> str:
    """Restore the bench's folder: the parent of the sites."""
    sites_path = getattr(frappe.local, "sites_path", None) or os.environ.get("SITES_PATH") or "."
    return os.path.dirname(os.path.abspath(sites_path))


def get_sites(sites_path: str | None = None) -> list[str]:
    """Restore the list of sites: folders with a `site_config.json`."""
    folder = sites_path or getattr(frappe.local, "sites_path", None) or os.environ.get("SITES_PATH") or "."
    return [
        name
        for name in sorted(os.listdir(folder))
        if os.path.exists(os.path.join(folder, name, "site_config.json"))
    ]
