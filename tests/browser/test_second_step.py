"""The authenticator app: setting it up, using it, losing it."""

import time

import frappe
import pyotp
import pytest
import requests
from frappe.twofactor import get_otpsecret_for_

from tests.browser.people import People, Person

ROLE = "Second step tester"


@pytest.fixture(scope="module")
def second_step(bench_site: None, url: str):
    """The second step is asked of one role, by every process of the web server."""
    frappe.set_user("Administrator")
    if not frappe.db.exists("Role", ROLE):
        frappe.get_doc({"doctype": "Role", "role_name": ROLE, "desk_access": 0}).insert()
    frappe.db.set_single_value(
        "System Settings", {"enable_two_factor_auth": 1, "two_factor_method": "OTP App"}
    )
    frappe.db.set_value("Role", ROLE, "two_factor_auth", 1)
    frappe.db.commit()
    frappe.clear_cache()
    wait_until_asked(url, People().add("Eve", "Early", roles=[ROLE]))
    yield
    frappe.db.set_single_value("System Settings", "enable_two_factor_auth", 0)
    frappe.db.commit()
    frappe.clear_cache()


def wait_until_asked(url: str, person: Person) -> None:
    """Each process of the web server keeps settings for a moment: wait until all have the new ones."""
    asked = 0
    until = time.monotonic() + 30
    while asked < 6:
        assert time.monotonic() < until, "the second step is not asked for"
        answer = requests.post(
            f"{url}/api/method/login", data={"usr": person.email, "pwd": person.password}, timeout=60
        )
        asked = asked + 1 if "verification" in answer.json() else 0


def code_of(person) -> str:
    """What the person's app shows now, in time to be sent: a code lasts until the half minute is over."""
    frappe.db.rollback()
    left = 30 - time.time() % 30
    if left < 6:
        time.sleep(left)
    return pyotp.TOTP(get_otpsecret_for_(person.email)).now()


def wrong(code: str) -> str:
    return f"{(int(code) + 123456) % 1000000:06}"


def test_first_sign_in_sets_the_app_up(people, visit, second_step, screen):
    ann = people.add("Ann", "Bell", roles=[ROLE])
    visitor = visit(screen=screen)
    visitor.go("/sign-in?redirect-to=/your-account")
    visitor.sign_in_by_page(ann.email, ann.password)
    assert visitor.heading() == "Set up your authenticator app"
    assert visitor.page.locator(".kit-qr svg").is_visible()
    visitor.page.get_by_text("I cannot scan the picture").click()
    letters = visitor.page.locator(".kit-secret").inner_text().replace(" ", "")
    visitor.check("set-up-authenticator")
    visitor.page.get_by_label("Code").fill(wrong(pyotp.TOTP(letters).now()))
    visitor.button("Continue")
    assert "This code is not right" in visitor.main()
    visitor.page.get_by_label("Code").fill(pyotp.TOTP(letters).now())
    visitor.button("Continue")
    assert visitor.heading() == "Your account"
    assert "A code from your authenticator app" in visitor.main()


def test_later_sign_ins_ask_for_a_code_and_never_show_the_key(people, visit, second_step):
    ann = people.add("Ann", "Bell", roles=[ROLE])
    first = visit(javascript=False)
    first.go("/sign-in")
    first.sign_in_by_page(ann.email, ann.password)
    first.page.get_by_label("Code").fill(code_of(ann))
    first.button("Continue")
    visitor = visit()
    visitor.go("/sign-in?redirect-to=/your-account")
    visitor.sign_in_by_page(ann.email, ann.password)
    assert visitor.heading() == "Enter your code"
    assert visitor.page.locator(".kit-qr").count() == 0
    visitor.check("sign-in-code")
    code = code_of(ann)
    visitor.page.get_by_label("Code").fill(f"{code[:3]} {code[3:]}")
    visitor.button("Continue")
    assert visitor.heading() == "Your account"


def test_a_password_alone_opens_nothing(people, visit, second_step):
    ann = people.add("Ann", "Bell", roles=[ROLE])
    visitor = visit()
    visitor.go("/sign-in")
    visitor.sign_in_by_page(ann.email, ann.password)
    visitor.go("/your-account")
    assert visitor.heading() == "Sign in"


def test_the_code_page_alone_leads_to_sign_in(visit, second_step):
    visitor = visit()
    visitor.go("/sign-in-code")
    assert visitor.heading() == "Sign in"


def test_a_new_password_by_mail_does_not_skip_the_second_step(people, visit, second_step):
    ann = people.add("Ann", "Bell", roles=[ROLE])
    link = frappe.get_doc("User", ann.email).reset_password()
    frappe.db.commit()
    visitor = visit()
    visitor.go(link[link.index("/update-password") :])
    visitor.page.get_by_label("New password", exact=True).fill("marble kettle orchard nine")
    visitor.page.get_by_label("New password again").fill("marble kettle orchard nine")
    visitor.button("Save the password")
    visitor.go("/your-account")
    assert visitor.heading() == "Sign in"
    visitor.sign_in_by_page(ann.email, "marble kettle orchard nine")
    assert visitor.heading() == "Set up your authenticator app"


def test_a_new_phone(people, visit, second_step, screen):
    ann = people.add("Ann", "Bell", roles=[ROLE])
    visitor = visit(screen=screen)
    visitor.go("/sign-in?redirect-to=/your-account")
    visitor.sign_in_by_page(ann.email, ann.password)
    visitor.page.get_by_label("Code").fill(code_of(ann))
    visitor.button("Continue")
    visitor.page.get_by_role("link", name="Change your authenticator app").click()
    visitor.check("new-authenticator")
    visitor.page.get_by_label("Your password").fill(ann.password)
    visitor.button("Forget the old phone and sign out")
    visitor.sign_in_by_page(ann.email, ann.password)
    assert visitor.heading() == "Set up your authenticator app"
