"""What somebody may not read is not in the answer to what they write."""

from frappe.model.document import Document


def leave_out(doc: Document, method: str | None = None) -> None:
    """After a record is saved, take from it the fields its writer may not read: the framework answers with it.

    Last of all that is done with a saved record. What the service saves for itself goes to nobody.
    """
    if not (doc.flags.ignore_permissions or doc.flags.by_rules):
        doc.apply_fieldlevel_read_permissions()
