"""Schools and their people in the browser: a school registers itself, its body answers, people come and go."""

import email
import email.policy
import re

import frappe
import pytest

from tests import factory
from tests.browser.school import School
from tests.factory import on_day


@pytest.fixture(scope="module")
def school(bench_site):
    """A school with people and its body, on a day in June; and two schools of the register without any."""
    frappe.set_user("Administrator")
    made = School(factory.place())
    frappe.db.set_value("School", made.place.school, "school_name", "Hill Lane Primary School")
    made.ects["esme"] = factory.registered_ect(made.place, first_name="Esme", last_name="Early")
    frappe.db.commit()
    with on_day("2025-06-20"):
        yield made


@pytest.fixture
def meadow(site) -> str:
    """A school of the register that nobody has used the service for, and a closed one of the same name."""
    n = factory.number()
    places = {"town": "Wells", "postcode": "BA5 2PN", "establishment_type": "Community school"}
    for urn, status, name in (
        (410_000 + n, "Open", f"Meadow {n} Primary School"),
        (510_000 + n, "Closed", f"Meadow {n} Infant School"),
    ):
        frappe.get_doc(
            {
                "doctype": "School",
                "urn": str(urn),
                "school_name": name,
                "status": status,
                "phase": "Primary",
                "la_name": "Somerset",
                "street": "Meadow Lane",
                **places,
            }
        ).insert()
    frappe.db.commit()
    return str(410_000 + n)


def newest_link(address: str, pattern: str) -> str:
    """The link in the newest mail queued for an address."""
    frappe.db.rollback()
    queues = frappe.get_all("Email Queue Recipient", filters={"recipient": address}, pluck="parent")
    message = frappe.get_all(
        "Email Queue", filters={"name": ("in", queues)}, order_by="creation desc", limit=1, pluck="message"
    )[0]
    parsed = email.message_from_string(message, policy=email.policy.default)
    return re.search(pattern, parsed.get_body(preferencelist=("plain",)).get_content())[0]


def ask(visitor, school: School, meadow: str, address: str, see=lambda name: None) -> None:
    """From the sign-in page to the link that was mailed."""
    n = int(meadow) - 410_000
    visitor.go("/sign-in")
    see("sign-in-with-registering")
    visitor.link("Register a school")
    see("register-a-school")
    visitor.page.get_by_label("Name, postcode or URN").fill(f"Meadow {n}")
    visitor.button("Find")
    see("register-a-school-found")
    assert "is closed in the national register" in visitor.main()
    visitor.link(f"Meadow {n} Primary School")
    see("register-a-school-who")
    visitor.button("Continue")
    assert "There is a problem" in visitor.main()
    see("register-a-school-who-missing")
    visitor.page.get_by_label("First name").fill("Rita")
    visitor.page.get_by_label("Last name").fill("Rowe")
    visitor.page.get_by_label("Work email address").fill(address)
    visitor.page.get_by_label("Headteacher").check()
    visitor.button("Continue")
    see("register-a-school-body")
    visitor.page.get_by_label("Which appropriate body").select_option(label=school.place.body)
    visitor.button("Continue")
    see("register-a-school-check")
    assert address in visitor.main()
    visitor.button("Send")
    see("register-a-school-sent")
    assert address in visitor.main()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_a_school_registers_itself_and_begins(school, meadow, site, visit, screen, javascript):
    address = f"rita.{factory.number()}@example.com"
    guest = visit(screen=screen, javascript=javascript)

    def see(name: str) -> None:
        guest.check(name if javascript else f"{name}-no-scripts")

    ask(guest, school, meadow, address, see)
    guest.go(newest_link(address, r"/confirm-a-school\?key=\S+"))
    see("confirm-a-school")
    guest.button("Confirm")
    see("register-a-school-confirmed")
    assert guest.heading() == "Your request is sent"
    guest.page.go_back()
    guest.page.reload()
    assert "does not work any more" in guest.heading()
    see("confirm-a-school-used")
    # The officer finds it on home, opens it and authorises.
    officer = visit(school.person("officer"), screen, javascript)
    officer.go("/")
    assert "Schools to authorise" in officer.main()
    officer.check("home-school-to-authorise")
    officer.link("school waits" if "1 school waits" in officer.main() else "schools wait")
    officer.check("schools-to-authorise")
    n = int(meadow) - 410_000
    officer.link(f"Meadow {n} Primary School")
    officer.check("school-asks")
    officer.link("Rita Rowe")
    officer.check("school-request")
    officer.button("Authorise")
    assert "is authorised" in officer.main()
    officer.check("schools-authorised")
    # The head sets a password, signs in and adds a mentor.
    guest.go(newest_link(address, r"/update-password\?key=\S+"))
    see("set-first-password")
    guest.page.get_by_label("New password", exact=True).fill("Meadow larks sing 4 us")
    guest.page.get_by_label("New password again").fill("Meadow larks sing 4 us")
    guest.button("Save the password")
    guest.sign_in_by_page(address, "Meadow larks sing 4 us")
    guest.go("/people")
    see("people-first")
    guest.button("Add somebody")
    see("people-add")
    mentor = f"mo.{factory.number()}@example.com"
    guest.page.get_by_label("First name").fill("Mo")
    guest.page.get_by_label("Last name").fill("Mentor")
    guest.page.get_by_label("Work email address").fill(mentor)
    guest.page.get_by_label("Mentor", exact=True).check()
    guest.button("Add")
    assert "Mo Mentor" in guest.main()
    see("people-added")
    assert newest_link(mentor, r"/update-password\?key=\S+")


