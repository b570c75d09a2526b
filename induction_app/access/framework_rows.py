"""Rows of the framework's own records that tell of ours: files, tags, followers, rows of tables, and people.

The framework lists these by role alone. Here whoever may not read the record does not find what names it.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from pypika.terms import Criterion, LiteralValue

from induction_app.access import positions as held
from induction_app.access import rows
from induction_app.access.positions import positions_of

# Where each record type keeps the type and name of the record it is about.
_ABOUT = {
    "File": ("attached_to_doctype", "attached_to_name"),
    "Tag Link": ("document_type", "document_name"),
    "Document Follow": ("ref_doctype", "ref_docname"),
}
_RULES = "induction_app.access.rows.has_permission"


def query_conditions(user: str | None = None, doctype: str | None = None) -> str:
    """The condition for a list of files, tags or followers: only those of records this person may read."""
    user = user or frappe.session.user
    if user == "Administrator":
        return ""
    type_field, name_field = _ABOUT[doctype]
    table = frappe.qb.DocType(doctype)
    kept = record_types()
    parts = [table[type_field].isnull() | table[type_field].notin(kept)]
    for kind in kept:
        parts.append((table[type_field] == kind) & table[name_field].isin(_readable_names(kind, user)))
    return _sql(rows.any_of(parts))


def conditions_of_parts(user: str | None = None, doctype: str | None = None) -> str:
    """The condition for rows of a table: those of records this person may read, whichever type they are of."""
    user = user or frappe.session.user
    if user == "Administrator":
        return ""
    table = frappe.qb.DocType(doctype)
    parents = frappe.get_all(
        "DocField", filters={"fieldtype": "Table", "options": doctype}, pluck="parent", distinct=True
    )
    return _sql(
        rows.any_of(
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
    parts = [account.name == LiteralValue(frappe.db.escape(user, percent=False))]
    if colleagues := rows.colleagues(staff, positions):
        parts.append(account.name.isin(frappe.qb.from_(staff).select(staff.user).where(colleagues)))
    taught = frappe.qb.from_(ect).select(ect.user).where(_condition("ECT", user))
    parts.append(account.name.isin(taught))
    return _sql(rows.any_of(parts))


def has_permission(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
    """A file goes with the record it is attached to, also for whoever once uploaded it."""
    user = user or frappe.session.user
    if user == "Administrator":
        return True
    if ptype in ("create", "write") and not _address_is_theirs(doc, user):
        return False
    if doc.attached_to_doctype not in record_types() or not doc.attached_to_name:
        return True
    record = frappe.get_doc(doc.attached_to_doctype, doc.attached_to_name)
    return record.has_permission("write" if ptype in ("write", "create", "delete") else "read", user=user)


def _address_is_theirs(doc: Document, user: str) -> bool:
    """Giving the address of a private file that is there already must not be a way to read it."""
    address = doc.file_url or ""
    if not address.startswith("/private/") or doc.get("content"):
        return True
    if not doc.is_new() and address == frappe.db.get_value("File", doc.name, "file_url"):
        return True
    others = frappe.get_all("File", filters={"file_url": address}, pluck="name")
    return not others or any(frappe.has_permission("File", "read", name, user=user) for name in others)


def keep_private(doc: Document, method: str | None = None) -> None:
    """A file on a record is never public: anybody with its address could read it. Raises a sentence."""
    if doc.attached_to_doctype in record_types() and not doc.is_private and not doc.is_folder:
        frappe.throw(
            _("File: files on {0} are private. Upload it as a private file.").format(
                _(doc.attached_to_doctype)
            )
        )


def check_follower(doc: Document, method: str | None = None) -> None:
    """Whoever follows a record is mailed about its changes, so must be able to read it."""
    if doc.ref_doctype not in record_types():
        return
    if not frappe.has_permission(doc.ref_doctype, "read", doc.ref_docname, user=doc.user):
        frappe.throw(
            _("{0} cannot be followed by somebody who may not read it.").format(doc.ref_docname),
            frappe.PermissionError,
        )


def record_types() -> list[str]:
    """The app's record types that have rules about rows."""
    ruled = frappe.get_hooks("has_permission").items()
    return [name for name, methods in ruled if _RULES in methods and name != "Workflow Action"]


def _readable_names(doctype: str, user: str):
    table = frappe.qb.DocType(doctype)
    query = frappe.qb.from_(table).select(table.name)
    if doctype not in record_types():  # no rules about rows: the framework's roles decide
        return (
            query if frappe.has_permission(doctype, "read", user=user) else query.where(table.name.isnull())
        )
    condition = rows.query_conditions(user, doctype)
    return query.where(LiteralValue(condition)) if condition else query


def _condition(doctype: str, user: str) -> Criterion:
    return LiteralValue(rows.query_conditions(user, doctype) or "1=1")


def _sql(criterion: Criterion) -> str:
    return f"({criterion.get_sql(quote_char='`', with_namespace=True)})"
