"""An administrator's User Permissions narrow the pages as they narrow the framework's lists."""

import frappe
import pytest
from frappe.permissions import add_user_permission

from induction_app.induction_case.early_warning import cases_in_numbers
from induction_app.pages.case_records import CaseRecords
from induction_app.workflows.tasks import pending_counts, pending_for
from tests.app.pages.looking import EARLY, LATE, look, page
from tests.app.pages.test_lists import names
from tests.factory import acting_as, on_day

LISTS = {"/cases": "ECT", "/reviews": "Progress Review", "/assessments": "Formal Assessment"}


@pytest.fixture
def kept_to_lane(world, site) -> str:
    """The officer of the body, kept to the school of Di."""
    add_user_permission("School", world.lane.school, world.hill.officer)
    return world.hill.officer


@pytest.mark.parametrize("address", LISTS)
def test_lists_hold_what_the_frameworks_lists_hold(world, site, address):
    head = world.hill.head
    add_user_permission("ECT", world.ects["Bob"], head)
    with acting_as(head):
        name = "full_name" if address == "/cases" else "ect_name"
        assert set(frappe.get_list(LISTS[address], pluck=name, limit=0)) == {"Bob Test"}
    with on_day(LATE):
        shown = page(head, address)
    assert "Bob Test" in shown
    assert "Ann Test" not in shown and "Cy Test" not in shown


def test_an_officer_may_be_kept_to_a_school(world, kept_to_lane):
    assert names(page(kept_to_lane, "/cases")) == ["Di Test"]


def test_figures_count_nobody_else(world, kept_to_lane):
    with on_day(LATE), acting_as(kept_to_lane):
        counted = cases_in_numbers(kept_to_lane)
    assert sum(counted.by_status.values()) == 1
    with on_day(LATE):
        assert "Ann Test" not in page(kept_to_lane, "/home") + page(kept_to_lane, "/cohort")


def test_a_case_elsewhere_does_not_open(world, kept_to_lane):
    with on_day(EARLY):
        assert look(kept_to_lane, f"/cases/{world.ects['Ann']}").status_code == 403
        assert look(kept_to_lane, f"/cases/{world.ects['Di']}").status_code == 200


def test_what_waits_at_another_school_is_no_task(world, site):
    tutor = world.hill.tutor
    with on_day(LATE):
        assert {task.ect for task in pending_for(tutor)} >= {
            world.ects[first] for first in ("Ann", "Bob", "Cy")
        }
        add_user_permission("ECT", world.ects["Bob"], tutor)
        left = pending_for(tutor)
        assert {task.ect for task in left} == {world.ects["Bob"]}
        assert sum(pending_counts(tutor).values()) == len(left)


def test_a_permission_for_one_record_type_narrows_that_type_alone(world, site):
    head = world.hill.head
    add_user_permission("School", world.lane.school, head, applicable_for="Progress Review")
    with on_day(LATE):
        assert "Ann Test" in page(head, "/assessments")
        assert "Ann Test" not in page(head, "/reviews")
        with acting_as(head):
            records = CaseRecords(world.ects["Ann"])
            assert records.scheduled("Progress Review") and not records.readable("Progress Review")
            assert frappe.get_list("Progress Review", {"ect": world.ects["Ann"]}) == []


@pytest.mark.parametrize("strict, seen", [(0, True), (1, False)])
def test_an_empty_field_is_within_unless_the_site_is_strict(world, site, strict, seen):
    # Of the people of the case, the officer is kept to one, whom Di has as tutor; her mentor is not named.
    add_user_permission("User", world.hill.contact, world.hill.officer, applicable_for="ECT")
    frappe.db.set_value("ECT", world.ects["Di"], {"induction_tutor": world.hill.contact, "mentor": None})
    frappe.db.set_value("ECT", world.ects["Di"], {"user": world.hill.contact, "named_contact": None})
    frappe.db.set_single_value("System Settings", "apply_strict_user_permissions", strict)
    with acting_as(world.hill.officer):
        listed = frappe.get_list("ECT", pluck="name")
    assert (world.ects["Di"] in listed) == seen
    assert ("Di Test" in page(world.hill.officer, "/cases")) == seen
