"""The two steps of signing in: a password, then a code where the person's role asks for one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import frappe
from frappe import _
from frappe.twofactor import (
    ExpiredLoginException,
    authenticate_for_2factor,
    cache_2fa_data,
    confirm_otp_token,
    get_otpsecret_for_,
    should_run_2fa,
)

from induction_app.page_kit.problems import Problem, plain_text
from induction_app.page_kit.sign_in import lock_out
from induction_app.page_kit.sign_in.passwords import password_link

#: Remembers, between the two steps, whose password was right. Only the server can read what it stands for.
STEP_COOKIE = "induction_step"
STEP_SECONDS = 600


@dataclass(frozen=True)
class FirstStep:
    """What comes after a right password: in at once, a code, or a new password for one that is too old."""

    needs_code: bool = False
    new_password_address: str = ""


def check_password(email: str, password: str) -> FirstStep:
    """The first step. Raises Problem with the same sentence whether or not the account exists."""
    manager = frappe.local.login_manager
    manager.run_trigger("before_login")
    if frappe.get_system_settings("disable_user_pass_login"):
        raise Problem(
            _("Signing in with a password is switched off here. Use your organisation's own sign-in.")
        )
    frappe.clear_cache(user=email)
    try:
        manager.authenticate(user=email, pwd=password)
    except frappe.SecurityException:
        raise Problem(lock_out.locked_sentence()) from None
    except frappe.AuthenticationError:
        raise Problem(lock_out.refused_sentence(), "email") from None
    if manager.force_user_to_reset_password():
        user = frappe.get_doc("User", manager.user)
        link = password_link(user, send_email=False, password_expired=True)
        return FirstStep(new_password_address=link[link.index("/update-password") :])
    if should_run_2fa(manager.user):
        _begin_second_step(manager.user)
        return FirstStep(needs_code=True)
    _enter()
    return FirstStep()


def waiting_for_code() -> str | None:
    """The user whose password was right and whose code is awaited in this browser, or None."""
    step = frappe.request.cookies.get(STEP_COOKIE)
    return frappe.safe_decode(frappe.cache.get(f"{step}_usr")) if step else None


def check_code(code: str) -> None:
    """The second step. Raises Problem when the code is wrong or the first step is too long ago."""
    manager = frappe.local.login_manager
    manager.user = waiting_for_code()
    step = frappe.request.cookies.get(STEP_COOKIE)
    try:
        if not (manager.user and confirm_otp_token(manager, otp=code, tmp_id=step)):
            raise ExpiredLoginException
    except ExpiredLoginException:
        raise Problem(
            _("That took more than 10 minutes, so you need to enter your password again.")
        ) from None
    except frappe.SecurityException:
        raise Problem(lock_out.locked_sentence()) from None
    except frappe.AuthenticationError:
        raise Problem(
            _("This code is not right. Wait for the next one in your app, then enter it."), "code"
        ) from None
    for kept in ("_usr", "_pwd", "_otp_secret", "_token"):
        frappe.cache.delete(f"{step}{kept}")
    frappe.local.cookie_manager.delete_cookie(STEP_COOKIE)
    _enter()


def _begin_second_step(user: str) -> None:
    """Have the framework remember the first step; a code by email or SMS is sent by the framework itself."""
    # Its cache would keep the password for its own second step; ours does not need it.
    frappe.form_dict.pwd = ""
    frappe.flags.otp_expiry = frappe.flags.token_expiry = STEP_SECONDS
    if frappe.get_system_settings("two_factor_method") == "OTP App":
        step = frappe.generate_hash()
        cache_2fa_data(user, 0, get_otpsecret_for_(user), step)
    else:
        authenticate_for_2factor(user)
        step = frappe.local.response["tmp_id"]
    expires = datetime.now(UTC) + timedelta(seconds=STEP_SECONDS)
    frappe.local.cookie_manager.set_cookie(STEP_COOKIE, step, httponly=True, expires=expires)


def _enter() -> None:
    """Open the session. The framework may still refuse the hour or the network a person signs in from."""
    try:
        frappe.local.login_manager.post_login()
    except frappe.AuthenticationError as error:
        raise Problem(plain_text(str(error)) or _("You cannot sign in now.")) from None
