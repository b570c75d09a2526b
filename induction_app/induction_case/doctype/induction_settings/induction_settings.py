import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint
from pypika.terms import Interval

# What white text needs to be read on a ground (WCAG 2.2, 1.4.3).
_CONTRAST = 4.5
_BOUNDS = {"review_available_days": (14, 120), "small_number_limit": (0, 20)}


class InductionSettings(Document):
    """What an administrator sets for the whole service."""

    def validate(self) -> None:
        self.check_numbers()
        self.check_colour()

    def check_numbers(self) -> None:
        for field, (least, most) in _BOUNDS.items():
            if not least <= cint(self.get(field)) <= most:
                frappe.throw(
                    _("{0}: enter a number from {1} to {2}.").format(
                        _(self.meta.get_label(field)), least, most
                    )
                )

    def check_colour(self) -> None:
        """White text stands on it."""
        if not self.service_colour:
            return
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", self.service_colour):
            frappe.throw(_("Colour: write it as # and six digits, such as #0f4c52."))
        if contrast_with_white(self.service_colour) < _CONTRAST:
            frappe.throw(
                _("Colour: white text cannot be read on {0}. Choose a darker one.").format(
                    self.service_colour
                )
            )

    def on_update(self) -> None:
        """Reviews and assessments that nobody has sent on may be written from the day that is now set."""
        if not self.has_value_changed("review_available_days"):
            return
        for doctype in ("Progress Review", "Formal Assessment"):
            record = frappe.qb.DocType(doctype)
            day = record.scheduled_for - Interval(days=cint(self.review_available_days))
            scheduled = record.schedule_key.isnotnull() & record.scheduled_for.isnotnull()
            frappe.qb.update(record).set(record.available_from, day).where(
                scheduled & (record.stage == "drafting")
            ).run()


def contrast_with_white(colour: str) -> float:
    """The contrast ratio (1 to 21) of white on a colour such as #0f4c52, as WCAG 2.2 works it out."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    light = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 1.05 / (0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] + 0.05)
