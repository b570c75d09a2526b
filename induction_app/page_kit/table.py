"""Lists that people sort, filter, search and page. Their state is in the address, so it can be sent on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _

from induction_app.page_kit.choices import Option
from induction_app.page_kit.environment import day

ROWS_A_PAGE = 20


@dataclass(frozen=True)
class Column:
    """One column. `kind` is text, date, number or tag; `link` makes the row's address for its cell.

    `sort` is the record's field to sort by, where that is not `name`; False for a column that does not sort.
    """

    name: str
    heading: str
    kind: str = "text"
    sort: str | bool = True
    link: Callable[[Mapping[str, Any]], str] | None = None

    @property
    def sort_field(self) -> str:
        return self.sort if isinstance(self.sort, str) else self.name


@dataclass(frozen=True)
class Filter:
    """A way to narrow the list: `search` is a box, a `choice` has options."""

    name: str
    label: str
    options: Iterable[Option | tuple[str, str]] = ()
    hint: str = ""

    @property
    def kind(self) -> str:
        return "choice" if self.options else "search"


@dataclass
class Table:
    """A list as asked for in the address: fill it with `rows` and their `total`.

    `order_by`, `start` and `chosen` are safe for a query: only the table's own columns and options get in.
    """

    columns: list[Column]
    caption: str
    filters: list[Filter] = field(default_factory=list)
    default_sort: str = ""
    rows_a_page: int = ROWS_A_PAGE
    exports: tuple[str, ...] = ()
    empty: str = ""
    rows: list[Mapping[str, Any]] = field(default_factory=list)
    total: int = 0

    def __post_init__(self) -> None:
        asked = frappe.request.args
        names = {column.name for column in self.columns if column.sort}
        wanted = asked.get("sort", "")
        self.sort, self.descending = wanted.removeprefix("-"), wanted.startswith("-")
        if self.sort not in names:
            self.sort = self.default_sort.removeprefix("-")
            self.descending = self.default_sort.startswith("-")
        page = asked.get("page", "1")
        self.page = max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        self.chosen = {f.name: text for f in self.filters if (text := self._choice(f, asked.get(f.name, "")))}
        self.export = asked.get("export", "") if asked.get("export") in self.exports else ""

    def _choice(self, narrowing: Filter, text: str) -> str:
        if narrowing.kind == "search":
            return text.strip()[:140]
        return text if text in {option[0] for option in self.options(narrowing)} else ""

    @staticmethod
    def options(narrowing: Filter) -> list[tuple[str, str]]:
        return [(o.value, o.text) if isinstance(o, Option) else (o[0], o[1]) for o in narrowing.options]

    @property
    def order_by(self) -> str:
        """For `frappe.get_list(order_by=...)`."""
        by_name = {column.name: column for column in self.columns}
        if self.sort not in by_name:
            return ""
        return f"{by_name[self.sort].sort_field} {'desc' if self.descending else 'asc'}"

    @property
    def start(self) -> int:
        return (self.page - 1) * self.rows_a_page

    @property
    def last_page(self) -> int:
        return max(1, -(-self.total // self.rows_a_page))

    def fill(self, rows: Iterable[Mapping[str, Any]], total: int) -> "Table":
        self.rows, self.total = list(rows), total
        return self

    def address(self, **changes: Any) -> str:
        """This list's address with something changed; filters stay, and a new order starts at page 1."""
        sort = f"{'-' if self.descending else ''}{self.sort}" if self.sort else ""
        state = {**self.chosen, "sort": sort, **changes}
        query = urlencode({key: value for key, value in state.items() if value})
        return f"{frappe.request.path}{'?' + query if query else ''}"

    @property
    def plain_address(self) -> str:
        """The list with no filter."""
        return frappe.request.path

    def heading(self, column: Column) -> dict[str, str]:
        """A column heading's link and the order it stands for, as ARIA names it."""
        if not column.sort:
            return {"text": column.heading, "href": "", "order": ""}
        mine = column.name == self.sort
        order = ("descending" if self.descending else "ascending") if mine else "none"
        following = f"-{column.name}" if mine and not self.descending else column.name
        return {"text": column.heading, "href": self.address(sort=following), "order": order}

    def cell(self, row: Mapping[str, Any], column: Column) -> Any:
        value = row.get(column.name)
        return day(value) if column.kind == "date" else "" if value is None else value

    @property
    def summary(self) -> str:
        """How many there are and which are shown, in words."""
        if not self.total:
            return _("Nothing matches") if self.chosen else ""
        if self.total <= self.rows_a_page:
            return _("1 result") if self.total == 1 else _("{0} results").format(f"{self.total:,}")
        last = min(self.start + self.rows_a_page, self.total)
        return _("Showing {0} to {1} of {2} results").format(self.start + 1, last, f"{self.total:,}")

    def pagination(self) -> dict[str, Any] | None:
        """Params of the design system's pagination: first, last, and those around this page."""
        if self.last_page == 1:
            return None
        near = {1, self.last_page, *range(max(1, self.page - 1), min(self.last_page, self.page + 1) + 1)}
        items: list[dict[str, Any]] = []
        for number in sorted(near):
            if items and number - int(items[-1]["number"]) > 1:
                items.append({"ellipsis": True, "number": number - 1})
            items.append(
                {"number": number, "href": self.address(page=number), "current": number == self.page}
            )
        params: dict[str, Any] = {"items": items, "landmarkLabel": self.caption}
        if self.page > 1:
            params["previous"] = {"href": self.address(page=self.page - 1)}
        if self.page < self.last_page:
            params["next"] = {"href": self.address(page=self.page + 1)}
        return params
