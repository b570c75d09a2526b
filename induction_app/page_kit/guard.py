"""A form is only accepted from a page of ours, in the session that was shown it.

The framework checks `csrf_token` when the session has one; a session that never opened a form has none, and
guests share one session. So the kit checks again: a signed-in person's token must exist and match; a guest's
must match a cookie that other sites can neither read nor send.
"""

import hmac
import secrets

import frappe
from frappe.sessions import get_csrf_token

GUEST_COOKIE = "induction_visit"


def form_token() -> str:
    """The token for the hidden field of a form on this page."""
    if frappe.session.user != "Guest":
        return get_csrf_token()
    token = frappe.request.cookies.get(GUEST_COOKIE) or frappe.local.flags.induction_visit
    if not token or len(token) != 43:
        token = secrets.token_urlsafe(32)
    frappe.local.flags.induction_visit = token
    frappe.local.cookie_manager.set_cookie(GUEST_COOKIE, token, httponly=True, samesite="Lax")
    return token


def is_from_our_page() -> bool:
    """Whether the request carries the token of the session or visit it belongs to."""
    sent = frappe.request.form.get("csrf_token") or frappe.get_request_header("X-Frappe-CSRF-Token") or ""
    if frappe.session.user == "Guest":
        expected = frappe.request.cookies.get(GUEST_COOKIE) or ""
    else:
        expected = frappe.session.data.get("csrf_token") or ""
    return bool(expected) and hmac.compare_digest(sent.encode(), expected.encode())
