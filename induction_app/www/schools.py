"""Schools: those an appropriate body works with, and those that ask to be authorised."""

import frappe
from frappe import _
from pypika import Order
from pypika.functions import Count

from induction_app.access.positions import BODY, positions_of
from induction_app.access.readable import containing, readable
from induction_app.organisations.authority import is_administrator
from induction_app.organisations.doctype.school.school import AUTHORISED, NOT_REQUESTED, REQUESTED, RETURNED
from induction_app.organisations.doctype.school_registration.school_registration import WAITING
from induction_app.organisations.school_registration import waiting_for
from induction_app.page_kit import Column, Download, Filter, Page, Table
from induction_app.pages import list_files
from induction_app.pages.addresses import address_of
from induction_app.pages.organisations import words

_FIELDS = ("name", "school_name", "town", "la_name", "authorisation", "appropriate_body")


class Schools(Page):
    def title(self) -> str:
        return _("Schools")

    def load(self) -> None:
        self.bodies = {p.appropriate_body for p in positions_of() if p.scope == BODY}
        if not (self.bodies or is_administrator()) or not frappe.has_permission("School", "read"):
            frappe.throw(
                _("The list of schools is for people of an appropriate body."), frappe.PermissionError
            )
        self.answers_requests = frappe.has_permission("School Registration", "read")

    def get(self):
        table = self._table()
        query, school = self._narrowed(table)
        total = query.select(Count(school.name)).run()[0][0]
        limit = list_files.MOST["csv"] if table.export else table.rows_a_page
        rows = self._rows(table, query, school, limit, 0 if table.export else table.start)
        table.fill(rows, total)
        if table.export:
            return self._file(table)
        return {
            "table": table,
            "waiting": waiting_for(),
            "answers_requests": self.answers_requests,
            "own_people": bool(self.bodies),
            "may_invite": any(p.capacity == "ab_officer" for p in positions_of()),
        }

    def _table(self) -> Table:
        states = [
            ("waiting", _("To authorise")),
            *((state, _(state)) for state in (AUTHORISED, RETURNED, NOT_REQUESTED)),
        ]
        return Table(
            [
                Column("school_name", _("School"), link=lambda row: address_of("School", row["name"])),
                Column("name", _("URN")),
                Column("town", _("Town")),
                Column("la_name", _("Local authority")),
                Column("standing", _("Authorisation"), kind="tag", sort="authorisation"),
                Column("asked_on", _("Asked on"), kind="date", sort=False),
            ],
            caption=_("Schools"),
            filters=[
                Filter("text", _("Name, town or URN")),
                Filter("status", _("Authorisation"), options=states),
            ],
            default_sort="school_name",
            exports=("csv",) if frappe.has_permission("School", "export") else (),
            empty=_("No school works with you yet."),
        )

    def _narrowed(self, table: Table):
        """The schools of the bodies, and those whose requests wait for them."""
        query, school = readable("School")
        waiting = school.name.isin(self._waiting_requests())
        if self.bodies:
            query = query.where(school.appropriate_body.isin(list(self.bodies)) | waiting)
        else:
            query = query.where((school.appropriate_body != "") | waiting)
        if text := table.chosen.get("text"):
            named = school.school_name.like(containing(text)) | school.town.like(containing(text))
            query = query.where(named | (school.name == text))
        match table.chosen.get("status"):
            case "waiting":
                query = query.where(waiting | (school.authorisation == REQUESTED))
            case str() as state:
                query = query.where((school.authorisation == state) & waiting.negate())
        return query, school

    def _waiting_requests(self):
        """A query for the schools with a request that waits for these bodies; for those who may read it."""
        query, request = readable("School Registration")
        query = query.select(request.school).where(request.status == WAITING)
        return query if self.answers_requests else query.where(request.name.isnull())

    def _rows(self, table: Table, query, school, limit: int, start: int) -> list[dict]:
        by, _space, direction = table.order_by.partition(" ")
        order = Order.desc if direction == "desc" else Order.asc
        query = query.select(*(school[name] for name in _FIELDS)).orderby(school[by], order=order)
        rows = query.orderby(school.name).limit(limit).offset(start).run(as_dict=True)
        asked = self._asked([row.name for row in rows])
        return [self._row(row, asked.get(row.name)) for row in rows]

    def _asked(self, schools: list[str]) -> dict:
        """When the oldest waiting request of each school was confirmed. One query."""
        if not (schools and self.answers_requests):
            return {}
        rows = frappe.get_list(
            "School Registration",
            filters={"school": ("in", schools), "status": WAITING},
            fields=["school", "confirmed_at"],
            order_by="confirmed_at desc",
            limit_page_length=0,
        )
        return {row.school: row.confirmed_at for row in rows}

    @staticmethod
    def _row(row, asked) -> dict:
        text, mood = words.standing(row, waiting=bool(asked))
        return {**row, "standing": text, "standing_mood": mood, "asked_on": asked}

    def _file(self, table: Table) -> Download:
        said = [(f.label, table.chosen[f.name]) for f in table.filters if f.name in table.chosen]
        return list_files.download("School", table, said)
