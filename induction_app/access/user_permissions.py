"""The framework's User Permissions, with which an administrator narrows what one person reaches.

The framework applies them to its own lists and to single records; this is the same for the queries of ours.
"""

from functools import reduce
from operator import and_

import frappe
from frappe.utils import cint
from pypika.terms import Criterion

from induction_app.access.request_memory import remembered
from induction_app.access.scopes import written
from induction_app.prepared import asked, prepared

# Fields of a record type, the values to which a person is kept there, and whether an empty one is within.
Limits = tuple[tuple[str, tuple[str, ...], bool], ...]


def limits_of(doctype: str, user: str) -> Limits:
    """To which values a person is kept in which fields of a record type."""
    rows = permissions_of(user)
    if not rows or user == "Administrator":
        return ()
    allowed: dict[str, list[str]] = {}
    for row in rows:
        if row.apply_to_all_doctypes or row.applicable_for in (None, "", doctype):
            allowed.setdefault(row.allow, []).append(row.for_value)
    meta = frappe.get_meta(doctype)
    links = [df for df in meta.get("fields", {"fieldtype": "Link"}) if not df.ignore_user_permissions]
    fields = [("name", doctype), *((df.fieldname, df.options) for df in links if not df.get("is_virtual"))]
    strict = cint(frappe.db.get_single_value("System Settings", "apply_strict_user_permissions"))
    return tuple((name, tuple(allowed[to]), not strict) for name, to in fields if to in allowed)


def permissions_of(user: str) -> list[frappe._dict]:
    """What an administrator has kept a person to; for most, nothing. One query, once a request."""
    return remembered(("user permissions", user), lambda: _permissions_of(user=user))


def within(table, limits: Limits) -> Criterion:
    """The rows within the limits, of which there is one at least."""
    parts = []
    for name, values, empty_too in limits:
        part = table[name].isin([written(value) for value in values])
        parts.append(part | table[name].isnull() | (table[name] == "") if empty_too else part)
    return reduce(and_, parts)


@prepared
def _permissions_of():
    permission = frappe.qb.DocType("User Permission")
    fields = (permission.allow, permission.for_value, permission.applicable_for)
    query = frappe.qb.from_(permission).where(permission.user == asked("user"))
    return query.select(*fields, permission.apply_to_all_doctypes).orderby(permission.name)
