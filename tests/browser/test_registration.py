"""A registration from the school's first page to the appropriate body's authorisation."""

import frappe
import pytest

from tests import factory
from tests.browser.school import School
from tests.factory import on_day


@pytest.fixture(scope="module")
def school(bench_site):
    """A school and its body with no ECT yet, on a day in June."""
    frappe.set_user("Administrator")
    made = School(factory.place())
    frappe.db.set_value("School", made.place.school, "school_name", "Hill Lane Primary School")
    frappe.db.commit()
    with on_day("2025-06-20"):
        yield made


def fill_day(visitor, field: str, day: str) -> None:
    """Type a day as its three boxes ask for it."""
    for part, text in zip(("day", "month", "year"), day.split(), strict=True):
        visitor.page.locator(f"#{field}-{part}").fill(text)


def begin(visitor, first: str, last: str, **more: str) -> str:
    """The first page; returns the new record's name."""
    visitor.go("/register-an-ect")
    visitor.page.get_by_label("First name").fill(first)
    visitor.page.get_by_label("Last name").fill(last)
    for label, text in more.items():
        visitor.page.get_by_label(label).fill(text)
    visitor.button("Save and continue")
    return visitor.page.url.split("/cases/")[1].split("/")[0]


def answer_everything(visitor, school: School, trn: str, email: str, see=lambda name: None) -> None:
    """From the second step to check-your-answers."""
    names = {
        role: frappe.db.get_value("User", school.place.people[role], "full_name")
        for role in ("tutor", "mentor")
    }
    see("registration-email")
    visitor.page.get_by_label("Email address").fill(email)
    visitor.button("Save and continue")
    see("registration-identity")
    fill_day(visitor, "date-of-birth", "3 2 1999")
    visitor.page.get_by_label("Teacher reference number").fill(trn)
    visitor.page.get_by_label("National Insurance number").fill("AB 12 34 56 C")
    visitor.button("Save and continue")
    see("registration-qualification")
    fill_day(visitor, "qts-awarded-on", "1 7 2024")
    visitor.button("Save and continue")
    see("registration-induction")
    fill_day(visitor, "start-date", "1 9 2025")
    visitor.button("Save and continue")
    see("registration-contract")
    visitor.page.get_by_label("Subject or phase").fill("Mathematics")
    visitor.button("Save and continue")
    see("registration-programme")
    visitor.page.get_by_label("Training provider").fill("Learn Well")
    visitor.button("Save and continue")
    see("registration-people")
    visitor.page.get_by_label("Induction tutor").select_option(label=names["tutor"])
    visitor.page.get_by_label("Mentor", exact=True).select_option(label=names["mentor"])
    visitor.button("Save and continue")
    see("registration-suitable-post")
    for box in visitor.page.get_by_role("checkbox").all():
        box.check()
    visitor.button("Save and continue")


def stored(name: str, *fields: str) -> dict:
    frappe.db.rollback()
    return frappe.db.get_value("ECT", name, fields, as_dict=True)


def test_register_return_correct_and_authorise(school, site, visit, screen):
    number = factory.number()
    email = f"bea.{number}@example.com"
    administrator = visit(school.person("administrator"), screen)
    administrator.go("/register-an-ect")
    administrator.check("register-an-ect")
    more = {"Title": "Ms", "Middle names": "Anne", "Previous surname": "Bird"}
    name = begin(administrator, "Bea", "Early", **more)
    answer_everything(administrator, school, f"{4_000_000 + number}", email, administrator.check)

    # Check the answers, then send them.
    assert "Check your answers" in administrator.heading()
    said = administrator.main()
    for answer in (
        "Ms",
        "Bea",
        "Anne",
        "Bird",
        email,
        "3 February 1999",
        "1 July 2024",
        "1 September 2025",
        "Mathematics",
        "Learn Well",
    ):
        assert answer in said
    assert "AB123456C" not in said and "Given; not shown" in said
    administrator.check("registration-check")
    administrator.button("Send to appropriate body")
    assert "Registration with appropriate body" in administrator.main()
    administrator.check("registration-sent")
    assert stored(name, "stage", "ni_number") == {"stage": "ab_check", "ni_number": "AB123456C"}

    # The officer finds it in the queue and sends it back with a reason.
    officer = visit(school.person("officer"), screen)
    officer.go("/registrations")
    assert "Authorise or return the registration" in officer.main()
    officer.check("registrations")
    officer.link("Bea Anne Early")
    assert "AB123456C" in officer.main()
    officer.check("registration-for-the-body")
    officer.button("Return to school")
    officer.button("Return to school")
    assert "Say why you return it" in officer.main()
    officer.page.get_by_label("Why do you return it?").fill("Which year groups will she teach?")
    officer.check("registration-return")
    officer.button("Return to school")
    assert stored(name, "stage", "return_reason")["stage"] == "returned"

    # The school sees why, puts it right, and sends it again.
    administrator.go("/")
    administrator.link("Bea Anne Early: registration")
    assert "Which year groups will she teach?" in administrator.main()
    administrator.check("registration-returned")
    administrator.link("Contract and hours")
    administrator.page.get_by_label("Year groups").fill("Years 3 and 4")
    administrator.button("Save and continue")
    administrator.go(f"/cases/{name}/registration/check")
    assert "Which year groups will she teach?" in administrator.main()
    administrator.page.get_by_label("What do you answer").fill("Years 3 and 4, from the first day.")
    administrator.check("registration-answer")
    administrator.button("Send to appropriate body")

    # Authorised with a start date and a named contact.
    officer.go(f"/cases/{name}")
    assert "Years 3 and 4, from the first day." in officer.main()
    officer.check("registration-answered")
    assert officer.page.get_by_role("button", name="Authorise").count() == 1
    assert officer.page.get_by_role("link", name="Authorise").count() == 0
    officer.button("Authorise")
    assert "Years 3 and 4, from the first day." in officer.main()
    officer.check("registration-authorise")
    fill_day(officer, "start-date", "2 9 2025")
    officer.button("Authorise")
    assert "Registered" in officer.main()
    kept = stored(name, "stage", "start_date", "named_contact", "induction_status", "user")
    assert str(kept.start_date) == "2025-09-02"
    assert (kept.stage, kept.named_contact) == ("registered", school.place.contact)
    assert (kept.induction_status, kept.user) == ("Waiting to start", email)


