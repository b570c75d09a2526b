"""Schools in words: where one is, what the register says of it, and how its authorisation stands."""

from collections.abc import Mapping

import frappe
from frappe import _

from induction_app.organisations.doctype.school.school import AUTHORISED, REQUESTED, RETURNED
from induction_app.page_kit.environment import day

#: The mood of a status tag, by authorisation.
MOODS = {REQUESTED: "due", AUTHORISED: "done", RETURNED: "stopped"}


def address_lines(school: Mapping) -> str:
    """A school's address in one line; what the register does not have is left out."""
    parts = (school.get(name) for name in ("street", "locality", "town", "postcode"))
    return ", ".join(part for part in parts if part)


def facts(school: Mapping) -> list[tuple[str, str]]:
    """What the register says of a school, as rows of a summary list."""
    return [
        (_("URN"), school["name"]),
        (_("Status in the register"), school.get("status")),
        (_("Type"), school.get("establishment_type")),
        (_("Phase"), school.get("phase")),
        (_("Local authority"), school.get("la_name")),
        (_("Address"), address_lines(school)),
    ]


def standing(school: Mapping, waiting: bool = False) -> tuple[str, str]:
    """How a school stands with its appropriate body: words, and the mood of their tag."""
    if waiting or school.get("authorisation") == REQUESTED:
        return _("To authorise"), "due"
    state = school.get("authorisation") or ""
    return _(state), MOODS.get(state, "waiting")


def authorised_in_words(school: Mapping) -> str:
    """Who authorised a school and when; empty where nobody has."""
    if school.get("authorisation") != AUTHORISED or not school.get("authorised_on"):
        return ""
    who = frappe.utils.get_fullname(school["authorised_by"]) if school.get("authorised_by") else ""
    when = day(school["authorised_on"])
    return _("On {0} by {1}").format(when, who) if who else _("On {0}").format(when)
