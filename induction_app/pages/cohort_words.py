"""How cohorts are named for people, and the addresses of the lists behind their figures."""

from urllib.parse import urlencode

import frappe
from frappe import _

from induction_app.induction_case.cohort import AT_RISK, DUE, ON_TRACK, OVERDUE

#: What a review can say of a standard, from well to worry.
PROGRESS = ("On track", "Developing", "Cause for concern")


def standings() -> dict[str, str]:
    """Each standing in words, from well to worry: the order of the bars."""
    return {ON_TRACK: _("On track"), DUE: _("Due"), OVERDUE: _("Overdue"), AT_RISK: _("At risk")}


def standards() -> dict[str, str]:
    """The Teachers' Standards by code, in their order."""
    rows = frappe.get_all("Teachers Standard", fields=["name", "title"], order_by="position asc")
    return {row.name: row.title for row in rows}


def progress_options() -> dict[str, str]:
    """Each standard with each progress, for the list behind a bar: `3.Developing`."""
    return {
        f"{code}.{progress}": _("Standard {0}: {1}").format(code, _(progress).lower())
        for code in standards()
        for progress in PROGRESS
    }


def list_address(**chosen: str) -> str:
    """The list of ECTs, narrowed."""
    return f"/cases?{urlencode(chosen)}"
