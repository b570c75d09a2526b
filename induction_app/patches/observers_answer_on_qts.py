"""Whether an observer holds QTS was a tick box, which cannot tell "no" from "not asked"."""

import frappe


def execute() -> None:
    """A tick stays a yes; no tick becomes no answer."""
    for kept, answer in (("1", "Yes"), ("0", "")):
        frappe.db.set_value(
            "Observation", {"observer_holds_qts": kept}, "observer_holds_qts", answer, update_modified=False
        )
