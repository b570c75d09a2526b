"""What need not be asked twice while one page is made."""

from collections.abc import Callable, Hashable
from typing import TypeVar

import frappe

T = TypeVar("T")


def remembered(key: Hashable, find: Callable[[], T]) -> T:
    """The answer of `find`, kept for the rest of a request that only reads.

    Where something may change meanwhile (in another kind of request, a job, a test) it is found anew each time.
    """
    request = getattr(frappe.local, "request", None)
    if request is None or request.method != "GET":
        return find()
    kept = _kept()
    if key not in kept:
        kept[key] = find()
    return kept[key]


def _kept() -> dict:
    # Kept on the request itself, so that it goes when the request goes.
    return frappe.local.request.environ.setdefault("induction_app.remembered", {})
