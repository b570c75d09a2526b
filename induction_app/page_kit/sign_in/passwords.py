"""Forgotten and new passwords, by the framework's reset keys and password policy."""

import frappe
from frappe import _
from frappe.core.doctype.user.user import reset_password, update_password

from induction_app.page_kit.problems import Problem, plain_text


def send_reset_link(email: str) -> None:
    """Mail a link that sets a new password. Says nothing about whether the account exists."""
    try:
        reset_password(user=email)
    except frappe.RateLimitExceededError:
        raise Problem(_("You have asked too often. Wait an hour, then ask again."), "email") from None
    except frappe.OutgoingEmailError:
        raise Problem(_("We could not send an email just now. Try again in a few minutes.")) from None
    frappe.clear_messages()
    frappe.local.response.pop("http_status_code", None)


def set_by_link(key: str, password: str) -> None:
    """Set a new password by a mailed key; signs out everywhere, so that the person signs in afresh."""
    _set(password, key=key)
    # The framework signs the person in at once, past the authenticator code. We do not.
    frappe.local.login_manager.logout()


def change(old: str, new: str) -> None:
    """Set a new password for the signed-in person, who gives the old one; other sessions end."""
    try:
        _set(new, old_password=old)
    except frappe.AuthenticationError:
        raise Problem(_("This is not your present password"), "old_password") from None


def _set(password: str, **proof: str) -> None:
    try:
        refused = update_password(password, logout_all_sessions=1, **proof)
    except frappe.ValidationError as error:
        advice = plain_text(str(error))
        frappe.clear_messages()
        raise Problem(_("Choose a stronger password. {0}").format(advice), "password") from None
    if frappe.local.response.pop("http_status_code", None):
        raise Problem(plain_text(refused) + ". " + _("Ask for a new link."))
