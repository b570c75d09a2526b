"""A method of the framework that has been replaced is not called by the name it has in another file."""

import re

import frappe
from frappe import _

_METHOD = re.compile(r"^/api/(?:v\d/)?method/(.+?)/?$")


def before_request() -> None:
    """Refuse a replaced method where it is asked for by a name under which it was imported elsewhere.

    The framework finds a method by its address and its replacement by the same words, so that a second
    address of the same method would go past the replacement. Raises frappe.PermissionError.
    """
    replaced = frappe.get_hooks("override_whitelisted_methods")
    for called in _called():
        if called not in replaced and _own_name(called, replaced) in replaced:
            frappe.throw(_("{0} is not called from here.").format(called), frappe.PermissionError)


def _called() -> list[str]:
    """The method a request is for: by its address, or by its name on any page."""
    match = _METHOD.match(frappe.local.request.path)
    named = (match.group(1) if match else None, frappe.form_dict.get("cmd"))
    return [_without_rest(name) for name in named if isinstance(name, str) and name]


def _without_rest(name: str) -> str:
    """The first version of the API takes what comes before a slash; the second a record type and a method."""
    first = name.partition("/")[0]
    return first if "." in first else name


def _own_name(called: str, replaced: dict) -> str | None:
    """The name a method has in the file it was written in."""
    record_type, _slash, last = called.rpartition("/")
    if record_type:  # the framework puts the record type's file in its place
        return next((name for name in replaced if name.rpartition(".")[2] == last), None)
    if called.partition(".")[0] not in {name.partition(".")[0] for name in replaced}:
        return None  # another app's method, or the address at which people sign in
    try:
        method = frappe.get_attr(called)
    except Exception:  # there is no such method: the framework says so
        return None
    return f"{getattr(method, '__module__', '')}.{getattr(method, '__qualname__', '')}"
