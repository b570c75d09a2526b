"""Signing in and out, forgotten and new passwords, lock-out: as people do it."""

import email
import os
import re
import time
from pathlib import Path

import frappe
import pytest

from tests.browser.records import by_keyboard


def test_sign_in_leads_to_where_the_person_was_going(people, visit, screen):
    ann = people.add("Ann", "Bell")
    visitor = visit(screen=screen)
    visitor.go("/your-account")
    assert visitor.heading() == "Sign in"
    visitor.check("sign-in")
    visitor.sign_in_by_page(ann.email, ann.password)
    assert visitor.page.url.endswith("/your-account")
    assert ann.email in visitor.main()
    visitor.check("your-account")


def test_sign_in_and_out_with_the_keyboard_alone(people, visit):
    ann = people.add("Ann", "Bell")
    visitor = visit()
    visitor.go("/sign-in?redirect-to=/your-account")
    by_keyboard(visitor, "Email address", "email")
    visitor.page.keyboard.type(ann.email)
    by_keyboard(visitor, "Password", "password")
    visitor.page.keyboard.type(ann.password)
    with visitor.page.expect_navigation():
        by_keyboard(visitor, "Sign in")
    assert visitor.heading() == "Your account"
    with visitor.page.expect_navigation():
        by_keyboard(visitor, "Sign out")
    assert "You are signed out" in visitor.main()


def test_sign_in_and_out_without_javascript(people, visit):
    ann = people.add("Ann", "Bell")
    visitor = visit(javascript=False)
    visitor.go("/sign-in?redirect-to=/your-account")
    visitor.sign_in_by_page(ann.email, ann.password)
    assert visitor.heading() == "Your account"
    visitor.button("Sign out")
    assert "You are signed out" in visitor.main()
    visitor.go("/your-account")
    assert visitor.heading() == "Sign in"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)"]
)
def test_sign_in_never_leads_to_another_site(people, visit, url, elsewhere):
    ann = people.add("Ann", "Bell")
    visitor = visit()
    visitor.go(f"/sign-in?redirect-to={elsewhere}")
    visitor.sign_in_by_page(ann.email, ann.password)
    assert visitor.page.url.startswith(url)
    assert not visitor.faults


def test_empty_answers_are_linked_to_their_boxes(visit, screen):
    visitor = visit(screen=screen)
    visitor.go("/sign-in")
    visitor.button("Sign in")
    assert visitor.page.title().startswith("Error: ")
    visitor.check("sign-in-with-errors")
    visitor.page.get_by_role("link", name="Enter your password").click()
    assert visitor.page.evaluate("document.activeElement.id") == "password"


def test_wrong_password_and_unknown_account_read_the_same(people, visit):
    ann = people.add("Ann", "Bell")
    said = []
    for address in (ann.email, "nobody@example.org"):
        visitor = visit()
        visitor.go("/sign-in")
        visitor.sign_in_by_page(address, "not the password")
        said.append(visitor.main().replace(address, ""))
        assert visitor.page.get_by_label("Email address").input_value() == address
        assert visitor.page.get_by_label("Password", exact=True).input_value() == ""
    assert said[0] == said[1]
    assert "The email address or password is not right" in said[0]


def test_five_wrong_tries_lock_even_the_right_password_out(people, visit):
    ann = people.add("Ann", "Bell")
    visitor = visit()
    visitor.go("/sign-in")
    assert (
        "After 5 wrong tries in a row, for one account or from one network, you have to wait 5 minutes"
        in visitor.main()
    )
    for _ in range(4):
        visitor.sign_in_by_page(ann.email, "not the password")
        assert "The email address or password is not right" in visitor.main()
    visitor.sign_in_by_page(ann.email, "not the password")
    assert "There have been 5 wrong tries in a row" in visitor.main()
    visitor.sign_in_by_page(ann.email, ann.password)
    assert "There have been 5 wrong tries in a row" in visitor.main()
    visitor.check("sign-in-locked")
    from_elsewhere = visit()
    from_elsewhere.go("/sign-in")
    from_elsewhere.sign_in_by_page(ann.email, ann.password)
    assert "There have been 5 wrong tries in a row" in from_elsewhere.main()


def test_forgotten_password_by_mail(people, visit, screen):
    ann = people.add("Ann", "Bell")
    visitor = visit(screen=screen)
    visitor.go("/sign-in")
    visitor.page.get_by_role("link", name="I have forgotten my password").click()
    visitor.check("forgotten-password")
    visitor.page.get_by_label("Email address").fill(ann.email)
    visitor.button("Send the link")
    assert visitor.heading() == "Check your email"
    visitor.check("forgotten-password-sent")
    visitor.go(link_mailed_to(ann.email))
    visitor.check("update-password")
    visitor.page.get_by_label("New password", exact=True).fill("short")
    visitor.page.get_by_label("New password again").fill("short")
    visitor.button("Save the password")
    assert "Choose a stronger password" in visitor.main()
    visitor.page.get_by_label("New password", exact=True).fill("marble kettle orchard nine")
    visitor.page.get_by_label("New password again").fill("marble kettle orchard nine")
    visitor.button("Save the password")
    assert "Your new password is saved" in visitor.main()
    visitor.sign_in_by_page(ann.email, "marble kettle orchard nine")
    visitor.go("/your-account")
    assert visitor.heading() == "Your account"


def test_a_reset_link_works_once(people, visit):
    ann = people.add("Ann", "Bell")
    link = frappe.get_doc("User", ann.email).reset_password()
    frappe.db.commit()
    visitor = visit()
    for password in ("marble kettle orchard nine", "another kettle orchard ten"):
        visitor.go(link[link.index("/update-password") :])
        visitor.page.get_by_label("New password", exact=True).fill(password)
        visitor.page.get_by_label("New password again").fill(password)
        visitor.button("Save the password")
    assert "used before or is invalid" in visitor.main()
    visitor.go("/sign-in?redirect-to=/your-account")
    visitor.sign_in_by_page(ann.email, "marble kettle orchard nine")
    assert visitor.heading() == "Your account"


def test_forgotten_password_says_the_same_for_unknown_accounts(people, visit):
    visitor = visit()
    visitor.go("/forgotten-password")
    visitor.page.get_by_label("Email address").fill("nobody@example.org")
    visitor.button("Send the link")
    assert visitor.heading() == "Check your email"


def link_mailed_to(address: str) -> str:
    """The link in the newest mail to an address, as the SMTP server received it."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for path in sorted(Path(os.environ["INDUCTION_MAIL"]).glob("*.eml"), reverse=True):
            message = email.message_from_bytes(path.read_bytes())
            if address in (message["To"] or ""):
                text = "".join(
                    part.get_payload(decode=True).decode()
                    for part in message.walk()
                    if part.get_content_type() == "text/html"
                )
                return re.search(r'href="[^"]*(/update-password\?key=[^"]+)"', text)[1]
        time.sleep(0.3)
    raise AssertionError(f"No mail to {address} arrived")