def test_the_whole_registration_without_javascript(school, site, visit):
    number = factory.number()
    visitor = visit(school.person("coordinator"), javascript=False)
    name = begin(visitor, "Cy", "Early")
    answer_everything(visitor, school, f"{4_000_000 + number}", f"cy.{number}@example.com")
    visitor.button("Send to appropriate body")
    assert stored(name, "stage")["stage"] == "ab_check"


def test_a_headteacher_can_register_too(school, site, visit):
    number = factory.number()
    visitor = visit(school.person("head"))
    name = begin(visitor, "Dee", "Early")
    answer_everything(visitor, school, f"{4_000_000 + number}", f"dee.{number}@example.com")
    visitor.button("Send to appropriate body")
    kept = stored(name, "stage", "trn", "ni_number")
    assert (kept.stage, kept.trn, kept.ni_number) == ("ab_check", f"{4_000_000 + number}", "AB123456C")


def test_a_trn_entered_twice_is_caught_at_once_and_nothing_is_lost(school, site, visit, screen):
    taken = frappe.db.get_value("ECT", factory.draft_ect(school.place), "trn")
    frappe.db.commit()
    visitor = visit(school.person("administrator"), screen)
    name = begin(visitor, "Eli", "Early")
    visitor.go(f"/cases/{name}/registration/identity")
    fill_day(visitor, "date-of-birth", "3 2 1999")
    visitor.page.get_by_label("Teacher reference number").fill(taken)
    visitor.button("Save and continue")
    said = visitor.main()
    assert f"{taken} is registered already" in said
    assert visitor.page.get_by_role("alert").get_by_role("link").get_attribute("href") == "#trn"
    assert visitor.page.get_by_label("Teacher reference number").input_value() == taken
    visitor.check("registration-trn-twice")
    assert stored(name, "trn")["trn"] is None


def test_a_registration_is_taken_up_where_it_was_left(school, site, visit):
    first = visit(school.person("administrator"))
    name = begin(first, "Fay", "Early")
    first.page.get_by_label("Email address").fill(f"fay.{factory.number()}@example.com")
    first.button("Save and continue")
    later = visit(school.person("coordinator"))
    later.go("/registrations")
    later.link("Fay Early")
    steps = [" ".join(row.split()) for row in later.page.locator(".govuk-task-list__item").all_inner_texts()]
    assert "Email address Completed" in steps
    assert "Date of birth and teacher reference number Not started" in steps
    assert "Contract and hours Not started" in steps
    assert "Training programme Not started" in steps
    later.check("registration-steps")
    later.link("Contract and hours")
    later.button("Save and continue")
    assert later.heading() == "Training programme"
    later.go(f"/cases/{name}/registration")
    steps = [" ".join(row.split()) for row in later.page.locator(".govuk-task-list__item").all_inner_texts()]
    assert "Contract and hours Completed" in steps, "what was suggested has been read and kept"
    assert "Training programme Not started" in steps
    later.button("Check your answers")
    assert "National Insurance number Not given" in " ".join(later.main().split())
    assert "Before you can send the registration, finish:" in later.main()
    assert later.page.get_by_role("button", name="Send to appropriate body").count() == 0
    assert stored(name, "stage")["stage"] == "drafting"


