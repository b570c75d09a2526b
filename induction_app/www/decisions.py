"""Decisions of the appropriate body that a person may read: those waiting come first."""

from frappe import _

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
        "decided_on",
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
            Column("decided_on", _("Decided"), kind="date"),
        ]

    def filters(self) -> list[Filter]:
        outcomes = [(value, _(value)) for value in self.meta_options("outcome") if value]
        return [*super().filters(), Filter("outcome", _("Outcome"), options=outcomes)]

    def narrow(self, query, record, chosen):
        query = super().narrow(query, record, chosen)
        return query.where(record.outcome == chosen["outcome"]) if chosen.get("outcome") else query

    def words(self, row):
        outcome = row.outcome
        return {
            **super().words(row),
            "outcome": _(outcome) if outcome else "",
            "outcome_mood": _MOODS.get(outcome, ""),
        }
