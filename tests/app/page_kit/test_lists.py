"""Lists: what is asked for in the address, and only that, reaches a query."""

import frappe
import pytest
from frappe.utils import set_request

from induction_app.page_kit import Column, Filter, Table


def table(site, query: str, total: int = 143) -> Table:
    set_request(method="GET", path="/ects", query_string=query)
    made = Table(
        [
            Column("ect_name", "Name"),
            Column("due", "Next due", kind="date", sort="due_on"),
            Column("status", "Status", kind="tag", sort=False),
        ],
        "Early career teachers",
        filters=[Filter("q", "Name or TRN"), Filter("stage", "Stage", options=[("late", "Overdue")])],
        default_sort="-due",
        exports=("csv",),
    )
    return made.fill([{"ect_name": "Amara"}], total)


@pytest.fixture
def listed(site):
    yield lambda query="", total=143: table(site, query, total)
    frappe.local.request = None


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", "due_on desc"),
        ("sort=ect_name", "ect_name asc"),
        ("sort=-ect_name", "ect_name desc"),
        ("sort=status", "due_on desc"),
        ("sort=name;drop+table", "due_on desc"),
    ],
)
def test_only_the_lists_own_columns_sort(listed, query, order):
    assert listed(query).order_by == order


def test_only_the_filters_own_options_filter(listed):
    assert listed("stage=late&q=+Okafor+&x=1").chosen == {"q": "Okafor", "stage": "late"}
    assert listed("stage=other").chosen == {}


@pytest.mark.parametrize(
    ("page", "start"), [("1", 0), ("3", 40), ("0", 0), ("-2", 0), ("x", 0), ("9" * 9, 0)]
)
def test_pages(listed, page, start):
    assert listed(f"page={page}").start == start


def test_links_keep_the_state(listed):
    shown = listed("q=Okafor&sort=-ect_name&page=2")
    assert shown.address(page=3) == "/ects?q=Okafor&sort=-ect_name&page=3"
    assert shown.heading(shown.columns[0]) == {
        "text": "Name",
        "href": "/ects?q=Okafor&sort=ect_name",
        "order": "descending",
    }
    assert shown.heading(shown.columns[2])["href"] == ""


def test_what_is_shown_is_said(listed):
    assert listed("page=8").summary == "Showing 141 to 143 of 143 results"
    assert listed("", total=1).summary == "1 result"
    assert listed("q=x", total=0).summary == "Nothing matches"
    assert listed("", total=20).pagination() is None
    assert [item.get("number") for item in listed("page=5").pagination()["items"]] == [1, 3, 4, 5, 6, 7, 8]


def test_only_offered_exports(listed):
    assert listed("export=csv").export == "csv"
    assert listed("export=exe").export == ""
