"""People's accounts: the one place that makes them, and the mails that let somebody in.

The framework's own welcome mail is not sent; ours says where the person has which role and is a text that
administrators can change. An account has a picture from the start, so the framework asks no outside service
for one.
"""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_url

from induction_app.correspondence.recipients import Recipient
from induction_app.organisations import account_mails
from induction_app.page_kit.sign_in.passwords import password_link

PICTURE = "/assets/induction_app/images/person.svg"


def open_account(email: str, first_name: str, last_name: str, roles: list[str]) -> Document:
    """Make an account that nobody can sign in to before they have set a password; returns the User.

    Whether the person signed in may give the roles is the caller's to check.
    """
    user = frappe.get_doc(
        {
            "doctype": "User",
            "email": email,
            "first_name": first_name.strip(),
            "last_name": last_name.strip(),
            "user_type": "Website User",
            "send_welcome_email": 0,
            "roles": [{"role": role} for role in roles],
        }
    )
    user.flags.no_welcome_mail = True
    # Those who bring in colleagues may not edit User; the caller has checked the right to give the roles.
    return user.insert(ignore_permissions=True)


def check_holder(email: str, *last_names: str | None) -> None:
    """Refuse an address that is the account of somebody with another last name: a slip would let a stranger in.

    Raises frappe.ValidationError. `last_names` are those the person is or was known by.
    """
    holder = frappe.db.get_value("User", email, "last_name")
    known = {name.strip().casefold() for name in last_names if name and name.strip()}
    if holder is not None and holder.strip().casefold() not in known:
        frappe.throw(
            _(
                "Email: {0} is the address of somebody with another last name. Check the address and the name."
            ).format(email)
        )


def has_account(email: str) -> bool:
    """Whether somebody signs in with this address. Raises frappe.ValidationError for a closed account."""
    enabled = frappe.db.get_value("User", email, "enabled")
    if enabled == 0:
        frappe.throw(
            _("Email: the account {0} has been closed. Ask an administrator to open it.").format(email)
        )
    return bool(enabled)


def invite(user: Document, role: str, place: str) -> None:
    """Mail a new person the link that sets their password. `place` is a school's or a body's name."""
    facts = {"role": _(role), "place": place, "forgotten": get_url("/forgotten-password")}
    account_mails.send("invitation_text", _recipient(user), {**facts, "link": password_link(user)}, user)


def tell_of_role(user: str, role: str, place: str) -> None:
    """Mail somebody who has an account already that they have a new role."""
    person = frappe.get_doc("User", user)
    facts = {"role": _(role), "place": place, "link": get_url("/sign-in")}
    account_mails.send("new_role_text", _recipient(person), facts, person)


def set_picture(record: Document, method: str | None = None) -> None:
    """Before an account, or the contact the framework makes of it, is saved: without a picture the framework
    asks an outside service for one by email address, which would tell that service who is being inducted."""
    field = "user_image" if record.doctype == "User" else "image"
    record.set(field, record.get(field) or PICTURE)


def _recipient(user: Document) -> Recipient:
    return Recipient(user.email, user.full_name, user.name)
