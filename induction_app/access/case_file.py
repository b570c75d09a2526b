"""Files that go with the record they are attached to, and not with whoever once uploaded them."""

import frappe
from frappe import _
from frappe.core.doctype.file.file import File
from frappe.model.document import Document

from induction_app.access import framework_rows
from induction_app.access.parts import part_types
from induction_app.access.rows import record_types


class CaseFile(File):
    """The framework's File. Downloads ask nothing but this method of it, so only a subclass can add a rule."""

    def is_downloadable(self) -> bool:
        """The framework lets whoever uploaded a file have it for good; here the record has to be theirs too."""
        return bool(super().is_downloadable()) and has_permission(self, "read")


def has_permission(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
    """Whether a person has this right to a file by way of its record, and comes by its address honestly."""
    user = user or frappe.session.user
    if user == "Administrator":
        return True
    if ptype in ("create", "write") and not _address_is_theirs(doc, user):
        return False
    if doc.attached_to_doctype in part_types():
        return _on_a_row_of_theirs(doc, ptype, user)
    return framework_rows.has_permission(doc, ptype, user)


def keep_private(doc: Document, method: str | None = None) -> None:
    """A file on a record is never public: anybody with its address could read it. Raises a sentence.

    Judged by what the file is as well as by what it becomes. A private file becomes public by a System Manager
    alone: taken off its record first, or copied, it would be nobody's to protect.
    """
    if doc.is_private or doc.is_folder:
        return
    before = None if doc.is_new() else _stored(doc)
    for attached_to in {doc.attached_to_doctype, before and before.attached_to_doctype}:
        if attached_to in (*record_types(), *part_types()):
            frappe.throw(
                _("File: files on {0} are private. Upload it as a private file.").format(_(attached_to))
            )
    if before and before.is_private and (_is_on_a_record(before.file_url) or not _is_manager()):
        frappe.throw(
            _("File: {0} is private and stays so. Upload what everybody may read as a new file.").format(
                doc.file_name
            ),
            frappe.PermissionError,
        )


def _stored(doc: Document) -> frappe._dict | None:
    names = ("is_private", "file_url", "attached_to_doctype")
    return frappe.db.get_value("File", doc.name, names, as_dict=True)


def _is_on_a_record(file_url: str) -> bool:
    kept = (*record_types(), *part_types())
    return bool(frappe.db.exists("File", {"file_url": file_url, "attached_to_doctype": ("in", kept)}))


def _is_manager() -> bool:
    return frappe.session.user == "Administrator" or "System Manager" in frappe.get_roles()


def _on_a_row_of_theirs(doc: Document, ptype: str | None, user: str) -> bool:
    """A file on a row of a table goes with the row, and so with its record."""
    right = "write" if ptype in ("write", "create", "delete") else "read"
    try:
        row = frappe.get_doc(doc.attached_to_doctype, doc.attached_to_name)
    except frappe.DoesNotExistError:
        frappe.clear_last_message()
        return False
    return row.has_permission(right, user=user)


def _address_is_theirs(doc: Document, user: str) -> bool:
    """Giving the address of a private file that is there already must not be a way to read it."""
    address = doc.file_url or ""
    if not address.startswith("/private/") or doc.get("content"):
        return True
    if not doc.is_new() and address == frappe.db.get_value("File", doc.name, "file_url"):
        return True
    others = frappe.get_all("File", filters={"file_url": address}, pluck="name")
    return not others or any(frappe.has_permission("File", "read", name, user=user) for name in others)
