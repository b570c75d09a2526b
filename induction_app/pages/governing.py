"""Which schools and terms a person may see the governors' figures of."""

import frappe
from frappe import _

from induction_app.access.positions import positions_of
from induction_app.documents.governor_report import terms_reported
from induction_app.pages.cases import school_name

_AT_SCHOOL = {"governor", "headteacher", "induction_coordinator"}


def schools() -> dict[str, str]:
    """The schools this person is a governor or leader of: name by URN."""
    found = dict.fromkeys(p.school for p in positions_of() if p.capacity in _AT_SCHOOL and p.school)
    return {urn: school_name(urn) for urn in found}


def terms(school: str) -> dict[str, str]:
    """The terms of a school that figures are given for, newest first: label by name."""
    return {
        row.name: _("{0} term {1}").format(_(row.term), row.academic_year) for row in terms_reported(school)
    }


def chosen(options: dict[str, str], asked: str | None) -> str:
    """What was asked for where it is one of the options, else the first; empty without options.

    Raises frappe.PermissionError for something else than the options: it may be of another school.
    """
    if asked and asked not in options:
        raise frappe.PermissionError
    return asked or next(iter(options), "")
