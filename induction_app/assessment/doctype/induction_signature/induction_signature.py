import frappe
from frappe import _
from frappe.model.document import Document


class InductionSignature(Document):
    """Who signed which text, in which capacity and when. Written once."""

    def validate(self) -> None:
        if not self.is_new():
            frappe.throw(_("A signature cannot be changed."))

    def on_trash(self) -> None:
        frappe.throw(_("A signature cannot be deleted."))
