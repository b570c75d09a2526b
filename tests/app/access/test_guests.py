"""What people are told who have not signed in: nothing about who has an account."""

from __future__ import annotations

import time

import frappe
import pytest
import requests

METHODS = {
    "frappe.core.doctype.user.user.reset_password": "user",
    "frappe.www.login.send_login_link": "email",
}


@pytest.fixture(autouse=True)
def asked_for_the_first_time(world):
    """Nobody has asked too often yet."""
    frappe.db.rollback()
    frappe.cache.delete_keys("rl:")


@pytest.fixture
def link_allowed(world):
    """An administrator has switched signing in by a mailed link on."""
    _set_link(1)
    yield
    _set_link(0)


def _set_link(value: int) -> None:
    frappe.db.rollback()
    frappe.db.set_single_value("System Settings", "login_with_email_link", value)
    frappe.db.commit()
    frappe.clear_document_cache("System Settings", "System Settings")


@pytest.mark.parametrize("method", METHODS)
def test_nobody_is_told_who_has_an_account(world, url, link_allowed, method):
    answers = []
    for address in (world.people["HEA"], "nobody.at.all@example.org"):
        answer = requests.post(f"{url}/api/method/{method}", data={METHODS[method]: address}, timeout=60)
        answers.append((answer.status_code, answer.text))
        assert "head" not in answer.text.lower()
    assert answers[0] == answers[1]
    assert answers[0][0] == 200


def test_who_has_an_account_gets_a_link_all_the_same(world, url):
    person = world.people["GOV"]
    requests.post(
        f"{url}/api/method/frappe.core.doctype.user.user.reset_password", data={"user": person}, timeout=60
    )
    until = time.monotonic() + 30
    while time.monotonic() < until:
        frappe.db.rollback()
        if frappe.db.get_value("User", person, "reset_password_key"):
            return
        time.sleep(0.2)
    pytest.fail("No link was made.")


def test_a_mailed_link_does_not_sign_in_unless_an_administrator_says_so(world):
    """It goes past the second step, so a new site starts without it, and without signing up by oneself."""
    frappe.db.rollback()
    assert frappe.db.get_single_value("System Settings", "login_with_email_link") == 0
    assert frappe.db.get_single_value("Website Settings", "disable_signup") == 1
