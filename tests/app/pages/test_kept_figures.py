"""Figures over thousands of cases: counted once a minute, and anew when the person has sent something."""

from itertools import count

import frappe
import pytest
from frappe.permissions import add_user_permission

from induction_app.access.positions import forget_positions
from induction_app.pages.kept_figures import count_anew, kept_figures
from tests import factory
from tests.factory import acting_as


@pytest.fixture
def counting(site):
    """Count as a person; each time it is really counted, the number is one higher."""
    times = count(1)

    def figures(user: str) -> int:
        with acting_as(user):
            forget_positions()
            return kept_figures("test", lambda: next(times))[1]

    return figures


def _sends(user: str, method: str) -> None:
    with acting_as(user):
        count_anew(request=frappe._dict(method=method))


def test_they_are_kept_for_one_person_alone(counting):
    at = factory.place()
    assert [counting(at.officer), counting(at.officer)] == [1, 1]
    assert counting(at.head) == 2
    assert counting(at.officer) == 1


def test_who_sends_something_sees_what_it_changed(counting):
    at = factory.place()
    counting(at.officer), counting(at.head)
    _sends(at.officer, "GET")
    assert counting(at.officer) == 1
    _sends(at.officer, "POST")
    assert [counting(at.officer), counting(at.head)] == [3, 2]


def test_another_position_counts_anew(counting):
    at = factory.place()
    assert counting(at.officer) == 1
    frappe.db.set_value("Induction Staff", {"user": at.officer}, "ends_on", "2020-01-01")
    assert counting(at.officer) == 2


def test_a_user_permission_counts_anew(counting):
    at = factory.place()
    assert counting(at.officer) == 1
    add_user_permission("School", at.school, at.officer)
    assert counting(at.officer) == 2


def test_after_a_minute_they_are_counted_again(counting, monkeypatch):
    at = factory.place()
    assert counting(at.officer) == 1
    monkeypatch.setattr("induction_app.pages.kept_figures.SECONDS", 0)
    assert counting(at.officer) == 2
