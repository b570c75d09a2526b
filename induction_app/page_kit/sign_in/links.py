"""Links by mail for people who are not signed in. Nobody is told by them who has an account.

These answer in the framework's place, which would say so and give the person's name. The account is looked
up, and the mail sent, by a background job, so that the answer takes as long for one address as for another.
"""

import frappe
from frappe import _
from frappe.core.doctype.user import user as accounts
from frappe.rate_limiter import rate_limit
from frappe.www import login


# Whoever has forgotten their password is not signed in.
@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=accounts.get_password_reset_limit, seconds=60 * 60)
def reset_password(user: str) -> None:
    """Mail a link that sets a new password, if the address has an account."""
    frappe.enqueue(f"{__name__}.mail_reset_link", queue="short", email=user)
    _say_the_same()


# The same; nothing is sent unless an administrator has switched this way of signing in on.
@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=login.get_login_with_email_link_ratelimit, seconds=60 * 60)
def send_login_link(email: str) -> None:
    """Mail a link that signs in, if the address has an account and the site allows it."""
    frappe.enqueue(f"{__name__}.mail_login_link", queue="short", email=email)
    _say_the_same()


def mail_reset_link(email: str) -> None:
    """The job: the framework's own mail, or nothing where there is no such account."""
    accounts.reset_password(user=email)


def mail_login_link(email: str) -> None:
    """The job: the framework's own mail, or nothing where there is no such account."""
    if frappe.db.exists("User", {"name": email, "enabled": 1}):
        login.send_login_link(email=email)


def _say_the_same() -> None:
    frappe.msgprint(
        _("If this address has an account, a link is on its way to it."), title=_("Check your email")
    )
