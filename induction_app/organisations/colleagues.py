"""Bringing a colleague into the service: their account and their position, together."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, validate_email_address

from induction_app.clock import today


def register_colleague(
    email: str,
    first_name: str,
    last_name: str,
    role: str,
    school: str | None = None,
    appropriate_body: str | None = None,
    starts_on: date | str | None = None,
    holds_qts: bool = False,
) -> Document:
    """Give a person a role at a school or appropriate body, making their account first where they have none.

    A new person gets the framework's own welcome mail with a link to set a password. An account that is
    there already is used as it is. Returns the Induction Staff record. Raises frappe.PermissionError where
    the person signed in may not give this role there, frappe.ValidationError for a field that is missing.
    """
    email = (email or "").strip().lower()
    if not validate_email_address(email):
        frappe.throw(_("Email: write a whole address, such as name@school.sch.uk."))
    position = frappe.new_doc(
        "Induction Staff",
        user=email,
        role=role,
        school=school or None,
        appropriate_body=appropriate_body or None,
        starts_on=starts_on or today(),
        holds_qts=int(holds_qts),
    )
    position.check_permission("create")
    # Before an account is made, so that nobody makes one for a role they may not give, or that is none.
    position.set_role_facts()
    position.validate_place()
    position.validate_giver()
    _account(email, first_name, last_name, [role] if getdate(position.starts_on) <= today() else [])
    return position.insert()


def _account(email: str, first_name: str, last_name: str, roles: list[str]) -> None:
    enabled = frappe.db.get_value("User", email, "enabled")
    if enabled == 0:
        frappe.throw(
            _("Email: the account {0} has been closed. Ask an administrator to open it.").format(email)
        )
    if enabled:
        return
    for label, value in ((_("First name"), first_name), (_("Last name"), last_name)):
        if not (value or "").strip():
            frappe.throw(_("{0}: fill it in, so that colleagues know who this is.").format(label))
    frappe.get_doc(
        {
            "doctype": "User",
            "email": email,
            "first_name": first_name.strip(),
            "last_name": last_name.strip(),
            "user_type": "Website User",
            "send_welcome_email": 1,
            # With the account, so that it is saved once; the position keeps it in step from here on.
            "roles": [{"role": held} for held in roles],
        }
    ).insert(
        ignore_permissions=True
    )  # School people may not edit User; the right to give the role was checked.
