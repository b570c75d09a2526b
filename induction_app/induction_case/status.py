"""An ECT's induction status, worked out in one place and shown everywhere from there."""

from datetime import date

import frappe
from frappe.utils import getdate

from induction_app.clock import today


def induction_status(ect: dict, periods: list[dict], decision: dict | None, absent_now: bool = False) -> str:
    """The status that follows from the registration, the induction periods and the notified decision.

    `decision` is the newest Induction Decision: its `stage`, `notified_on` and effective `outcome`.
    """
    open_period = any(period["is_open"] for period in periods)
    notified = bool(decision and decision["notified_on"])
    match (ect["stage"], notified and decision["outcome"]):
        case ("withdrawn", _):
            return "Withdrawn"
        case (stage, _) if stage != "registered":
            return "Being registered"
        case _ if ect["exempt"]:
            return "Exempt"
        case (_, "Pass"):
            return "Passed"
        case (_, "Fail"):
            return "Failed" if decision["stage"] == "closed" else "Awaiting decision"
        case (_, "Extension") if open_period:
            return "Extended"
    if decision and not notified:
        return "Awaiting decision"
    if ect["start_date"] and getdate(ect["start_date"]) > today():
        return "Waiting to start"
    if not open_period:
        return "Left"
    return "Paused" if absent_now else "In progress"


def refresh_status(ect_name: str) -> str:
    """Work the status out again and store it where it differs. Returns it."""
    ect = frappe.db.get_value(
        "ECT", ect_name, ["stage", "exempt", "start_date", "induction_status"], as_dict=True
    )
    periods = frappe.get_all("Induction Period", filters={"ect": ect_name}, fields=["is_open"])
    found = induction_status(ect, periods, _newest_decision(ect_name), _absent_on(ect_name, today()))
    if found != ect.induction_status:
        frappe.db.set_value("ECT", ect_name, "induction_status", found)
    return found


def _newest_decision(ect_name: str) -> dict | None:
    rows = frappe.get_all(
        "Induction Decision",
        filters={"ect": ect_name},
        fields=["stage", "notified_on", "outcome", "appeal_outcome"],
        order_by="recommendation_received_on desc, creation desc",
        limit=1,
    )
    if not rows:
        return None
    decision = rows[0]
    decision.outcome = {"Allowed: passed": "Pass", "Allowed: extended": "Extension"}.get(
        decision.appeal_outcome, decision.outcome
    )
    return decision


def _absent_on(ect_name: str, on: date) -> bool:
    """Away on a statutory leave on a day: assessments wait for the return (3.7)."""
    return bool(
        frappe.get_all(
            "Absence",
            filters={"ect": ect_name, "kind": ("!=", "Ad hoc"), "starts_on": ("<=", on)},
            or_filters=[["ends_on", "is", "not set"], ["ends_on", ">=", on]],
            limit=1,
        )
    )
