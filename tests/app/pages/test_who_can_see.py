"""The list of those who can see a case says what they find when they try."""

import frappe
import pytest

from induction_app.access.positions import forget_positions
from induction_app.api.records import people_with_access
from induction_app.pages.who_can_see import access_rows
from tests import factory

EVERYTHING = "The case, its progress reviews and its formal assessments"
NO_ASSESSMENTS = "The case and its progress reviews, not its formal assessments"


def opens(user: str, doctype: str, name: str) -> bool:
    forget_positions()
    return bool(frappe.get_doc(doctype, name).has_permission("read", user=user))


@pytest.fixture
def listed(world, site) -> dict[str, str]:
    """What each person of Ann's case is said to see, by name."""
    frappe.get_doc("User", factory.person("Sam")).add_roles("Induction Administrator")
    return {row["name"]: row["sees"] for row in access_rows(frappe.get_doc("ECT", world.ects["Ann"]))}


def test_everybody_sees_what_the_list_says(world, listed):
    ect, at = world.ects["Ann"], world.hill
    review, assessment = factory.review_of(ect, 1), factory.assessment_of(ect, "First")
    for doctype, name in (("Progress Review", review), ("Formal Assessment", assessment)):
        frappe.db.set_value(doctype, name, "stage", "received")
    for who in ("tutor", "mentor", "head", "coordinator", "administrator", "officer", "decider", "contact"):
        user = at.people[who]
        said = listed[frappe.utils.get_fullname(user)]
        found = (opens(user, "Progress Review", review), opens(user, "Formal Assessment", assessment))
        assert (
            found
            == {
                EVERYTHING: (True, True),
                NO_ASSESSMENTS: (True, False),
                "The case only": (False, False),
            }[said]
        ), (who, said)
        assert opens(user, "ECT", ect), who


def test_a_mentor_is_not_said_to_see_formal_assessments(world, listed):
    assert listed[frappe.utils.get_fullname(world.hill.mentor)] == NO_ASSESSMENTS


def test_administrators_of_the_service_are_on_the_list(world, listed):
    assert {sees for name, sees in listed.items() if name.startswith("Sam ")} == {EVERYTHING}


def test_the_api_names_the_same_people_as_the_page(world, listed):
    told = people_with_access(world.ects["Ann"])
    assert {row["name"] for row in told} == set(listed)
    whole_service = [row for row in told if row["name"].startswith("Sam ")]
    assert [(row["place"], row["sees_assessments"]) for row in whole_service] == [(None, True)]


def test_nobody_of_another_school_or_body_is_on_the_list(world, listed):
    for user in (world.lane.tutor, world.lane.head, world.hill.governor, world.far.officer):
        assert frappe.utils.get_fullname(user) not in listed


def test_a_new_administrator_is_on_the_list_at_once_and_off_it_again(world, site):
    def people() -> list[str]:
        return [row["name"] for row in access_rows(frappe.get_doc("ECT", world.ects["Ann"]))]

    before = people()
    kit = frappe.get_doc("User", factory.person("Kit"))
    kit.add_roles("Induction Administrator")
    assert sorted(people()) == sorted([*before, kit.full_name])
    kit.remove_roles("Induction Administrator")
    assert people() == before
