"""What the notified decisions on an ECT come to: the outcome that holds, extensions granted, whether it is final."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import frappe
from frappe.utils import flt, getdate

_FIELDS = (
    "name",
    "ect",
    "stage",
    "outcome",
    "extension_terms",
    "decided_on",
    "notified_on",
    "appeal_closes_on",
    "appeal_outcome",
    "appeal_decided_on",
    "appeal_extension_terms",
)


class Grant(NamedTuple):
    """An extension that stands: the day the ECT was told of it, its length in terms, and its decision."""

    granted: date
    terms: float
    decision: str


def decisions_on(ect_names: Iterable[str], locked: bool = False) -> dict[str, list[frappe._dict]]:
    """The decisions on some ECTs, by ECT, the newest last. One query.

    `locked`: with what others have committed since this transaction began.
    """
    rows = frappe.qb.get_query(
        "Induction Decision",
        filters={"ect": ("in", list(ect_names) or [""])},
        fields=list(_FIELDS),
        order_by="recommendation_received_on asc, creation asc",
        for_update=locked,
    ).run(as_dict=True)
    found = defaultdict(list)
    for row in rows:
        found[row.ect].append(row)
    return found


def outcome_of(decision: Mapping[str, Any]) -> str:
    """The outcome that holds: that of an appeal takes the place of the decision appealed against (reg 14)."""
    appealed = {"Allowed: passed": "Pass", "Allowed: extended": "Extension"}
    return appealed.get(decision.get("appeal_outcome") or "") or decision.get("outcome") or ""


def grant_of(decision: Mapping[str, Any]) -> Grant | None:
    """The extension a notified decision or the appeal against it granted; none for a pass or a fail.

    A teacher who appeals against an extension serves it meanwhile, so it began with the notice, whatever
    length the appeal gives it. One that comes of an appeal against a fail begins as its outcome is told.
    """
    if not decision.get("notified_on") or outcome_of(decision) != "Extension":
        return None
    on_appeal = decision.get("appeal_outcome") == "Allowed: extended"
    terms = decision.get("appeal_extension_terms") if on_appeal else decision.get("extension_terms")
    told = decision.get("appeal_decided_on") if on_appeal and decision["outcome"] == "Fail" else None
    return Grant(getdate(told or decision["notified_on"]), flt(terms, 2), decision["name"])


def is_final(decision: Mapping[str, Any], on: date) -> bool:
    """Whether a decision ends the case on a day: notice of a pass, or a fail that can no longer be appealed.

    A fail stands once an appeal has been dismissed or the time to appeal is over (2.73). A notice of not
    appealing starts the clock of the dismissal (2.72) and leaves the right as it is (2.70).
    """
    if decision.get("stage") != "closed":
        return False
    match outcome_of(decision):
        case "Pass":
            return True
        case "Fail":
            closes = decision.get("appeal_closes_on")
            return bool(decision.get("appeal_outcome")) or not closes or on > getdate(closes)
    return False
