"""Headers that keep a page to itself: nothing from another host, no inline script, no framing, no caching."""

import secrets

import frappe
from werkzeug.wrappers import Response


def nonce() -> str:
    """The one-time word that lets the kit's own inline lines run; one a request."""
    if not frappe.local.flags.induction_nonce:
        frappe.local.flags.induction_nonce = secrets.token_urlsafe(16)
    return frappe.local.flags.induction_nonce


def protect(response: Response) -> Response:
    """Set the headers of a page of ours."""
    word = nonce()
    response.headers["Content-Security-Policy"] = "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' 'nonce-{word}'",
            f"style-src 'self' 'nonce-{word}'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ]
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
    _protect_any(response)
    response.headers["X-Frame-Options"] = "DENY"
    return response


def after_request(response: Response | None = None, request: object = None) -> None:
    """The hook for what other renderers answer: Desk, files, REST, and error pages of the framework."""
    if response is None:
        return
    if frappe.local.flags.induction_nonce and "Content-Security-Policy" not in response.headers:
        protect(response)
    _protect_any(response)


def _protect_any(response: Response) -> None:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
    response.headers.setdefault("Referrer-Policy", "same-origin")
