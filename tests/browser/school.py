"""A school with everybody in post and one ECT part of the way, for tests of the pages about a case."""

from dataclasses import dataclass, field

import frappe

from induction_app.workflows.act import act
from tests import factory
from tests.browser.people import Person
from tests.factory import PASSWORD, Place, acting_as, on_day

#: The day the pages are opened on: in the summer term, before the first formal assessment falls due.
TODAY = "2025-06-20"


@dataclass
class School:
    """A place and its ECTs by first name."""

    place: Place
    ects: dict[str, str] = field(default_factory=dict)

    def person(self, role: str) -> Person:
        """Somebody of the place by role, such as `tutor`, or an ECT by first name."""
        email = factory.user_of(self.ects[role]) if role in self.ects else self.place.people[role]
        name = frappe.db.get_value("User", email, "full_name")
        return Person(email, PASSWORD, name, one_session=True)


def open_school() -> School:
    """One ECT in the third term, with a review received, an observation and an absence. Committed."""
    frappe.set_user("Administrator")
    at = factory.place()
    frappe.db.set_value("School", at.school, "school_name", "Hill Lane Primary School")
    aisha = factory.registered_ect(at, first_name="Aisha", last_name="Khan")
    first = factory.review_of(aisha, 1)
    with on_day("2024-12-05"):
        factory.write_review(at, first, "2024-12-04")
        factory.sign_and_send(at, "Progress Review", first, aisha)
        with acting_as(at.tutor):
            observation = frappe.get_doc(
                {
                    "doctype": "Observation",
                    "ect": aisha,
                    "observer": at.tutor,
                    "observer_holds_qts": "Yes",
                    "observed_on": "2024-11-14",
                    "focus": "Transitions between tasks",
                    "strengths": "Calm and quick.",
                    "development_needs": "Pace in the last ten minutes.",
                }
            ).insert()
            act("Observation", observation.name, "Share with ECT")
    with on_day("2025-03-10"), acting_as(at.coordinator):
        frappe.get_doc(
            {
                "doctype": "Absence",
                "ect": aisha,
                "kind": "Ad hoc",
                "starts_on": "2025-01-20",
                "ends_on": "2025-01-31",
                "days": 10,
            }
        ).insert()
    frappe.set_user("Administrator")
    frappe.db.commit()
    return School(at, {"aisha": aisha})
