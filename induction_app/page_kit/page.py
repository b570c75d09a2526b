"""What a page is: who may see it, its form, what it shows, and what sending it does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import frappe
from frappe import _

from induction_app.page_kit.form import Form


@dataclass(frozen=True)
class Redirect:
    """Go to another page; `done` is a sentence shown there once, as a success."""

    location: str
    done: str = ""


@dataclass(frozen=True)
class Download:
    """A file for the person's device instead of a page."""

    filename: str
    content: bytes
    content_type: str = "application/octet-stream"
    headers: Mapping[str, str] = field(default_factory=dict)


def redirect(location: str, done: str = "") -> Redirect:
    """Send the person on, after a form was acted on or when there is nothing to show here."""
    return Redirect(location, done)


class Page:
    """One page of the app. `www/<route>.py` holds a subclass, `www/<route>.html` its template.

    In the order in which the kit calls them: `load` fetches records and checks permission, `form` makes the
    questions, then `get` shows or `post` acts. Raise the framework's own exceptions: PermissionError becomes
    a page that says whom to ask, DoesNotExistError a 404, ValidationError an error beside its field.
    """

    #: Guests may open the page. All other pages send them to sign in, and back.
    guests = False
    #: Where somebody else changed other parts of the record, these answers may be saved beside theirs.
    merges = False
    #: The main link this page belongs under, where its address does not tell.
    section = ""
    #: A template elsewhere than beside the module.
    template = ""

    def __init__(self) -> None:
        #: What the address carries: parts of the route and the query string.
        self.args: Mapping[str, Any] = frappe.local.form_dict
        #: What was sent, as typed. Prefer `form.values`.
        self.posted: Mapping[str, Any] = frappe.request.form
        #: The name given by the button that was pressed, where a page has several.
        self.action: str = self.posted.get("action", "")

    def title(self) -> str:
        """The page's title, and its heading unless the template sets another."""
        raise frappe.PageDoesNotExistError

    def load(self) -> None:
        """Fetch what the page is about, and refuse who may not see it."""

    def form(self) -> Form | None:
        """The questions of the page, if it has any."""
        return None

    def get(self) -> "dict[str, Any] | Redirect | Download":
        """What the template is given beside the kit's own names; or a redirect, or a file."""
        return {}

    def post(self, form: Form) -> "Redirect | dict[str, Any]":
        """Act on good answers in `form.values`, then redirect. Everything here is one transaction."""
        raise frappe.PermissionError(_("Nothing can be sent from this page."))

    def autosave(self, form: Form) -> None:
        """Keep unfinished answers (`form.raw` texts, `form.values` good ones) while the person writes."""
        raise frappe.PermissionError(_("This page does not save while you write."))

    def back(self) -> str:
        """Where the back link leads; empty for none."""
        return ""


def sign_in_address(then: str) -> str:
    """The sign-in page's address, to come back to `then` afterwards."""
    return inside_address("/sign-in", then)


def inside_address(address: str | None, then: str = "") -> str:
    """An address inside this site, else `/`: a link cannot send people elsewhere after they sign in."""
    inside = address or "/"
    parts = urlsplit(inside.replace("\\", "/"))
    elsewhere = parts.scheme or parts.netloc or not inside.startswith("/") or inside.startswith("//")
    if elsewhere or any(char < " " for char in inside):  # a line break would end the header it is sent in
        inside = "/"
    return f"{inside}?redirect-to={quote(then, safe='')}" if then and then != "/" else inside
