"""What happens on a record is told with the record: its drafts leave no word with those who do not see them."""

from __future__ import annotations

import frappe
import pytest

from induction_app.access.rows import readable_of_case
from induction_app.pages import story
from tests import factory
from tests.http_client import Visitor

CONCERN = "The behaviour of one class"


@pytest.fixture
def plan(world, visitors):
    """A plan that the tutor has begun to write, with what was told of it."""
    begun = visitors["TUT"].insert("Action Plan", ect=world.own.ect, raised_on="2025-03-03", concern=CONCERN)
    yield begun["name"]
    frappe.db.rollback()
    frappe.db.delete("Induction Event", {"reference_name": begun["name"]})
    frappe.db.delete("Action Plan", {"name": begun["name"]})
    frappe.db.commit()


def _told_of(visitor: Visitor, plan: str) -> int:
    about = {"reference_doctype": "Action Plan", "reference_name": plan}
    return len(visitor.list("Induction Event", filters=about, fields=["name", "summary"]))


@pytest.mark.parametrize("action", (None, "Withdraw"))
def test_a_plan_that_is_not_shown_is_not_told_of(world, visitors, plan, action):
    if action:
        visitors["TUT"].act("Action Plan", plan, action)
    for code in ("ECT", "ABO"):
        assert not _told_of(visitors[code], plan), code
    for code in ("TUT", "HEA", "ADM"):
        assert _told_of(visitors[code], plan) == (2 if action else 1), code


def test_the_pages_of_the_case_do_not_tell_of_it(world, url, plan):
    """The newest events on the case, and all of them on their own page."""
    state = frappe.db.get_value("Action Plan", plan, "workflow_state")
    for code, told in (("ECT", False), ("ABO", False), ("TUT", True)):
        visitor = Visitor(url, world.people[code])
        pages = [
            visitor.ask("GET", f"/cases/{world.own.ect}{page}", headers={"Accept": "text/html"})
            for page in ("", "/events")
        ]
        assert all(page.ok for page in pages)
        assert (state in pages[1].text) == told, code
        assert told or state not in pages[0].text, code


def test_the_newest_events_of_a_case_are_those_of_its_whole_story(world, plan):
    """Two ways to read the events of a case, one quick for the newest few, one for any number."""
    for code in ("ECT", "TUT", "ABO", "HEA", "ADM"):
        with factory.acting_as(world.people[code]):
            newest = readable_of_case("Induction Event", story._newest_of_case(ect=world.own.ect, limit=500))
            told = story.events(world.own.ect, limit=500, leave_out=("created",))
            assert len(newest) == len(told), code
