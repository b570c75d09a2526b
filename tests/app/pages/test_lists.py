"""Lists of records: who sees which rows, how they narrow, and what a file of them holds."""

import csv
import io
import re

import frappe
import pytest

from induction_app.spreadsheets import harmless
from tests import factory
from tests.app.pages.looking import EARLY, LATE, look, page, questions
from tests.factory import on_day


def names(html: str) -> list[str]:
    """The first column, in order."""
    found = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', html, re.S)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in found]


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("head", ["Ann Test", "Bob Test", "Cy Test"]),
        ("coordinator", ["Ann Test", "Bob Test", "Cy Test"]),
        ("tutor", ["Ann Test", "Bob Test", "Cy Test"]),
        ("mentor", ["Ann Test", "Bob Test", "Cy Test"]),
        ("officer", ["Ann Test", "Bob Test", "Cy Test", "Di Test"]),
        ("decider", ["Ann Test", "Bob Test", "Cy Test", "Di Test"]),
        ("quality", ["Ann Test", "Bob Test", "Cy Test", "Di Test"]),
    ],
)
def test_each_person_sees_the_ects_of_their_rows(world, site, who, expected):
    assert names(page(world.hill.people[who], "/cases")) == expected


@pytest.mark.parametrize(
    ("sort", "expected"), [("", ["Cy", "Bob", "Ann", "Di"]), ("-", ["Ann", "Bob", "Cy", "Di"])]
)
def test_ects_sort_by_what_is_due_next_and_those_with_nothing_come_last(world, site, sort, expected):
    for first, day in (("Ann", "2024-11-30"), ("Bob", "2024-11-20"), ("Cy", "2024-11-10"), ("Di", None)):
        for doctype in ("Progress Review", "Formal Assessment"):
            frappe.db.set_value(doctype, {"ect": world.ects[first]}, "due_on", None)
        frappe.db.set_value("Progress Review", factory.review_of(world.ects[first], 1), "due_on", day)
    with on_day(EARLY):
        shown = names(page(world.hill.officer, f"/cases?sort={sort}next_due"))
    assert [name.split()[0] for name in shown] == expected


def test_a_governor_has_no_lists(world, site):
    for address in ("/cases", "/reviews", "/assessments", "/decisions", "/cohort"):
        assert look(world.hill.governor, address).status_code == 403


@pytest.mark.parametrize(
    ("narrowing", "expected"),
    [
        ("name=Bob", ["Bob Test"]),
        ("name=%25", []),  # a percent sign is a letter like others
        ("sort=-full_name", ["Di Test", "Cy Test", "Bob Test", "Ann Test"]),
        ("risk=plan", ["Cy Test"]),
        ("standing=at_risk", ["Cy Test"]),
        ("standing=on_track", ["Ann Test", "Bob Test", "Di Test"]),
        ("standing=overdue", []),
        ("status=Passed", []),
        ("started=autumn-2024-25&name=Di", ["Di Test"]),
        ("started=summer-2023-24", []),
        ("standing=nonsense", ["Ann Test", "Bob Test", "Cy Test", "Di Test"]),
    ],
)
def test_the_list_of_ects_narrows(world, site, narrowing, expected):
    with on_day(EARLY):
        assert names(page(world.hill.officer, f"/cases?{narrowing}")) == expected


def test_the_list_of_ects_says_who_is_at_risk(world, site):
    with on_day(EARLY):
        rows = rows_of(look(world.hill.officer, "/cases?export=csv"))
    look_at = rows[next(n for n, row in enumerate(rows) if "Look at" in row)].index("Look at")
    said = {row[0]: row[look_at] for row in rows if row and row[0].endswith(" Test")}
    assert said == {"Ann Test": "", "Bob Test": "", "Cy Test": "At risk", "Di Test": ""}


