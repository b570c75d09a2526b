"""What an administrator may set for the whole service, and what it does to cases that run."""

import frappe
import pytest
from frappe.utils import add_days

from tests import factory


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"review_available_days": 100_000_000}, "from 14 to 120"),
        ({"review_available_days": 0}, "from 14 to 120"),
        ({"review_available_days": -30}, "from 14 to 120"),
        ({"small_number_limit": -1}, "from 0 to 20"),
        ({"small_number_limit": 21}, "from 0 to 20"),
        ({"service_colour": "#ffff00"}, "^Colour: white text cannot be read on #ffff00"),
        ({"service_colour": "#777777"}, "^Colour: white text"),  # 4.48 to 1
        ({"service_colour": "red"}, "^Colour: write it as"),
    ],
)
def test_what_would_break_cases_or_cannot_be_read_is_refused(site, values, sentence):
    settings = frappe.get_single("Induction Settings")
    settings.update(values)
    with pytest.raises(frappe.ValidationError, match=sentence):
        settings.save()


@pytest.mark.parametrize(
    "values", [{"review_available_days": 14}, {"review_available_days": 120}, {"service_colour": "#767676"}]
)
def test_what_lies_within_the_bounds_is_kept(site, values):
    settings = frappe.get_single("Induction Settings")
    settings.update(values)
    settings.save()


def test_reviews_of_running_cases_may_be_written_from_the_day_that_is_set(site):
    ect = factory.registered_ect(factory.shared_place())
    review = factory.review_of(ect, 1)
    settings = frappe.get_single("Induction Settings")
    for days in (21, 42):
        settings.review_available_days = days
        settings.save()
        due, opens = frappe.db.get_value("Progress Review", review, ["scheduled_for", "available_from"])
        assert str(opens) == str(add_days(due, -days))
