"""Who an ECT is: name, number and address in their formats, their own, and no longer changed once they are checked."""

import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_years, getdate, validate_email_address

from induction_app.clock import today
from induction_app.organisations import accounts

# Letters the Department for Work and Pensions uses; the suffix is A to D.
_NI_NUMBER = re.compile(r"^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]$")
# Whose capacity lets them change what the body has checked.
_BODY_CAPACITIES = {"ab_officer", "administrator"}


def check_person(ect: Document) -> None:
    """TRN, date of birth, email and NI number in their formats."""
    ect.trn = (ect.trn or "").strip() or None
    if ect.trn and not re.fullmatch(r"[0-9]{7}", ect.trn):
        frappe.throw(
            _("Teacher reference number: enter seven digits without a slash, not {0}.").format(ect.trn)
        )
    if ect.trn and frappe.db.exists("ECT", {"trn": ect.trn, "name": ("!=", ect.name or "")}):
        frappe.throw(
            _(
                "Teacher reference number: {0} is registered already. Check it with the ECT; if it is right, ask the appropriate body, which can see who has it."
            ).format(ect.trn),
            frappe.UniqueValidationError,
        )
    check_email(ect)
    if ect.date_of_birth:
        born = getdate(ect.date_of_birth)
        if not add_years(today(), -100) <= born <= add_years(today(), -18):
            frappe.throw(_("Date of birth: enter a day between 18 and 100 years ago."))
    if ect.get("ni_number"):
        ect.ni_number = re.sub(r"\s", "", ect.ni_number).upper()
        if not _NI_NUMBER.match(ect.ni_number):
            # The number itself is left out: this sentence may be logged.
            frappe.throw(
                _(
                    "National Insurance number: check it. It is two letters, six digits and a letter from A to D, and some letters never begin one, such as Q."
                )
            )


def check_email(ect: Document) -> None:
    """An address, and the ECT's own: whoever has its account will read the record."""
    ect.email = (ect.email or "").strip().lower() or None
    if not ect.email or ect.email == ect.user:
        return
    if not validate_email_address(ect.email):
        frappe.throw(_("Email: {0} is not an email address.").format(ect.email))
    accounts.check_holder(ect.email, ect.last_name, ect.previous_last_name)
    if frappe.db.exists("ECT", {"user": ect.email, "name": ("!=", ect.name or "")}):
        frappe.throw(
            _("Email: another ECT signs in with {0}. Ask for an address of their own.").format(ect.email)
        )


def check_identity(ect: Document) -> None:
    """What the body has checked, and the DfE is told, only the body changes; a TRN that comes later is added."""
    if not ect.before or ect.by_rules or ect.before.stage != "registered":
        return
    changed = [
        field
        for field in ("trn", "date_of_birth")
        if ect.before.get(field) and str(ect.get(field) or "") != str(ect.before.get(field))
    ]
    if changed and not _BODY_CAPACITIES & ect.acting_capacities():
        frappe.throw(
            _("{0}: the appropriate body has checked this and changes it. Ask them.").format(
                _(ect.meta.get_label(changed[0]))
            ),
            frappe.PermissionError,
        )
