"""Two schools of one body and one of another."""

from dataclasses import dataclass, field

import frappe
import pytest

from tests import factory
from tests.app.pages.looking import EARLY
from tests.factory import Place, acting_as, on_day


@dataclass
class World:
    """The places, and the ECTs by first name."""

    hill: Place
    lane: Place
    far: Place
    ects: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="session")
def world(bench_site) -> World:
    """Committed once. At Hill: Ann, Bob and Cy with an action plan; at Lane: Di; elsewhere: Eve."""
    frappe.set_user("Administrator")
    hill = factory.place()
    lane, far = factory.place(body=hill.body), factory.place()
    made = World(hill, lane, far)
    for at, first in ((hill, "Ann"), (hill, "Bob"), (hill, "Cy"), (lane, "Di"), (far, "Eve")):
        made.ects[first] = factory.registered_ect(at, first_name=first, last_name="Test")
    with on_day(EARLY), acting_as(hill.tutor):
        plan = frappe.get_doc(
            {
                "doctype": "Action Plan",
                "ect": made.ects["Cy"],
                "raised_on": EARLY,
                "review_on": "2024-11-15",
                "concern": "Behaviour in the afternoons.",
                "targets": [{"target": "Agree routines", "standard": "7", "by_when": "2024-11-10"}],
            }
        )
        plan.insert(ignore_mandatory=True)
    frappe.db.set_value("Action Plan", plan.name, "stage", "active")
    frappe.set_user("Administrator")
    frappe.db.commit()
    return made
