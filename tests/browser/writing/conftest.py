"""A school with everybody in post, and for each test an ECT of its own in the first term."""

import frappe
import pytest

from tests import factory
from tests.browser.records import commit


@pytest.fixture(scope="session")
def place(bench_site):
    """A school with its people, for all tests of writing."""
    frappe.set_user("Administrator")
    at = factory.place()
    commit()
    return at


@pytest.fixture
def school(site, place):
    """The school with an ECT of its own in the first term, and the site's clock in December of it."""
    with factory.on_day("2024-12-05"):
        at = factory.Place(place.body, place.school, dict(place.people))
        at.people["ect"] = factory.registered_ect(at)
        at.people["teacher"] = factory.user_of(at.ect)
        at.people["review"] = factory.review_of(at.ect, 1)
        commit()
        yield at
