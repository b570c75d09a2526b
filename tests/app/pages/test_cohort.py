"""Cohort pictures: the figures, and that each leads to a list of just those."""

import html as markup
import re

import frappe

from induction_app.induction_case import cohort
from tests import factory
from tests.app.pages.looking import EARLY, LATE, page, questions
from tests.factory import acting_as, on_day


def linked(text: str) -> dict[str, int]:
    """Each number of the tables with the address of the list behind it."""
    found = re.findall(r'cohort-number" href="([^"]+)"[^>]*>(\d+)<', text)
    return {markup.unescape(href): int(number) for href, number in found}


def listed(user: str, address: str) -> int:
    """How many rows the list behind an address has."""
    return len(re.findall(r'<th scope="row"', page(user, address)))


def schools_of(user: str) -> dict[str, dict[str, int]]:
    with acting_as(user):
        return {urn: counts for urn, _name, counts in cohort.standings([]).by_school()}


def judge(world, first: str, progress: str, on_track: str, term: int = 1) -> None:
    """A review as received, with one judgement on Standard 3."""
    review = factory.review_of(world.ects[first], term)
    frappe.db.set_value("Progress Review", review, {"stage": "received", "on_track": on_track})
    frappe.get_doc(
        {
            "doctype": "Standard Progress",
            "parent": review,
            "parenttype": "Progress Review",
            "parentfield": "standards",
            "standard": "3",
            "progress": progress,
        }
    ).db_insert()


def test_each_induction_counts_once_in_the_school_it_is_at(world, site):
    with on_day(EARLY):
        counts = schools_of(world.hill.officer)
        assert counts == {
            world.hill.school: {"at_risk": 1, "on_track": 2},
            world.lane.school: {"on_track": 1},
        }
        assert schools_of(world.far.officer) == {world.far.school: {"on_track": 1}}
        assert schools_of(world.hill.head) == {world.hill.school: {"at_risk": 1, "on_track": 2}}
    with on_day(LATE):
        assert schools_of(world.hill.officer)[world.lane.school] == {"overdue": 1}
    review = factory.review_of(world.ects["Di"], 1)
    with on_day(frappe.db.get_value("Progress Review", review, "scheduled_for")):  # due, not yet late
        assert schools_of(world.hill.officer)[world.lane.school] == {"due": 1}


def test_a_concern_counts_until_a_later_report_has_none(world, site):
    judge(world, "Ann", "Cause for concern", "Not on track")
    with on_day(EARLY):
        assert schools_of(world.hill.officer)[world.hill.school] == {"at_risk": 2, "on_track": 1}
        judge(world, "Ann", "On track", "On track", term=2)
        assert schools_of(world.hill.officer)[world.hill.school] == {"at_risk": 1, "on_track": 2}


def test_every_number_is_the_length_of_the_list_behind_it(world, site):
    judge(world, "Ann", "Developing", "On track")
    judge(world, "Di", "Cause for concern", "Not on track")
    with on_day(EARLY):
        numbers = linked(page(world.hill.officer, "/cohort"))
        assert len(numbers) >= 6
        assert {"/cases?progress=3.Developing", "/cases?progress=3.Cause+for+concern"} <= set(numbers)
        assert "/cases?started=autumn-2024-25&standing=at_risk" in numbers
        assert {href: listed(world.hill.officer, href) for href in numbers} == numbers


def test_more_inductions_are_not_more_queries(world, site):
    with on_day(LATE):
        few = questions(world.hill.officer, "/cohort")
    for _each in range(2):
        factory.registered_ect(world.lane)
    with on_day(LATE):
        assert questions(world.hill.officer, "/cohort") == few
    assert few < 60