def test_a_decision_that_is_due_is_next_for_those_who_may_read_it(world, site):
    ect = frappe.get_doc("ECT", world.ects["Ann"])
    for doctype in ("Progress Review", "Formal Assessment"):
        frappe.db.set_value(doctype, {"ect": ect.name}, "stage", "received")
    decision = {"ect": ect.name, "school": ect.school, "appropriate_body": ect.appropriate_body}
    decision |= {"stage": "considering", "due_on": "2024-10-20"}
    frappe.get_doc({"doctype": "Induction Decision", **decision, "workflow_state": "x"}).db_insert()
    with on_day(EARLY):
        assert "20 October 2024" in page(world.hill.officer, "/cases?name=Ann")
        assert "20 October 2024" not in page(world.hill.tutor, "/cases?name=Ann")


def test_a_school_narrows_the_list_of_a_body_only(world, site):
    assert names(page(world.hill.officer, f"/cases?school={world.lane.school}")) == ["Di Test"]
    assert "filter-school" not in page(world.hill.head, "/cases")


def test_late_reviews_are_found_by_term_and_deadline(world, site):
    with on_day(LATE):
        late = page(world.hill.head, "/reviews?term=autumn-2024-25&due=overdue")
        assert names(late) == ["Ann Test", "Bob Test", "Cy Test"]
        assert names(page(world.hill.head, "/reviews?term=autumn-2024-25&due=closed")) == []
    with on_day(EARLY):
        assert names(page(world.hill.head, "/reviews?due=overdue")) == []


def test_reviews_begin_with_what_is_due_next(world, site):
    done = frappe.db.get_value("Progress Review", {"ect": world.ects["Ann"], "term_number": 1})
    frappe.db.set_value("Progress Review", done, "stage", "received")
    html = page(world.hill.head, "/reviews?name=Ann")
    numbers = re.findall(r'data-heading="Term">(\d+)<', html)
    assert numbers == ["2", "4", "5", "1"], "unfinished ones by their day, then the finished one"


def test_a_body_does_not_see_reviews_that_are_being_written(world, site):
    assert names(page(world.hill.officer, "/reviews")) == []
    assert names(page(world.hill.officer, "/assessments")) == []


def test_a_file_holds_what_the_page_shows_and_is_logged(world, site):
    officer = world.hill.officer
    before = frappe.db.count("Access Log", {"user": officer})
    answer = look(officer, f"/cases?export=csv&school={world.hill.school}&sort=-full_name")
    rows = rows_of(answer)
    assert [row[0] for row in rows] == ["Name", "Cy Test", "Bob Test", "Ann Test"]
    assert "2024-09-02" in rows[1]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    log = frappe.get_last_doc("Access Log", {"user": officer})
    assert frappe.db.count("Access Log", {"user": officer}) == before + 1
    assert log.export_from == "ECT" and log.file_type == "CSV" and world.hill.school in log.filters


def test_a_pdf_is_a_pdf(world, site):
    answer = look(world.hill.head, "/cases?export=pdf&name=Ann")
    assert answer.status_code == 200 and answer.get_data().startswith(b"%PDF-")


def test_who_may_not_make_reports_gets_no_file(world, site):
    html = page(world.hill.mentor, "/cases?export=csv")
    assert "export=csv" not in html and "Ann Test" in html


def test_a_name_is_no_formula(world, site):
    frappe.db.set_value("ECT", world.ects["Ann"], "full_name", '=HYPERLINK("http://x","y")')
    rows = rows_of(look(world.hill.head, "/cases?export=csv"))
    assert "'=HYPERLINK" in " ".join(row[0] for row in rows)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\uff1d1"])
def test_what_a_spreadsheet_would_compute_is_text(text):
    assert harmless(text) == f"'{text}"


def test_an_ordinary_name_stays_as_it_is():
    assert harmless("Ann O'Neil-Smith") == "Ann O'Neil-Smith"


def test_more_rows_are_not_more_queries(world, site):
    addresses = ("/cases", "/reviews", "/cases?standing=overdue")
    with on_day(LATE):
        few = [questions(world.hill.head, address) for address in addresses]
    for _each in range(3):
        factory.registered_ect(world.hill)
    with on_day(LATE):
        assert [questions(world.hill.head, address) for address in addresses] == few
    assert max(few) < 60