def test_a_request_is_returned(school, meadow, site, visit, screen):
    address = f"rita.{factory.number()}@example.com"
    guest = visit(screen=screen)
    ask(guest, school, meadow, address)
    guest.go(newest_link(address, r"/confirm-a-school\?key=\S+"))
    guest.button("Confirm")
    request = frappe.db.get_value("School Registration", {"email": address})
    officer = visit(school.person("officer"), screen)
    officer.go(f"/schools/requests/{request}")
    officer.button("Return with a reason")
    officer.check("school-request-return")
    officer.page.get_by_label("Why do you return it?").fill("Write from the address of the school.")
    officer.button("Return")
    officer.go(f"/schools/requests/{request}")
    assert "Returned on" in officer.main()
    officer.check("school-request-returned")


def test_the_people_of_a_school(school, site, visit, screen):
    head = visit(school.person("head"), screen)
    head.go("/people")
    assert "Tutor Person" in head.main()
    head.check("people")
    position = frappe.db.get_value("Induction Staff", {"user": school.place.tutor})
    head.go(f"/people/{position}/end")
    head.check("people-end")
    head.button("End the role")
    assert "is Induction Tutor of Esme Early" in head.main()
    head.check("people-end-refused")
    head.link("Esme Early")
    assert head.heading() == "Who looks after Esme Early"
    head.check("case-people")
    coordinator = visit(school.person("coordinator"), screen)
    coordinator.go(f"/schools/{school.place.school}")
    coordinator.check("school-own")
    coordinator.go(f"/people/at/{school.place.school}")
    coordinator.button("Add somebody")
    assert not coordinator.page.get_by_label("Headteacher").count()


def test_an_officer_invites_a_school_and_begins_an_audit(school, meadow, site, visit, screen):
    officer = visit(school.person("officer"), screen)
    officer.go("/schools")
    officer.check("schools")
    officer.button("Invite a school")
    officer.page.get_by_label("Name, postcode or URN").fill(meadow)
    officer.button("Find")
    officer.check("invite-a-school")
    officer.link(f"Meadow {int(meadow) - 410_000}")
    officer.check("school-invite")
    officer.page.get_by_label("First name").fill("Ivy")
    officer.page.get_by_label("Last name").fill("Invited")
    officer.page.get_by_label("Work email address").fill(f"ivy.{factory.number()}@example.com")
    officer.page.get_by_label("School Administrator").check()
    officer.button("Invite")
    assert "Ivy Invited" in officer.main()
    officer.check("people-invited")
    officer.go(f"/schools/{meadow}")
    officer.check("school-authorised")
    officer.link("Begin a quality audit")
    officer.check("audit-begin")
    officer.page.get_by_label("Visit", exact=True).check()
    for part, text in (("day", "1"), ("month", "10"), ("year", "2025")):
        officer.page.locator(f"#planned-on-{part}").fill(text)
    officer.button("Begin")
    assert "/audits/" in officer.page.url
    officer.check("audit-begun")
    officer.go("/people")
    officer.check("people-of-a-body")
