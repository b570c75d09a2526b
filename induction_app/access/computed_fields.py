"""Fields the service works out are not for people to set: a request can carry any field."""

from frappe.model.document import Document

LAYOUT = ("Section Break", "Column Break", "Tab Break", "HTML", "Button", "Heading")


def keep_computed_fields(doc: Document, before: Document | None) -> None:
    """Put read-only fields back to what is stored, or to their default on a new record.

    The form shows them read-only; over REST they could come with any value. Fields fetched through a link
    and the workflow state, which the framework checks itself, are left.
    """
    for df in doc.meta.fields:
        if not df.read_only or df.fetch_from or df.fieldtype in LAYOUT or df.fieldname == "workflow_state":
            continue
        doc.set(df.fieldname, before.get(df.fieldname) if before else df.default)
