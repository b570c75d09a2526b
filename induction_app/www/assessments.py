"""Formal assessments a person may read."""

from frappe import _

from induction_app.page_kit import Column, Filter
from induction_app.pages.report_lists import ReportList


class Assessments(ReportList):
    doctype = "Formal Assessment"
    fields = (
        "ect_name",
        "assessment_type",
        "scheduled_for",
        "workflow_state",
        "stage",
        "overall",
        "recommendation",
        "received_on",
    )

    @property
    def verdict(self) -> tuple[str, str, str]:
        return "overall", _("Performance"), "Not satisfactory"

    def title(self) -> str:
        return _("Formal assessments")

    def columns(self) -> list[Column]:
        return [
            *self.first_columns(),
            Column("assessment_type", _("Kind")),
            Column("scheduled_for", _("Due"), kind="date"),
            *self.last_columns(),
            Column("overall", _("Performance"), kind="tag"),
            Column("received_on", _("Received"), kind="date"),
        ]

    def filters(self) -> list[Filter]:
        kinds = [(kind, _(kind)) for kind in self.meta_options("assessment_type")]
        return [*super().filters(), Filter("kind", _("Kind"), options=kinds)]

    def narrow(self, query, record, chosen):
        query = super().narrow(query, record, chosen)
        return query.where(record.assessment_type == chosen["kind"]) if chosen.get("kind") else query

    def words(self, row):
        return {**super().words(row), "assessment_type": _(row.assessment_type)}
