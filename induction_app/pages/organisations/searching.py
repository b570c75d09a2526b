"""A search in the national register, as the pages that begin with finding a school show it."""

from collections.abc import Callable, Mapping
from typing import Any

import frappe
from frappe import _

from induction_app.organisations.school_search import MOST, find_schools
from induction_app.pages.organisations.words import address_lines


def search(
    args: Mapping[str, Any], address: str, refusals: Callable[[list], Mapping[str, str]]
) -> dict[str, Any]:
    """What was searched for and found. `address` is where a school leads, with {} for its URN; `refusals`
    says of the schools that cannot be chosen why not."""
    text = (args.get("q") or "").strip()[:140]
    try:
        found = find_schools(text)
    except frappe.RateLimitExceededError:
        frappe.throw(
            _("Too many searches were made from your network. Try again in an hour."),
            frappe.RateLimitExceededError,
        )
    shown = found[:MOST]
    refused = refusals(shown)
    return {
        "text": text,
        "too_short": 0 < len(text) < 3,
        "more": len(found) > MOST,
        "found": [
            {
                "name": school.school_name,
                "where": address_lines(school),
                "urn": school.name,
                "kind": school.establishment_type or "",
                "href": address.format(school.name),
                "refusal": refused.get(school.name, ""),
            }
            for school in shown
        ],
    }
