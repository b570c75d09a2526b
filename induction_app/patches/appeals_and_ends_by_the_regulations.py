"""The last day to appeal was a working day or more too early, and cases ended with the day of the decision."""

import frappe
from frappe.utils import getdate

from induction_app.induction_case.case_outcome import settle
from induction_app.induction_case.rules import ask_rule
from induction_app.induction_case.schedule import refresh
from induction_app.induction_case.status import refresh_statuses


def execute() -> None:
    """Work the open limits out anew, and what notified decisions come to on cases the DfE was not told of."""
    for row in frappe.get_all(
        "Induction Decision",
        filters={"notified_on": ("is", "set"), "outcome": ("in", ["Fail", "Extension"])},
        fields=["name", "stage", "notified_on"],
    ):
        sent = getdate(row.notified_on)
        values = {"notice_received_on": ask_rule("notice_received", sent=sent).value}
        if row.stage == "appeal_window":
            closes = ask_rule("last_day_to_appeal", sent=sent).value
            values |= {"appeal_closes_on": closes, "due_on": closes}
        frappe.db.set_value("Induction Decision", row.name, values, update_modified=False)
    told = set(
        frappe.get_all(
            "Induction Period",
            filters={"outcome": ("in", ["Pass", "Fail"]), "outcome_reported_on": ("is", "set")},
            pluck="ect",
        )
    )
    decided = frappe.get_all(
        "Induction Decision", filters={"notified_on": ("is", "set")}, pluck="ect", distinct=True
    )
    for ect in sorted(set(decided) - told):
        settle(ect)
        refresh(ect, because="decisions worked out anew")
    refresh_statuses(sorted(set(decided) - told))
