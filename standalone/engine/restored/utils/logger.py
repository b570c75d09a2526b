"""Log files in their places."""

import logging
import os
from logging.handlers import RotatingFileHandler

import frappe


def create_handler(module, site=None, max_size=100_000, file_count=20, stream_only=False):
    """Restore `logs/` of the bench and of the site as places fixed by the sites' folder.

    The wheel writes beside the working directory and fails where that folder is missing.
    """
    formatter = logging.Formatter(f"%(asctime)s %(levelname)s {module} %(message)s")
    if stream_only:
        handlers = [logging.StreamHandler()]
    else:
        sites = getattr(frappe.local, "sites_path", None) or os.environ.get("SITES_PATH") or "."
        folders = [os.path.join(sites, "..", "logs")] + ([os.path.join(sites, site, "logs")] if site else [])
        for folder in folders:
            os.makedirs(folder, exist_ok=True)
        handlers = [
            RotatingFileHandler(
                os.path.join(folder, f"{module}.log"), maxBytes=max_size, backupCount=file_count
            )
            for folder in folders
        ]
    for handler in handlers:
        handler.setFormatter(formatter)
    return handlers
