"""The authenticator app: the key a person puts into it, once, and whether they have."""

import base64
import re
from dataclasses import dataclass

import frappe
import pyotp
from frappe.twofactor import get_default, get_otpsecret_for_, get_qr_svg_code, reset_otp_secret
from markupsafe import Markup


@dataclass(frozen=True)
class Key:
    """The key of one person: as a picture to scan, as letters to type, and as a link that apps open."""

    address: str
    picture: Markup
    letters: str


def is_set_up(user: str) -> bool:
    """Whether the person has entered a right code from their app before."""
    return bool(get_default(f"{user}_otplogin"))


def uses_an_app() -> bool:
    """Whether the site asks for an app's code (the other ways are a code by email or SMS)."""
    return frappe.get_system_settings("two_factor_method") == "OTP App"


def key_of(user: str) -> Key:
    """The key to show while setting up. Never shown again once a right code was entered."""
    if is_set_up(user):
        raise frappe.PermissionError
    secret = get_otpsecret_for_(user)
    issuer = frappe.get_system_settings("otp_issuer_name")
    address = pyotp.TOTP(secret).provisioning_uri(user, issuer_name=issuer)
    letters = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return Key(address, _inline(get_qr_svg_code(address)), letters)


def start_again(user: str) -> None:
    """Forget the person's app, for a new phone; they set up the new one when they sign in next."""
    reset_otp_secret(user)
    frappe.clear_messages()


def _inline(encoded: bytes) -> Markup:
    """The framework's picture as part of a page: no declaration, and free to be shown at another size."""
    drawing = base64.b64decode(encoded).decode()
    drawing = drawing[drawing.index("<svg") :]
    size = re.search(r'width="(\d+)"', drawing)[1]
    return Markup(drawing.replace("<svg ", f'<svg viewBox="0 0 {size} {size}" ', 1))
