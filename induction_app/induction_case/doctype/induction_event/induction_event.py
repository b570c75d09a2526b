import frappe
from frappe import _
from frappe.model.document import Document


class InductionEvent(Document):
    """What was done, by whom and when. Written once."""

    def validate(self) -> None:
        if not self.is_new():
            frappe.throw(_("An event cannot be changed. Record what is new as it happens."))

    def on_trash(self) -> None:
        frappe.throw(
            _("An event cannot be deleted. It goes when the ECT's records are removed after retention.")
        )
