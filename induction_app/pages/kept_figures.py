"""Figures over thousands of cases, counted once a minute for each person and not at every look."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import frappe

from induction_app.access.positions import positions_of
from induction_app.clock import now, today

SECONDS = 60


def kept_figures(name: str, find: Callable[[], Any]) -> tuple[datetime, Any]:
    """When something was counted, and what was found: at most a minute old, and only this person's own.

    Counted anew at once when the person's positions change, as what they may read then changes too.
    """
    key = f"induction_figures|{name}|{today()}|{frappe.session.user}|{positions_of()}"
    kept = frappe.cache.get_value(key)
    if kept is None:
        kept = now(), find()
        frappe.cache.set_value(key, kept, expires_in_sec=SECONDS)
    return kept
