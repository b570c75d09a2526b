"""What the framework counts, on pages: searches of the register and links for passwords each by themselves."""

import frappe
import pytest

from induction_app.page_kit.sign_in.passwords import TO_ONE_ADDRESS
from tests.app.organisations.pages import Reader, words

TOO_MANY = "Too many links were asked for in the last hour"
LOCKED = (
    "There have been 5 wrong tries in a row, for this account or from the network you are on, "
    "so you cannot sign in for 5 minutes"
)


@pytest.fixture(autouse=True)
def nothing_counted_yet(site):
    frappe.cache.delete_keys("rl:")
    yield
    frappe.cache.delete_keys("rl:")


def ask_for_link(reader: Reader, email: str) -> str:
    """What the page says: nothing where it leads on to “Check your email”."""
    answer = reader.send("/forgotten-password", email=email)
    return "" if answer.status_code == 303 else words(answer.text)


def test_searches_of_the_register_leave_the_link_for_a_password_alone(url):
    guest = Reader(url)
    for _each in range(25):
        guest.page("/register-a-school?q=zzzzz")
    assert ask_for_link(guest, "nobody.yet@example.org") == ""


def test_one_address_is_one_however_it_is_written(url):
    ways = ("Una.Sent@example.org", " una.sent@example.org ", "UNA.SENT@EXAMPLE.ORG")
    assert {ask_for_link(Reader(url), way) for way in ways} == {""}
    assert TOO_MANY in ask_for_link(Reader(url), "una.sent@example.org")


def test_a_whole_school_may_forget_its_passwords(url):
    guest = Reader(url)
    assert {ask_for_link(guest, f"nobody.{number}@example.org") for number in range(20)} == {""}
    assert TOO_MANY in ask_for_link(guest, "nobody.else@example.org")
    assert ask_for_link(Reader(url), "nobody.else@example.org") == ""


def test_one_address_is_sent_so_many_links_from_wherever_they_are_asked_for(url):
    for _each in range(TO_ONE_ADDRESS):
        assert ask_for_link(Reader(url), "somebody@example.org") == ""
    assert TOO_MANY in ask_for_link(Reader(url), "somebody@example.org")


def test_who_is_locked_out_with_a_network_is_not_told_that_their_account_is(url):
    guest = Reader(url)
    for number in range(5):
        guest.send("/sign-in", email=f"nobody.{number}@example.org", password="not the password")
    said = words(guest.send("/sign-in", email="george@example.org", password="whatever it is").text)
    assert LOCKED in said
    assert "nobody can sign in" not in said
