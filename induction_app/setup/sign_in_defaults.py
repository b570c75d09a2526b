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
    "two_factor_method": "OTP App",
    "otp_issuer_name": "Induction",
}


def set_defaults() -> None:
    """Fill System Settings once, on installation. Which roles need the second step is left to administrators."""
    settings = frappe.get_meta("System Settings")
    known = {name: value for name, value in SETTINGS.items() if settings.has_field(name)}
    frappe.db.set_single_value("System Settings", known)
    frappe.clear_document_cache("System Settings", "System Settings")
