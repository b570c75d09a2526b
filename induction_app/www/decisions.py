"""Decisions of the appropriate body that a person may read: those waiting come first."""

from frappe import _

from induction_app.induction_case.early_warning import tra_to_be_told
from induction_app.page_kit import Column, Filter
from induction_app.pages.report_lists import StagedList

_MOODS = {"Pass": "done", "Extension": "due", "Fail": "late"}


class Decisions(StagedList):
    doctype = "Induction Decision"
    fields = (
        "ect_name",
        "recommendation_received_on",
        "decision_due_on",
        "due_on",
        "workflow_state",
        "stage",
        "outcome",
        "notified_on",
    )
    default_sort = "-recommendation_received_on"

    def title(self) -> str:
        return _("Decisions")

    def lead(self) -> str:
        return _(
            "A decision is due within 20 working days of receiving the headteacher’s recommendation (paragraph 2.67)."
        )

    def columns(self) -> list[Column]:
        return [
            *self.first_columns(),
            Column("recommendation_received_on", _("Received"), kind="date"),
            Column("decision_due_on", _("Decide by"), kind="date"),
            *self.last_columns(),
            Column("outcome", _("Outcome"), kind="tag"),
            Column("notified_on", _("Notice sent"), kind="date"),
        ]

    def filters(self) -> list[Filter]:
        outcomes = [(value, _(value)) for value in self.meta_options("outcome") if value]
        return [
            *super().filters(),
            Filter("outcome", _("Outcome"), options=outcomes),
            Filter("tra", _("Teaching Regulation Agency"), options=[("due", _("To be told"))]),
        ]

    def narrow(self, query, record, chosen):
        query = super().narrow(query, record, chosen)
        if chosen.get("outcome"):
            query = query.where(record.outcome == chosen["outcome"])
        if chosen.get("tra"):
            query = query.where(tra_to_be_told(record))
        return query

    def words(self, row):
        outcome = row.outcome
        return {
            **super().words(row),
            "outcome": _(outcome) if outcome else "",
            "outcome_mood": _MOODS.get(outcome, ""),
        }
