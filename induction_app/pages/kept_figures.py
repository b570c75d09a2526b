"""Figures over thousands of cases, counted once a minute for each person and not at every look."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import frappe

from induction_app.access.positions import positions_of
from induction_app.access.user_permissions import permissions_of
from induction_app.clock import now, today

SECONDS = 60


def kept_figures(name: str, find: Callable[[], Any]) -> tuple[datetime, Any]:
    """When something was counted, and what was found: at most a minute old, and only this person's own.

    Counted anew at once when this person sends something, and when their positions or User Permissions change, as
    what they may read then changes too.
    """
    key = f"{name}|{today()}|{positions_of()}|{permissions_of(frappe.session.user)}"
    kept = frappe.cache.hget(_own(), key)
    if kept is None or kept[0] < time.time() - SECONDS:
        kept = time.time(), now(), find()
        frappe.cache.hset(_own(), key, kept)
        frappe.cache.expire(frappe.cache.make_key(_own()), SECONDS)
    return kept[1:]


def count_anew(response: Any = None, request: Any = None) -> None:
    """After each request: somebody who sent something sees at once what it changed."""
    if request is not None and request.method != "GET" and getattr(frappe.session, "user", None):
        frappe.cache.delete_value(_own())


def _own() -> str:
    return f"induction_figures|{frappe.session.user}"
