"""Progress reviews a person may read."""

from frappe import _

from induction_app.page_kit import Column
from induction_app.pages.report_lists import ReportList


class Reviews(ReportList):
    doctype = "Progress Review"
    fields = (
        "ect_name",
        "term_number",
        "scheduled_for",
        "workflow_state",
        "stage",
        "on_track",
        "received_on",
    )

    @property
    def verdict(self) -> tuple[str, str, str]:
        return "on_track", _("On track"), "Not on track"

    def title(self) -> str:
        return _("Progress reviews")

    def columns(self) -> list[Column]:
        return [
            *self.first_columns(),
            Column("term_number", _("Term"), kind="number"),
            Column("scheduled_for", _("Due"), kind="date"),
            *self.last_columns(),
            Column("on_track", _("On track"), kind="tag"),
            Column("received_on", _("Received"), kind="date"),
        ]
