"""A guest's answers on the way to registering a school: kept on the server for an hour, under their visit."""

import hashlib
import json
from typing import Any

import frappe
from frappe import _

from induction_app.organisations import school_registration
from induction_app.page_kit import Email, Page, Text
from induction_app.page_kit.guard import GUEST_COOKIE
from induction_app.pages.organisations.words import address_lines

KEPT_SECONDS = 60 * 60
_NAMES = ("name", "school_name", "status", "town", "postcode", "street", "locality", "appropriate_body")


class ApplicantPage(Page):
    """A page of the journey: about one school of the register, with what was answered so far."""

    guests = True

    def load(self) -> None:
        self.school = frappe.db.get_value("School", self.args.get("school") or "", _NAMES, as_dict=True)
        if not self.school:
            raise frappe.DoesNotExistError
        self.refusal = school_registration.why_not([self.school]).get(self.school.name, "")
        self.answers = answers(self.school.name)

    def get(self) -> dict[str, Any]:
        return {
            "school": self.school,
            "address": address_lines(self.school),
            "refusal": self.refusal,
        }

    def address(self, *below: str) -> str:
        """An address of this journey."""
        return "/".join(["/register-a-school", self.school.name, *below])

    def refuse_where_not(self) -> None:
        """Stop a form for a school that cannot be registered, saying why."""
        if self.refusal:
            frappe.throw(self.refusal)


def answers(about: str) -> dict[str, Any]:
    """What this visitor has answered about a school so far."""
    kept = frappe.cache.get(_key(about))
    return json.loads(kept) if kept else {}


def keep(about: str, **given: Any) -> None:
    """Keep answers beside those given before."""
    frappe.cache.set(_key(about), json.dumps({**answers(about), **given}), ex=KEPT_SECONDS)


def forget(about: str) -> None:
    """Remove what was answered, once it is sent."""
    frappe.cache.delete(_key(about))


def role_options() -> list[tuple[str, str]]:
    """The roles in which somebody can register a school, to choose from."""
    return [(role.name, _(role.name)) for role in school_registration.roles()]


def who_they_are() -> list[Text]:
    """The questions that name somebody an account is opened for by somebody else."""
    return [
        Text("first_name", _("First name"), required=True),
        Text("last_name", _("Last name"), required=True),
        Email("email", _("Work email address"), required=_("Enter their work email address")),
    ]


def _key(about: str) -> bytes:
    # The guest's cookie is a secret of this browser; the site keeps a fingerprint of it.
    signed_in = frappe.session.user != "Guest"
    visit = frappe.session.sid if signed_in else frappe.request.cookies.get(GUEST_COOKIE) or ""
    return frappe.cache.make_key(f"induction_applying:{hashlib.sha256(visit.encode()).hexdigest()}:{about}")
