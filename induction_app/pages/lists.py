"""Lists of records: narrowed, sorted, paged and taken away as a file, always within the reader's rows."""

from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate
from pypika import Order
from pypika.functions import Count

from induction_app.access.readable import containing, readable
from induction_app.access.rows import may
from induction_app.clock import today
from induction_app.induction_case.cohort import SchoolTerm, school_terms
from induction_app.page_kit import Column, Download, Filter, Page, Table
from induction_app.pages import list_files
from induction_app.pages.cases import may_read_field
from induction_app.pages.kept_figures import kept_figures
from induction_app.workflows.staged_document import workflow_of

#: With more schools than this, a box to type in instead of options to choose from.
FEW_SCHOOLS = 40


class ListPage(Page):
    """A list of one record type. Subclasses name it, its columns and filters, and narrow the query."""

    template = "templates/lists/list.html"
    doctype = ""
    #: Fields that a row is made of, beside `name`.
    fields: tuple[str, ...] = ()
    #: The field with the ECT's name.
    name_field = "ect_name"
    default_sort = ""

    def load(self) -> None:
        if not may(self.doctype, "read"):
            raise frappe.PermissionError
        self._schools = self._schools_to_read()
        self._terms: list[SchoolTerm] | None = None

    def columns(self) -> list[Column]:
        """The columns; the first leads to the record."""
        return []

    def filters(self) -> list[Filter]:
        """What the list can be narrowed by, beside the ECT's name and the school."""
        return []

    def narrow(self, query, record, chosen: Mapping[str, str]):
        """The query with the conditions of this page's own filters."""
        return query

    def usual_order(self, query, record):
        """The query in the order of a list for which nobody has asked for one."""
        return query

    def sorted_by(self, query, record, field: str, order: Order):
        """The query in the order that somebody asked for."""
        return query.orderby(record[field], order=order)

    def words(self, row: frappe._dict) -> dict[str, Any]:
        """A row as people read it: values by column, with `<column>_mood` for tags."""
        return dict(row)

    def complete(self, rows: list[frappe._dict]) -> None:
        """Add to all rows at once what is in other records; a fixed number of queries."""

    def get(self) -> dict[str, Any] | Download:
        table = self._table()
        query = self._narrowed(table)
        if table.export:
            return self._file(table, query)
        total = self._total(table, *query)
        rows = self._rows(table, *query, limit=table.rows_a_page, start=table.start)
        return {"table": table.fill([self.words(row) for row in rows], total), "lead": self.lead()}

    def lead(self) -> str:
        """A sentence above the list, if there is something to know."""
        return ""

    def terms(self) -> list[SchoolTerm]:
        """The school terms to choose from, newest first; read once a page."""
        if self._terms is None:
            self._terms = [term for term in school_terms()[::-1] if term.first <= today()]
        return self._terms

    def term(self, key: str) -> SchoolTerm:
        """The chosen term; the table lets only known ones in."""
        return next(term for term in self.terms() if term.key == key)

    def meta_options(self, field: str) -> list[str]:
        """The values a choice of the record type has."""
        return frappe.get_meta(self.doctype).get_field(field).options.split("\n")

    @property
    def one_school(self) -> bool:
        """Whether all rows are of one school, so that naming it says nothing."""
        return len(self._schools) < 2

    def _table(self) -> Table:
        return Table(
            [column for column in self.columns() if not (self.one_school and column.name == "school_name")],
            caption=self.title(),
            filters=[Filter("name", _("Name")), *self._school_filter(), *self.filters()],
            default_sort=self.default_sort,
            exports=self._exports(),
            empty=_("There is nothing here yet."),
        )

    def _exports(self) -> tuple[str, ...]:
        """A file holds what the page shows, no more: the right to make reports of the record type allows it."""
        return ("csv", "pdf") if may(self.doctype, "report") else ()

    def _schools_to_read(self) -> list[tuple[str, str]]:
        """The schools whose records this person may read, up to one more than are shown as options.

        Found once a minute: to tell the schools of thousands of records apart takes longer than the list.
        """
        return kept_figures(f"schools of {self.doctype}", self._find_schools)[1]

    def _find_schools(self) -> list[tuple[str, str]]:
        query, record = readable(self.doctype)
        school = frappe.qb.DocType("School")
        return (
            query.join(school)
            .on(school.name == record.school)
            .select(record.school, school.school_name)
            .distinct()
            .orderby(school.school_name)
            .limit(FEW_SCHOOLS + 1)
            .run()
        )

    def _school_filter(self) -> list[Filter]:
        if self.one_school:
            return []
        if len(self._schools) > FEW_SCHOOLS:
            return [Filter("school", _("School or URN"))]
        return [Filter("school", _("School"), options=self._schools)]

    def _narrowed(self, table: Table):
        query, record = readable(self.doctype)
        if name := table.chosen.get("name"):
            query = query.where(record[self.name_field].like(containing(name)))
        if wanted := table.chosen.get("school"):
            school = frappe.qb.DocType("School")
            named = frappe.qb.from_(school).select(school.name)
            named = named.where((school.name == wanted) | school.school_name.like(containing(wanted)))
            query = query.where(record.school.isin(named))
        return self.narrow(query, record, table.chosen), record

    def _total(self, table: Table, query, record) -> int:
        """How many there are; a whole list of many schools is counted once a minute."""

        def count() -> int:
            return query.select(Count(record.name)).run()[0][0]

        if table.chosen or len(self._schools) <= FEW_SCHOOLS:
            return count()
        return kept_figures(f"number of {self.doctype}", count)[1]

    def _rows(self, table: Table, query, record, limit: int, start: int = 0) -> list[frappe._dict]:
        """The rows of a page in order. A field this person may not read is left empty."""
        by, _space, direction = table.order_by.partition(" ")
        order = Order.desc if direction == "desc" else Order.asc
        school = frappe.qb.DocType("School")
        readable_fields = [field for field in self.fields if may_read_field(self.doctype, field)]
        query = query.left_join(school).on(school.name == record.school)
        if by == "school_name":
            query = query.orderby(school[by], order=order)
        else:
            query = self.sorted_by(query, record, by, order) if by else self.usual_order(query, record)
        rows = (
            query.orderby(record.name)
            .select(record.name, school.school_name, *(record[field] for field in readable_fields))
            .limit(limit)
            .offset(start)
            .run(as_dict=True)
        )
        if not rows:
            return []
        for row in rows:
            for field in self.fields:
                row.setdefault(field, None)
        self.complete(rows)
        return rows

    def _file(self, table: Table, query) -> Download:
        limit = list_files.MOST[table.export]
        total = query[0].select(Count(query[1].name)).run()[0][0]
        rows = [self.words(row) for row in self._rows(table, *query, limit=limit)]
        return list_files.download(self.doctype, table.fill(rows, total), self._said(table))

    @staticmethod
    def _said(table: Table) -> list[tuple[str, str]]:
        """What the list was narrowed by, in words, for the head of a file."""
        said = []
        for narrowing in table.filters:
            if text := table.chosen.get(narrowing.name):
                said.append((narrowing.label, dict(table.options(narrowing)).get(text, text)))
        return said


def late(due: Any) -> bool:
    """Whether a day is past."""
    return bool(due) and getdate(due) < today()


def states_of(doctype: str) -> list[tuple[str, str]]:
    """The states of a record type under the administrator's own names, to choose from."""
    return [(row.state, _(row.state)) for row in workflow_of(doctype).states]
