"""Who is said to have done what."""

import frappe

from induction_app.induction_case.events import record_event
from induction_app.pages import story
from tests.factory import acting_as


def told(world, user: str, **values) -> str:
    """Who did it, as the head reads it."""
    with acting_as(user):
        record_event("noted", "Something was noted", ect=world.ects["Ann"], **values)
    frappe.db.set_value(
        "Induction Event",
        {"event": "noted", "ect": world.ects["Ann"]},
        {"school": world.hill.school, "appropriate_body": world.hill.body},
    )
    with acting_as(world.hill.head):
        found = [row for row in story.events(world.ects["Ann"]) if row["text"] == "Something was noted"]
    return found[0]["who"]


def test_what_nobody_signed_in_did_the_service_did(world, site):
    assert told(world, "Administrator") == "the service"


def test_a_guest_who_gave_their_name_is_named(world, site):
    assert told(world, "Guest", by="Rita Rowe") == "Rita Rowe"


def test_people_are_named_with_their_role(world, site):
    tutor = world.hill.tutor
    assert (
        told(world, tutor, role="Induction Tutor") == f"{frappe.utils.get_fullname(tutor)}, Induction Tutor"
    )
