"""What people type into a list's search is text: % and _ stand for themselves."""

import re

import frappe
import pytest

from tests import factory
from tests.app.pages.looking import page


@pytest.fixture
def at(site):
    return factory.shared_place()


def test_people_are_searched_by_what_is_typed(at):
    name = frappe.utils.get_fullname(at.mentor)
    assert name in page(at.head, f"/people/at/{at.school}?name={name[1:4]}")
    assert name not in page(at.head, f"/people/at/{at.school}?name=%25")


def test_a_page_of_people_holds_some_of_them(at):
    for number in range(10, 35):
        factory.person(f"Many{number}", "Mentor", at.school)
    address = f"/people/at/{at.school}?name=Many&standing=now"
    first, second = (
        set(re.findall(r"Many(\d\d) Person", page(at.head, f"{address}&page={n}"))) for n in (1, 2)
    )
    assert (len(first), len(second), len(first | second)) == (20, 5, 25)


def test_registrations_are_searched_by_what_is_typed(at):
    factory.draft_ect(at, first_name="Per_cent")
    factory.draft_ect(at, first_name="Perxcent")
    shown = page(at.administrator, "/registrations?name=Per_cent")
    assert "Per_cent" in shown and "Perxcent" not in shown
