"""Bringing a colleague into the service: their account and their position, together."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, validate_email_address

from induction_app.clock import today
from induction_app.organisations import accounts


def register_colleague(
    email: str,
    first_name: str,
    last_name: str,
    role: str,
    school: str | None = None,
    appropriate_body: str | None = None,
    starts_on: date | str | None = None,
    holds_qts: bool = False,
    address_confirmed: bool = False,
) -> Document:
    """Give a person a role at a school or appropriate body, making their account first where they have none.

    A new person is mailed a link to set a password. An account that is there already is used as it is, where
    the last name is the same or they have confirmed the address themselves, and its owner told. Returns the Induction Staff record. Raises frappe.PermissionError where
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
    if not address_confirmed:
        accounts.check_holder(email, last_name)
    made = _account(email, first_name, last_name, [role] if getdate(position.starts_on) <= today() else [])
    position.insert()
    if made:
        accounts.invite(made, role, position.place_name())
    else:
        accounts.tell_of_role(email, role, position.place_name())
    return position


def _account(email: str, first_name: str, last_name: str, roles: list[str]) -> Document | None:
    """A new account, or None where there is one. Raises frappe.ValidationError for one that has been closed."""
    if accounts.has_account(email):
        return None
    for label, value in ((_("First name"), first_name), (_("Last name"), last_name)):
        if not (value or "").strip():
            frappe.throw(_("{0}: fill it in, so that colleagues know who this is.").format(label))
    # The role comes with the account, so that it is saved once; the position keeps it in step from here on.
    return accounts.open_account(email, first_name, last_name, roles)


def invite_to_school(
    school: str, body: str, first_name: str, last_name: str, email: str, role: str
) -> Document:
    """An officer brings in a school's first person; the school is taken on and authorised with it.

    Returns the Induction Staff record. Raises frappe.PermissionError for others than officers of the body.
    """
    record = frappe.get_doc("School", school, for_update=True)
    record.take_on(body)
    return register_colleague(email, first_name, last_name, role, school=school)
