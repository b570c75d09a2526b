"""When induction starts, and whose that is: one day on the ECT's record and on the first post (2.11, 2.12, 2.16)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from induction_app.access.rows import sides_of
from induction_app.induction_case.rules import ask_rule


def check_start_of_ect(ect: Document) -> None:
    """Once the ECT is registered, the appropriate body alone changes the start. Raises frappe.PermissionError."""
    if ect.by_rules or not ect.before or ect.before.stage != "registered" or not ect.before.start_date:
        return
    same = ect.start_date and getdate(ect.start_date) == getdate(ect.before.start_date)
    if not same and "body" not in sides_of(ect):
        frappe.throw(_set_by_the_body(ect, "start_date"), frappe.PermissionError)


def check_start_of_post(period: Document, before: Document | None) -> None:
    """What a school may record of a post's start. Raises frappe.PermissionError with what to do instead.

    The first post starts when the appropriate body has induction start. No post of a school's begins before
    that, or before the day of registration.
    """
    moved = not before or getdate(period.starts_on) != getdate(before.starts_on)
    if not moved or period.flags.by_registration or "body" in sides_of(period):
        return
    ect = frappe.db.get_value("ECT", period.ect, ["start_date", "registered_on"], as_dict=True)
    if not ect.start_date:
        return
    if before and getdate(before.starts_on) <= ect.start_date:
        frappe.throw(_set_by_the_body(period, "starts_on"), frappe.PermissionError)
    answer = ask_rule(
        "recorded_from", start=ect.start_date, registered_on=ect.registered_on or ect.start_date
    )
    if getdate(period.starts_on) < answer.value:
        frappe.throw(
            _(
                "{0}: a school records induction from {1}, when this ECT had started and was registered; a start is not backdated (paragraphs 2.11 and 2.16). Ask the appropriate body to enter earlier service as terms served before."
            ).format(_(period.meta.get_label("starts_on")), formatdate(answer.value, "d MMMM yyyy")),
            frappe.PermissionError,
        )


def follow_post(period: Document) -> None:
    """The first post has another start: so has the induction."""
    if _first_post(period.ect) == period.name:
        start = frappe.db.get_value("ECT", period.ect, "start_date")
        if not start or start != getdate(period.starts_on):
            frappe.db.set_value("ECT", period.ect, "start_date", period.starts_on)


def follow_ect(ect: Document) -> None:
    """The induction has another start: so has its first post, which tells the case's story of it."""
    name = _first_post(ect.name)
    if not name or not ect.start_date:
        return
    period = frappe.get_doc("Induction Period", name)
    if getdate(period.starts_on) != getdate(ect.start_date):
        period.starts_on = ect.start_date
        period.flags.by_rules = True
        period.save(ignore_permissions=True)  # follows from the start on the ECT's record


def _first_post(ect: str) -> str | None:
    """The first post that counts: supply of less than a term is no induction (2.14)."""
    counting = {"ect": ect, "short_term_supply": 0}
    found = frappe.get_all("Induction Period", counting, pluck="name", order_by="starts_on", limit=1)
    return found[0] if found else None


def _set_by_the_body(doc: Document, field: str) -> str:
    return _(
        "{0}: the appropriate body sets when induction starts (paragraph 2.12). Ask them to correct it."
    ).format(_(doc.meta.get_label(field)))
