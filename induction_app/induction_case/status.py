"""An ECT's induction status, worked out in one place and shown everywhere from there."""

from collections import defaultdict
from datetime import date

import frappe
from frappe.utils import getdate

from induction_app.clock import today
from induction_app.induction_case.bulk_write import write_many
from induction_app.induction_case.decisions import decisions_on, is_final, outcome_of


def induction_status(ect: dict, periods: list[dict], decision: dict | None, absent_now: bool = False) -> str:
    """The status that follows from the registration, the induction periods and the notified decision.

    `decision` is the newest Induction Decision: whether it is `final`, its `notified_on` and the `outcome` that
    holds.
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
            return "Failed" if decision["final"] else "Failed, appeal open"
        case (_, "Extension") if open_period:
            return "Extended"
    if decision and not notified:
        return "Awaiting decision"
    if ect["start_date"] and getdate(ect["start_date"]) > today():
        return "Waiting to start"
    if not open_period:
        return "Left"
    return "Paused" if absent_now else "In progress"


def refresh_status(ect_name: str, locked: bool = False) -> str:
    """Work the status out again and store it where it differs. Returns it."""
    return refresh_statuses([ect_name], locked)[ect_name]


def refresh_statuses(ect_names: list[str], locked: bool = False) -> dict[str, str]:
    """The statuses of some ECTs, worked out again and stored where they differ: five queries for all.

    `locked`: with what others have committed since this transaction began; the caller has locked the ECTs.
    """
    ects = frappe.qb.get_query(
        "ECT",
        filters={"name": ("in", ect_names or [""])},
        fields=["name", "stage", "exempt", "start_date", "induction_status"],
        for_update=locked,
    ).run(as_dict=True)
    periods = defaultdict(list)
    for period in frappe.qb.get_query(
        "Induction Period",
        filters={"ect": ("in", ect_names or [""])},
        fields=["ect", "is_open"],
        for_update=locked,
    ).run(as_dict=True):
        periods[period.ect].append(period)
    decisions, absent = _newest_decisions(ect_names, locked), _absent_on(ect_names, today(), locked)
    found = {
        ect.name: induction_status(ect, periods[ect.name], decisions.get(ect.name), ect.name in absent)
        for ect in ects
    }
    write_many(
        "ECT",
        {
            ect.name: {"induction_status": found[ect.name]}
            for ect in ects
            if found[ect.name] != ect.induction_status
        },
    )
    return found


def _newest_decisions(ect_names: list[str], locked: bool) -> dict[str, dict]:
    newest = {}
    for ect, decisions in decisions_on(ect_names, locked).items():
        last = decisions[-1]
        final, outcome = is_final(last, today()), outcome_of(last)
        newest[ect] = {"notified_on": last.notified_on, "outcome": outcome, "final": final}
    return newest


def _absent_on(ect_names: list[str], on: date, locked: bool) -> set[str]:
    """ECTs away on a statutory leave on a day: assessments wait for the return (3.7)."""
    leaves = frappe.qb.get_query(
        "Absence",
        filters={"ect": ("in", ect_names or [""]), "kind": ("!=", "Ad hoc"), "starts_on": ("<=", on)},
        fields=["ect", "ends_on"],
        for_update=locked,
    ).run(as_dict=True)
    return {leave.ect for leave in leaves if not leave.ends_on or leave.ends_on >= on}
