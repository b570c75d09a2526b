"""Searching the national register as a guest."""

import frappe
import pytest

from induction_app.organisations.school_search import GUESTS_AN_HOUR
from tests.app.organisations.pages import Reader, words

SEARCH = "/register-a-school?q=zzzzz"


@pytest.fixture(autouse=True)
def nobody_searched_yet(site):
    frappe.cache.delete_keys("rl:")
    yield
    frappe.cache.delete_keys("rl:")


def test_from_one_network_so_many_searches_an_hour(url):
    guest = Reader(url)
    assert {guest.open(SEARCH).status_code for _each in range(GUESTS_AN_HOUR)} == {200}
    refused = guest.open(SEARCH)
    assert refused.status_code == 429
    assert "Too many searches were made from your network. Try again in an hour." in words(refused.text)
    assert guest.open("/register-a-school").status_code == 200
    assert Reader(url).open(SEARCH).status_code == 200, "another network is not refused"
