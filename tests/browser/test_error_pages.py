"""403, 404 and 500: what the person reads, and that nothing they wrote is lost."""

import re

import frappe
import pytest
import requests


def test_not_found(people, visit, screen):
    ann = people.add("Ann", "Bell")
    for visitor in (visit(screen=screen), visit(ann, screen)):
        answer = visitor.page.goto("/no-such-page")
        assert answer.status == 404
        assert visitor.heading() == "Page not found"
    visitor.check("not-found")


def test_a_404_is_not_kept_for_the_next_person(people, visit):
    ann = people.add("Ann", "Bell")
    visitor = visit(ann)
    visitor.go("/no-such-page")
    assert "Ann Bell" in visitor.page.locator("header").inner_text()
    guest = visit()
    guest.go("/no-such-page")
    assert "Ann Bell" not in guest.page.locator("header").inner_text()


def test_not_allowed_says_whom_to_ask(people, visit, screen):
    """A page that only shows refuses what is sent to it."""
    ann = people.add("Ann", "Bell")
    visitor = visit(ann, screen)
    visitor.go("/your-account")
    visitor.page.evaluate(
        """() => {
            const form = document.querySelector('header form').cloneNode(true);
            form.action = '/your-account';
            document.body.append(form);
            form.submit();
        }"""
    )
    visitor.page.wait_for_load_state()
    assert visitor.heading() == "You cannot see this page"
    assert "signed in as Ann Bell" in visitor.main()
    assert "Ask the person who looks after induction" in visitor.main()
    visitor.check("not-allowed")


@pytest.fixture
def users_cannot_be_saved(site: None):
    """A database that refuses, as a full disk would: the error comes from the real server."""
    frappe.db.sql_ddl(
        "create trigger refuse_user before update on `tabUser` for each row "
        "if new.last_name = 'Break' then signal sqlstate '45000' set message_text = 'refused'; end if"
    )
    yield
    frappe.db.sql_ddl("drop trigger refuse_user")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_500_loses_nothing(people, visit, users_cannot_be_saved, screen, javascript):
    ann = people.add("Ann", "Bell")
    visitor = visit(ann, screen, javascript)
    visitor.go("/your-details")
    visitor.page.get_by_label("First name").fill("Anneliese of the long name")
    visitor.page.get_by_label("Last name").fill("Break")
    visitor.button("Save")
    assert visitor.heading() == "Sorry, there is a problem with the service"
    assert "Anneliese of the long name" in visitor.main()
    reference = re.search(r"\d{4}-[0-9A-F]{6}", visitor.main())[0]
    frappe.db.rollback()
    logged = frappe.get_last_doc("Error Log", {"method": ("like", f"{reference}%")})
    assert "Anneliese" not in (logged.error or "") + str(logged.get("metadata") or "")
    if javascript:
        visitor.check("problem-with-the-service")
        visitor.go("/your-details")
        assert visitor.page.get_by_label("First name").input_value() == "Anneliese of the long name"


def test_accessibility_statement(visit, screen):
    visitor = visit(screen=screen)
    visitor.go("/accessibility")
    visitor.check("accessibility")


@pytest.mark.parametrize("path", ["/sign-in", "/accessibility", "/no-such-page"])
def test_security_headers(url, path):
    headers = requests.get(f"{url}{path}", timeout=60).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "http:" not in policy and "*" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]


def test_the_frameworks_sign_in_address_leads_to_ours(url):
    answer = requests.get(f"{url}/login?redirect-to=/desk", allow_redirects=False, timeout=60)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?redirect-to=%2Fdesk"
