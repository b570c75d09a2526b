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


def on_doctype_update() -> None:
    """An index in the order that lists show, so that the newest few are found without reading them all."""
    frappe.db.add_index("Induction Event", ["happened_at", "creation"], "newest_first")
