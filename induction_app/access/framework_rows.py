"""Rows of the framework's own records that tell of ours: files, tags, to-dos, rows of tables, and people.

The framework lists these by role alone. Here whoever may not read the record does not find what names it.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.access import positions as held
from induction_app.access import rows
from induction_app.access.place_rows import colleagues
from induction_app.access.positions import positions_of
from induction_app.access.scopes import any_of, as_sql, written

# Where each record type keeps the type and name of the record it is about.
_ABOUT = {
    "File": ("attached_to_doctype", "attached_to_name"),
    "Tag Link": ("document_type", "document_name"),
    "Document Follow": ("ref_doctype", "ref_docname"),
    "Workflow Action": ("reference_doctype", "reference_name"),
    "ToDo": ("reference_type", "reference_name"),
    "Event": ("reference_doctype", "reference_docname"),
    "Reminder": ("reminder_doctype", "reminder_docname"),
    "Discussion Topic": ("reference_doctype", "reference_docname"),
}


def query_conditions(user: str | None = None, doctype: str | None = None) -> str:
    """The condition for a list of files, tags, followers or to-dos: those of records this person may read."""
    user = user or frappe.session.user
    if user == "Administrator":
        return ""
    type_field, name_field = _ABOUT[doctype]
    table = frappe.qb.DocType(doctype)
    kept = rows.record_types()
    parts = [table[type_field].isnull() | table[type_field].notin(kept) | (table[name_field] == "")]
    for kind in kept:
        parts.append((table[type_field] == kind) & table[name_field].isin(_readable_names(kind, user)))
    return as_sql(any_of(parts))


def has_permission(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
    """Whether somebody may read the record that a file, tag, follower or to-do is about."""
    type_field, name_field = _ABOUT[doc.doctype]
    kind, name = doc.get(type_field), doc.get(name_field)
    if kind not in rows.record_types() or not name:
        return True
    right = "write" if doc.doctype == "File" and ptype in ("write", "create", "delete") else "read"
    try:
        return frappe.has_permission(kind, right, name, user=user or frappe.session.user)
    except frappe.DoesNotExistError:
        frappe.clear_last_message()
        return False


def conditions_of_parts(user: str | None = None, doctype: str | None = None) -> str:
    """The condition for rows of a table: those of records this person may read, whichever type they are of."""
    user = user or frappe.session.user
    if user == "Administrator":
        return ""
    table = frappe.qb.DocType(doctype)
    parents = frappe.get_all(
        "DocField", filters={"fieldtype": "Table", "options": doctype}, pluck="parent", distinct=True
    )
    return as_sql(
        any_of(
            (table.parenttype == parent) & table.parent.isin(_readable_names(parent, user))
            for parent in parents
        )
    )


def people(user: str | None = None, doctype: str | None = None) -> str:
    """The condition for lists and searches of accounts: oneself, colleagues, and the ECTs one may read."""
    user = user or frappe.session.user
    if user == "Administrator" or "System Manager" in frappe.get_roles(user):
        return ""
    positions = positions_of(user)
    if any(position.scope == held.EVERYTHING for position in positions):
        return ""
    account, staff, ect = (frappe.qb.DocType(name) for name in ("User", "Induction Staff", "ECT"))
    parts = [account.name == written(user)]
    if working_with := colleagues(staff, positions):
        parts.append(account.name.isin(frappe.qb.from_(staff).select(staff.user).where(working_with)))
    taught = rows.readable_rows("ECT", user)
    parts.append(account.name.isin(frappe.qb.from_(ect).select(ect.user).where(taught)))
    return as_sql(any_of(parts))


def check_reader(doc: Document, method: str | None = None) -> None:
    """Who follows or discusses a record can read it. The framework makes these without asking for rights."""
    if not has_permission(doc, "read", doc.get("user")):
        frappe.throw(
            _("{0} is not yours to read, so you cannot follow or discuss it.").format(
                doc.get(_ABOUT[doc.doctype][1])
            ),
            frappe.PermissionError,
        )


def _readable_names(doctype: str, user: str):
    table = frappe.qb.DocType(doctype)
    query = frappe.qb.from_(table).select(table.name)
    if doctype in rows.record_types():
        condition = rows.readable_rows(doctype, user)
        return query.where(condition) if condition else query
    # No rules about rows: the framework's roles decide.
    return query if frappe.has_permission(doctype, "read", user=user) else query.where(table.name.isnull())
