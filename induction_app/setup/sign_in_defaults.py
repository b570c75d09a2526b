"""How signing in is set on a new site. An administrator changes it in System Settings; migrating does not."""

import frappe

SETTINGS = {
    # The framework locks on the try after this number: five wrong tries in a row.
    "allow_consecutive_login_attempts": 4,
    "allow_login_after_fail": 300,
    # A school asks from one network address.
    "password_reset_limit": 20,
    "enable_password_policy": 1,
    "minimum_password_score": "2",
    "logout_on_password_reset": 1,
    "session_expiry": "12:00",
    # A link that signs in goes past the second step.
    "login_with_email_link": 0,
    "two_factor_method": "OTP App",
    "otp_issuer_name": "Induction",
}


def set_defaults() -> None:
    """Fill System Settings once, on installation. Which roles need the second step is left to administrators."""
    settings = frappe.get_meta("System Settings")
    known = {name: value for name, value in SETTINGS.items() if settings.has_field(name)}
    frappe.db.set_single_value("System Settings", known)
    frappe.clear_document_cache("System Settings", "System Settings")
    close_sign_up()


def close_sign_up() -> None:
    """Accounts come from a school, a body or an administrator; nobody makes one for themselves."""
    frappe.db.set_single_value("Website Settings", "disable_signup", 1)
    frappe.clear_document_cache("Website Settings", "Website Settings")
