"""What lists of progress reviews, formal assessments and decisions share: school terms, states, lateness."""

from frappe import _
from pypika import Case, Order

from induction_app.clock import today
from induction_app.page_kit import Column, Filter
from induction_app.pages.addresses import address_of
from induction_app.pages.lists import ListPage, late, states_of
from induction_app.workflows.stages import STAGES, open_stages


class StagedList(ListPage):
    """A list of records that go through a workflow, each with a day it has to be done by."""

    #: The field with that day.
    due_field = "due_on"

    def first_columns(self) -> list[Column]:
        """Whose record it is, and where."""
        return [
            Column("ect_name", _("Name"), link=lambda row: address_of(self.doctype, row["name"])),
            Column("school_name", _("School")),
        ]

    def last_columns(self) -> list[Column]:
        """Where the record is in its workflow."""
        return [Column("workflow_state", _("Where it is"), kind="tag")]

    def filters(self) -> list[Filter]:
        return [
            Filter("term", _("Term"), options=[(term.key, term.label) for term in self.terms()]),
            Filter("state", _("Where it is"), options=states_of(self.doctype)),
            Filter(
                "due",
                _("Deadline"),
                options=[("overdue", _("Overdue")), ("open", _("Not finished")), ("closed", _("Finished"))],
            ),
        ]

    def narrow(self, query, record, chosen):
        stages = open_stages(self.doctype)
        if term := chosen.get("term"):
            query = query.where(self.term(term).holds(record[self.due_field]))
        if state := chosen.get("state"):
            query = query.where(record.workflow_state == state)
        if due := chosen.get("due"):
            is_open = record.stage.isin(stages)
            query = query.where(is_open if due != "closed" else record.stage.notin(stages))
            if due == "overdue":
                query = query.where(record[self.due_field] < today())
        return query

    def words(self, row):
        stage = STAGES[self.doctype][row.stage]
        over = not stage.closed and late(row[self.due_field])
        mood = "late" if over else "done" if stage.closed else "waiting"
        said = _("{0}, overdue").format(_(row.workflow_state)) if over else _(row.workflow_state)
        return {**row, "workflow_state": said, "workflow_state_mood": mood}


class ReportList(StagedList):
    """A list of reports the schedule asks for."""

    due_field = "scheduled_for"
    #: The field with the report's verdict, its heading, and which value is a concern.
    verdict = ("", "", "")

    def filters(self) -> list[Filter]:
        field, heading, *_concern = self.verdict
        values = [value for value in self.meta_options(field) if value]
        return [*super().filters(), Filter("verdict", heading, options=[(v, _(v)) for v in values])]

    def narrow(self, query, record, chosen):
        query = super().narrow(query, record, chosen)
        if verdict := chosen.get("verdict"):
            query = query.where(record[self.verdict[0]] == verdict)
        return query

    def usual_order(self, query, record):
        """First what is to be done, by its day; then what is done, the newest first."""
        unfinished = record.stage.isin(open_stages(self.doctype))
        day = record[self.due_field]
        return query.orderby(
            Case().when(unfinished, 0).else_(1), Case().when(unfinished, day).else_(None), order=Order.asc
        ).orderby(day, order=Order.desc)

    def words(self, row):
        field, _heading, concern = self.verdict
        value = row[field]
        return {
            **super().words(row),
            field: _(value) if value else "",
            f"{field}_mood": "late" if value == concern else "done" if value else "",
        }
