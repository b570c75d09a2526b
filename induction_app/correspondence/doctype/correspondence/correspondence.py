import frappe
from frappe import _
from frappe.model.document import Document


class Correspondence(Document):
    """A mail or letter as it was sent. Written by `correspondence.outbox`, in bulk, and never changed."""

    def validate(self) -> None:
        if not self.is_new():
            frappe.throw(_("What was sent cannot be changed."))

    def on_trash(self) -> None:
        frappe.throw(_("What was sent cannot be deleted."))
