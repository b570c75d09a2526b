"""Forgotten and new passwords, by the framework's reset keys and password policy."""

import frappe
from frappe import _
from frappe.core.doctype.user.user import update_password
from frappe.model.document import Document
from frappe.rate_limiter import rate_limit

from induction_app.page_kit.counted import counted_as
from induction_app.page_kit.problems import Problem, plain_text
from induction_app.page_kit.sign_in.links import reset_password

#: Links in an hour to one address. How many are asked for from one network is System Settings' to say.
TO_ONE_ADDRESS = 3
#: The framework counts what its own form and our page ask for together.
_METHOD = "frappe.core.doctype.user.user.reset_password"


def send_reset_link(email: str) -> None:
    """Mail a link that sets a new password. Says nothing about whether the account exists."""
    try:
        frappe.form_dict.asked_for = email.strip().lower()
        _count_this()
        with counted_as(_METHOD):
            reset_password(user=email)
    except frappe.RateLimitExceededError:
        raise Problem(
            _(
                "Too many links were asked for in the last hour, for this address or from your network. "
                "Wait an hour, then ask again."
            ),
            "email",
        ) from None
    frappe.clear_messages()


@counted_as("link for a password")
@rate_limit(key="asked_for", limit=TO_ONE_ADDRESS, seconds=60 * 60, ip_based=False)
def _count_this() -> None:
    """Counted by the framework: links asked for on our page for one address."""


def password_link(user: Document, **options: bool) -> str:
    """The address at which a person sets their password; `options` are those of the framework's own method.

    Newer releases of the framework have that method under another name.
    """
    make = getattr(user, "_reset_password", None) or user.reset_password
    return make(**options)


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


def refuse_without_the_present_one(user: Document, method: str | None = None) -> None:
    """User.before_validate: one's own password changes where the present one is asked for.

    Whoever finds a session open must not be able to keep the account.
    """
    if user.get("new_password") and not user.is_new() and user.name == frappe.session.user:
        frappe.throw(
            _("New password: change your own password at {0}, with your present one.").format(
                "/change-password"
            ),
            frappe.PermissionError,
        )


def _set(password: str, **proof: str) -> None:
    try:
        refused = update_password(password, logout_all_sessions=1, **proof)
    except frappe.ValidationError as error:
        advice = plain_text(str(error))
        frappe.clear_messages()
        raise Problem(_("Choose a stronger password. {0}").format(advice), "password") from None
    if frappe.local.response.pop("http_status_code", None):
        raise Problem(plain_text(refused) + ". " + _("Ask for a new link."))
