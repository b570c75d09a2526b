"""A school, and for each test an ECT at the end of induction."""

import frappe
import pytest

from tests import factory
from tests.browser.records import commit

FINAL_DAY = "2026-07-08"


@pytest.fixture(scope="session")
def place(bench_site):
    """A school and an appropriate body with their people, for all tests of deciding."""
    frappe.set_user("Administrator")
    at = factory.place()
    commit()
    return at


@pytest.fixture
def case(site, place):
    """An ECT at the end of induction, with a review on record and the final assessment being written."""
    at = factory.Place(place.body, place.school, dict(place.people))
    at.people["ect"] = factory.registered_ect(at)
    at.people["teacher"] = factory.user_of(at.ect)
    with factory.on_day("2026-03-20"):
        review = factory.review_of(at.ect, 5)
        factory.write_review(
            at, review, "2026-03-18", standards=[{"standard": "7", "progress": "Developing"}]
        )
        factory.sign_and_send(at, "Progress Review", review, at.ect)
    with factory.on_day("2026-07-10"):
        at.people["final"] = factory.assessment_of(at.ect, "Final")
        factory.write_assessment(at, at.final, FINAL_DAY)
        commit()
        yield at
