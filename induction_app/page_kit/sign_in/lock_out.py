"""What a person is told about wrong passwords. The framework counts and locks; its settings say how often."""

import frappe
from frappe import _
from frappe.auth import get_login_attempt_tracker
from frappe.utils import cint


def tries_allowed() -> int:
    """How many wrong tries in a row lock an account, or a network address: the framework locks on the one after its setting."""
    return cint(frappe.get_system_settings("allow_consecutive_login_attempts")) + 1


def locked_sentence() -> str:
    """Told when no password is looked at for now."""
    return _(
        "There have been {0} wrong tries in a row, for this account or from the network you are on, "
        "so you cannot sign in for {1}. Your account is safe. Wait, then try again."
    ).format(tries_allowed(), _duration())


def refused_sentence() -> str:
    """Told after a wrong password, the same for an account that does not exist."""
    if (
        tries_allowed() > 1
        and not get_login_attempt_tracker(
            frappe.local.request_ip, raise_locked_exception=False
        ).is_user_allowed()
    ):
        return locked_sentence()
    return _("The email address or password is not right")


def warning() -> str:
    """Told beside the form, so that the lock is no surprise."""
    if tries_allowed() == 1:
        return ""
    return _(
        "After {0} wrong tries in a row, for one account or from one network, you have to wait {1}."
    ).format(tries_allowed(), _duration())


def _duration() -> str:
    seconds = cint(frappe.get_system_settings("allow_login_after_fail"))
    if seconds < 120:
        return _("{0} seconds").format(seconds)
    return _("{0} minutes").format(-(-seconds // 60))
