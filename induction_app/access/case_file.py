"""Files that go with the record they are attached to, and not with whoever once uploaded them."""

import frappe
from frappe import _
from frappe.core.doctype.file.file import File
from frappe.model.document import Document

from induction_app.access import framework_rows
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
    return framework_rows.has_permission(doc, ptype, user)


def keep_private(doc: Document, method: str | None = None) -> None:
    """A file on a record is never public: anybody with its address could read it. Raises a sentence."""
    if doc.attached_to_doctype in record_types() and not doc.is_private and not doc.is_folder:
        frappe.throw(
            _("File: files on {0} are private. Upload it as a private file.").format(
                _(doc.attached_to_doctype)
            )
        )


def _address_is_theirs(doc: Document, user: str) -> bool:
    """Giving the address of a private file that is there already must not be a way to read it."""
    address = doc.file_url or ""
    if not address.startswith("/private/") or doc.get("content"):
        return True
    if not doc.is_new() and address == frappe.db.get_value("File", doc.name, "file_url"):
        return True
    others = frappe.get_all("File", filters={"file_url": address}, pluck="name")
    return not others or any(frappe.has_permission("File", "read", name, user=user) for name in others)
