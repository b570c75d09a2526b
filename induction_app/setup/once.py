"""What versions of the app have put into this site: what an administrator then took away is not put back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import frappe

_SHIPPED = "induction_shipped_once"


@contextmanager
def shipped() -> Iterator[set[str]]:
    """The keys of all that has been put in; those that are added are remembered."""
    keys = set(json.loads(frappe.db.get_default(_SHIPPED) or "[]"))
    before = set(keys)
    yield keys
    if keys != before:
        frappe.db.set_default(_SHIPPED, json.dumps(sorted(keys)))
