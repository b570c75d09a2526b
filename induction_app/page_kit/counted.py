"""A count of its own for each thing that the framework's `rate_limit` counts.

The framework names a count after the method that a request calls, and the request of a page calls none: without
this, everything counted for the same length of time on any page would be one count.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe


@contextmanager
def counted_as(method: str) -> Iterator[None]:
    """Count under a method's name; also a decorator, above `@rate_limit`."""
    asked = frappe.form_dict.get("cmd")
    frappe.form_dict.cmd = method
    try:
        yield
    finally:
        if asked:
            frappe.form_dict.cmd = asked
        else:
            del frappe.form_dict["cmd"]
