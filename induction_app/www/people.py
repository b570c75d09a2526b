"""The people of a school or an appropriate body, now and before."""

import frappe
from frappe import _
from pypika.functions import Count

from induction_app.access.readable import containing, readable
from induction_app.clock import today
from induction_app.page_kit import Column, Filter, Page, Table
from induction_app.pages import list_files
from induction_app.pages.organisations import places


class People(Page):
    def title(self) -> str:
        return _("People at {0}").format(self.place.title) if self.place else _("People")

    def load(self) -> None:
        self.own = places.own_places()
        named = self.args.get("place") or (self.own[0].name if len(self.own) == 1 else "")
        if not (named or self.own):
            frappe.throw(
                _("The list of people is for those who look after a school or an appropriate body."),
                frappe.PermissionError,
            )
        self.place = places.open_place(named) if named else None

    def get(self):
        if not self.place:
            return {"places": self.own, "table": None}
        table = self._table()
        total, rows = self._rows(table)
        table.fill(rows, total)
        if table.export:
            return list_files.download("Induction Staff", table, [(_("Place"), self.place.title)])
        adds = places.may_add(self.place)
        return {
            "places": [],
            "table": table,
            "add": self.place.address("new") if adds else "",
            "is_school": self.place.is_school,
        }

    def _table(self) -> Table:
        columns = [
            Column("full_name", _("Name")),
            Column("role", _("Role")),
            Column("user", _("Email address"), sort=False),
            Column("starts_on", _("From"), kind="date"),
            Column("ends_on", _("To"), kind="date"),
            Column("end", _("Change"), kind="own", sort=False),
        ]
        shown = frappe.request.args.get("export") or not places.may_add(self.place)
        return Table(
            columns[:-1] if shown else columns,
            caption=self.title(),
            filters=[
                Filter("name", _("Name")),
                Filter("standing", _("When"), options=[("now", _("Now")), ("past", _("Before"))]),
            ],
            default_sort="full_name",
            exports=("csv",),
            empty=_("Nobody is here yet."),
        )

    def _rows(self, table: Table) -> tuple[int, list[dict]]:
        filters = [[self.place.field, "=", self.place.name]]
        query, staff = readable("Induction Staff")
        query = query.where(staff[self.place.field] == self.place.name)
        if name := table.chosen.get("name"):
            filters.append(["full_name", "like", containing(name)])
            query = query.where(staff.full_name.like(containing(name)))
        either = []
        match table.chosen.get("standing"):
            case "now":
                either = [["ends_on", "is", "not set"], ["ends_on", ">=", today()]]
                query = query.where(staff.ends_on.isnull() | (staff.ends_on >= today()))
            case "past":
                filters.append(["ends_on", "<", today()])
                query = query.where(staff.ends_on < today())
        rows = frappe.get_list(
            "Induction Staff",
            filters=filters,
            or_filters=either,
            fields=["name", "full_name", "role", "user", "starts_on", "ends_on"],
            order_by=f"{table.order_by}, name asc",
            limit_start=0 if table.export else table.start,
            limit_page_length=0 if table.export else table.rows_a_page,
        )
        return query.select(Count(staff.name)).run()[0][0], [self._row(row) for row in rows]

    @staticmethod
    def _row(row) -> dict:
        ended = bool(row.ends_on and row.ends_on < today())
        return {
            **row,
            "role": _(row.role),
            "end": "" if ended else f"/people/{row.name}/end",
            "ended": ended,
        }
