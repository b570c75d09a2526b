"""What else somebody has to know, or to do, after what they have done: told by records, shown by whoever asked."""

import frappe


def tell(sentence: str) -> None:
    """Tell the person signed in: Desk shows it as a message, a page with its notice of what was done."""
    frappe.msgprint(sentence)
    frappe.flags.induction_told = [*(frappe.flags.induction_told or []), sentence]


def take() -> list[str]:
    """What has been told in this request, once."""
    return frappe.flags.pop("induction_told", None) or []
