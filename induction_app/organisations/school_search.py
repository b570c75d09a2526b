"""Finding a school in the national register by its name, postcode or URN."""

import re

import frappe
from frappe.rate_limiter import rate_limit
from pypika import Case
from pypika.terms import Function

from induction_app.access.readable import containing
from induction_app.organisations.gias_import import CLOSED
from induction_app.page_kit.counted import counted_as

FIELDS = (
    "name",
    "school_name",
    "status",
    "establishment_type",
    "town",
    "postcode",
    "la_name",
    "appropriate_body",
)
MOST = 20
GUESTS_AN_HOUR = 200
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?([0-9][A-Z]{0,2})?")


def find_schools(text: str, without_body_or: str = "") -> list[frappe._dict]:
    """Up to MOST + 1 schools: those whose URN or postcode the text is, else whose name or town has its words.

    Open ones come first. With `without_body_or`, only schools with no appropriate body or with this one.
    The register is public, so who asks makes no difference to what is found; raises
    frappe.RateLimitExceededError for a guest who asks too often. One query.
    """
    text = " ".join((text or "").split())[:140]
    if len(text) < 3:
        return []
    if frappe.session.user == "Guest":
        _count_this()
    school = frappe.qb.DocType("School")
    query = frappe.qb.from_(school).select(*(school[name] for name in FIELDS))
    if without_body_or:
        none = school.appropriate_body.isnull() | (school.appropriate_body == "")
        query = query.where(none | (school.appropriate_body == without_body_or))
    query = query.where(_matches(school, text))
    closed = Case().when(school.status == CLOSED, 1).else_(0)
    return query.orderby(closed).orderby(school.school_name).limit(MOST + 1).run(as_dict=True)


@counted_as("search for schools")
@rate_limit(limit=GUESTS_AN_HOUR, seconds=60 * 60)
def _count_this() -> None:
    """Counted by the framework: searches of guests in an hour from one network address, as a school has one."""


def _matches(school, text: str):
    if text.isdigit():
        return school.urn == text
    plain = text.upper().replace(" ", "")
    if _POSTCODE.fullmatch(plain):
        return Function("REPLACE", school.postcode, " ", "").like(f"{plain}%")
    found = None
    for word in text.split():
        has = school.school_name.like(containing(word)) | school.town.like(containing(word))
        found = has if found is None else found & has
    return found
