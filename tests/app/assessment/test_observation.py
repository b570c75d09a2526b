"""Observations: whether the observer holds QTS is said or not said, never taken for a no."""

import frappe
import pytest

from induction_app.patches import observers_answer_on_qts
from tests import factory


@pytest.mark.parametrize(("ticked", "answer"), [("1", "Yes"), ("0", "")])
def test_a_tick_of_earlier_versions_becomes_an_answer_and_no_tick_none(site, ticked, answer):
    at = factory.shared_place()
    ect = factory.registered_ect(at)
    with factory.on_day("2024-12-05"), factory.acting_as(at.tutor):
        made = frappe.get_doc(
            {
                "doctype": "Observation",
                "ect": ect,
                "observer": at.tutor,
                "observed_on": "2024-10-03",
                "focus": "Routines",
            }
        ).insert()
    assert not made.observer_holds_qts
    frappe.db.set_value("Observation", made.name, "observer_holds_qts", ticked, update_modified=False)
    observers_answer_on_qts.execute()
    assert frappe.db.get_value("Observation", made.name, "observer_holds_qts") == answer