def test_terms_served_elsewhere_are_asked_of_the_school_and_confirmed_by_the_body(
    school, site, visit, screen
):
    name = factory.draft_ect(school.place, start_date="2025-09-01")
    frappe.db.set_value("ECT", name, "steps_saved", "name post programme")
    frappe.db.commit()
    visitor = visit(school.person("administrator"), screen)
    visitor.go(f"/cases/{name}/registration/induction")
    visitor.page.get_by_label("Yes, elsewhere").check()
    visitor.button("Save and continue")
    assert visitor.heading() == "Induction served before"
    visitor.go(f"/cases/{name}/registration/check")
    assert "Induction served before" in visitor.page.locator(".govuk-inset-text").inner_text()
    visitor.go(f"/cases/{name}/registration/earlier")
    visitor.page.get_by_label("How many terms have they served?").fill("2.5")
    visitor.page.get_by_label("Where and when?").fill("Hill School, September 2024 to May 2025")
    visitor.check("registration-earlier")
    visitor.button("Save and continue")
    visitor.go(f"/cases/{name}/registration/check")
    assert "2.5 terms" in visitor.main()
    visitor.button("Send to appropriate body")
    officer = visit(school.person("officer"), screen)
    officer.go(f"/cases/{name}/registration")
    officer.button("Authorise")
    assert "The school says 2.5 terms." in officer.main()
    served = officer.page.get_by_label("Terms served before this registration")
    assert served.input_value() == "2.5"
    served.fill("")
    officer.button("Authorise")
    assert "Enter the terms served before, as the earlier records show" in officer.main()
    officer.check("registration-authorise-served")
    served.fill("2")
    officer.button("Authorise")
    assert stored(name, "stage", "prior_terms_served") == {"stage": "registered", "prior_terms_served": 2}


def test_a_new_school_is_led_to_where_it_adds_its_staff(site, visit, screen):
    new = School(factory.place())
    staff = {"school": new.place.school, "role": ("in", ["Induction Tutor", "Mentor"])}
    for position in frappe.get_all("Induction Staff", filters=staff, pluck="name"):
        frappe.delete_doc("Induction Staff", position, force=True)
    frappe.db.commit()
    visitor = visit(new.person("administrator"), screen)
    visitor.go("/")
    assert "has no induction tutor and no mentor yet" in visitor.main()
    visitor.check("home-without-staff")
    name = begin(visitor, "Hal", "Early")
    visitor.go(f"/cases/{name}/registration/people")
    visitor.check("registration-without-staff")
    visitor.link("Add your staff")
    assert visitor.heading().startswith("Add somebody at")


def test_trained_outside_england_without_a_number(school, site, visit):
    visitor = visit(school.person("administrator"))
    name = begin(visitor, "Gil", "Early")
    visitor.go(f"/cases/{name}/registration/identity")
    fill_day(visitor, "date-of-birth", "3 2 1999")
    visitor.page.get_by_label("They trained outside England and have no number yet").check()
    visitor.button("Save and continue")
    visitor.go(f"/cases/{name}/registration/check")
    assert "Trained outside England, no number yet" in visitor.main()
    assert (
        "Date of birth and teacher reference number"
        not in visitor.page.locator(".govuk-inset-text").inner_text()
    )


def test_another_schools_people_cannot_open_a_registration(school, site, visit):
    name = factory.draft_ect(school.place)
    stranger = factory.person("Stranger", "School Administrator", school=factory.place().school)
    frappe.db.commit()
    visitor = visit(school.person("tutor"))
    visitor.sign_in(stranger, factory.PASSWORD)
    for address in ("", "/registration", "/registration/identity", "/registration/check", "/do/withdraw"):
        answer = visitor.page.goto(f"/cases/{name}{address}")
        assert answer.status == 403, address
    assert "Whom to ask" in visitor.main() or "Ask the person who looks after induction" in visitor.main()


def test_two_people_fill_in_the_same_step(school, site, visit):
    name = factory.draft_ect(school.place)
    frappe.db.commit()
    one, other = visit(school.person("administrator")), visit(school.person("coordinator"))
    for visitor in (one, other):
        visitor.go(f"/cases/{name}/registration/post")
    one.page.get_by_label("Subject or phase").fill("Physics")
    one.button("Save and continue")
    other.page.get_by_label("Subject or phase").fill("Chemistry")
    other.button("Save and continue")
    assert "changed this while you were writing" in other.main()
    assert other.page.get_by_label("Subject or phase").input_value() == "Chemistry"
    other.button("Save and continue")
    assert stored(name, "subject")["subject"] == "Chemistry"
