"""Registrations on their way: the appropriate body's queue, and what a school still has to do."""

import frappe
from frappe import _
from pypika.functions import Count

from induction_app.access.readable import containing, readable
from induction_app.clock import today
from induction_app.page_kit import Column, Filter, Page, Table
from induction_app.pages import registering
from induction_app.pages.addresses import address_of
from induction_app.workflows.staged_document import workflow_of
from induction_app.workflows.stages import STAGES
from induction_app.workflows.tasks import pending_counts, waiting_among

_MOODS = {"returned": "stopped", "ab_check": "due", "drafting": "waiting", "checking": "waiting"}


class Registrations(Page):
    def title(self) -> str:
        return _("Registrations")

    def load(self) -> None:
        if not frappe.has_permission("ECT", "create") and not frappe.has_permission("ECT", "write"):
            raise frappe.PermissionError

    def get(self):
        table = self._table()
        rows, total = self._rows(table)
        mine = waiting_among("ECT", [row.name for row in rows])
        return {
            "table": table.fill([self._row(row, mine) for row in rows], total),
            "waiting": pending_counts().get("ECT", 0),
            "may_register": bool(registering.schools()),
        }

    def _states(self) -> list[tuple[str, str]]:
        """The states on the way to registration, under the administrator's own names."""
        states = workflow_of("ECT").states
        return [(row.state, _(row.state)) for row in states if not STAGES["ECT"][row.update_value].closed]

    def _table(self) -> Table:
        return Table(
            [
                Column(
                    "full_name", _("Name"), link=lambda row: address_of("ECT", row["name"], "registration")
                ),
                Column("school_name", _("School"), sort=False),
                Column("start_date", _("Starts on"), kind="date"),
                Column("workflow_state", _("Where it is"), kind="tag"),
                Column("turn", _("What to do"), sort=False),
            ],
            caption=_("Registrations on their way"),
            filters=[
                Filter("name", _("Name")),
                Filter("state", _("Where it is"), options=self._states()),
            ],
            default_sort="start_date",
            empty=_("No registration is on its way."),
        )

    def _rows(self, table: Table) -> tuple[list, int]:
        on_the_way = [code for code, stage in STAGES["ECT"].items() if not stage.closed]
        query, ect = readable("ECT")
        query = query.where(ect.stage.isin(on_the_way))
        filters = {"stage": ("in", on_the_way)}
        if wanted := table.chosen.get("state"):
            query, filters = query.where(ect.workflow_state == wanted), {**filters, "workflow_state": wanted}
        if name := table.chosen.get("name"):
            query, filters = (
                query.where(ect.full_name.like(containing(name))),
                {**filters, "full_name": ("like", containing(name))},
            )
        rows = frappe.get_list(
            "ECT",
            filters=filters,
            fields=[
                "name",
                "full_name",
                "school",
                "school.school_name",
                "start_date",
                "workflow_state",
                "stage",
            ],
            order_by=f"{table.order_by}, name asc",
            limit_start=table.start,
            limit_page_length=table.rows_a_page,
        )
        return rows, query.select(Count(ect.name)).run()[0][0]

    @staticmethod
    def _row(row, mine: set[str]) -> dict:
        late = row.start_date and row.start_date <= today()
        turn = _(STAGES["ECT"][row.stage].task) if row.name in mine else ""
        return {
            **row,
            "workflow_state": _(row.workflow_state),
            "workflow_state_mood": "late" if late else _MOODS.get(row.stage, "waiting"),
            "turn": turn,
        }

    def back(self) -> str:
        return ""
