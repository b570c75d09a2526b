"""An ECT's page: the figures and why, the timeline and its table, what-if, absences, hours, who may see what."""

import frappe
import pytest

from tests import factory
from tests.browser.school import TODAY, open_school
from tests.factory import acting_as, on_day


@pytest.fixture(scope="module")
def school(bench_site):
    """One school for all tests that change nothing of the case."""
    made = open_school()
    with on_day(TODAY):
        yield made


@pytest.fixture
def own_school(site):
    """A school of the test's own, whose case it may change."""
    made = open_school()
    with on_day(TODAY):
        yield made


def case_of(school) -> str:
    return f"/cases/{school.ects['aisha']}"


def stored(school, *fields: str) -> dict:
    frappe.db.rollback()
    return frappe.db.get_value("ECT", school.ects["aisha"], fields, as_dict=True)


def open_all(visitor) -> None:
    for summary in visitor.page.locator("main details > summary").all():
        summary.click()


def fill_day(visitor, field: str, day: str) -> None:
    for part, text in zip(("day", "month", "year"), day.split(), strict=True):
        visitor.page.locator(f"#{field}-{part}").fill(text)


def test_the_tutors_view(school, site, visit, screen):
    visitor = visit(school.person("tutor"), screen)
    visitor.go(case_of(school))
    assert visitor.heading() == "Aisha Khan"
    said = visitor.main()
    for text in ("In progress", "Hill Lane Primary School", "of 6 terms", "21 March 2025", "Full time"):
        assert text in said
    # Fields of the registration that a tutor does not need stay away.
    for text in ("Date of birth", "Teacher reference number", "National Insurance number"):
        assert text not in said
    visitor.check("case-tutor")
    open_all(visitor)
    said = visitor.main()
    assert "Statutory guidance, paragraphs" in said and "6 terms are required (2.30)" in said
    visitor.check("case-tutor-open")


def test_the_table_says_what_the_schedule_says(school, site, visit):
    visitor = visit(school.person("tutor"))
    visitor.go(case_of(school))
    open_all(visitor)
    rows = visitor.page.locator("table", has_text="Where it stands").locator("tbody tr").all_inner_texts()
    said = [" ".join(row.split()) for row in rows]
    # Fourteen days before the end of each term, brought to a working day; a review is where it was held.
    assert [row for row in said if row.startswith(("Progress", "First", "Final"))] == [
        "Progress review 1 4 December 2024 Review received",
        "Progress review 2 21 March 2025 Overdue Review being written",
        "First formal assessment 8 July 2025 Assessment being written",
        "Progress review 4 5 December 2025 Review being written",
        "Progress review 5 13 March 2026 Review being written",
        "Final assessment 7 July 2026 Assessment being written",
    ]
    assert "Observation 14 November 2024 With ECT for reflection" in said
    assert "Absence: sickness or other 20 January 2025 to 31 January 2025 10 school days" in said


def test_the_picture_draws_what_the_table_lists(school, site, visit):
    """One mark for each: the start, four reviews, two assessments, an observation; one bar; today."""
    visitor = visit(school.person("tutor"))
    visitor.go(case_of(school))
    picture = visitor.page.locator("svg.tl--wide")
    counted = {
        kind: picture.locator(f".tl-mark--{kind}").count()
        for kind in ("review", "assessment", "observation", "start")
    }
    assert counted == {"review": 4, "assessment": 2, "observation": 1, "start": 1}
    assert picture.locator(".tl-bar--absence").count() == 1
    assert picture.locator(".tl-now-text").text_content() == "Today"
    assert picture.locator(".tl-mark--late").count() == 1
    assert picture.get_attribute("role") == "img"
    described = visitor.page.locator(f"#{picture.get_attribute('aria-labelledby').split()[1]}").text_content()
    assert "1 of 6 reviews and assessments are finished" in described


def test_a_phone_gets_the_tall_picture(school, site, visit):
    for screen, seen in (("phone", (False, True)), ("desktop", (True, False))):
        visitor = visit(school.person("tutor"), screen)
        visitor.go(case_of(school))
        wide, tall = (visitor.page.locator(f"svg.tl--{kind}").is_visible() for kind in ("wide", "tall"))
        assert (wide, tall) == seen


def test_the_ects_own_view(school, site, visit, screen):
    visitor = visit(school.person("aisha"), screen)
    visitor.go("/")
    visitor.go(case_of(school))
    open_all(visitor)
    said = visitor.main()
    for text in ("About you", "Date of birth", "3 February 1999", "Who can see your records", "2.79"):
        assert text in said
    people = visitor.page.locator("table", has_text="Sees").locator("tbody tr").all_inner_texts()
    seen = {row.split("\t")[1].strip(): row.split("\t")[-1].strip() for row in people if "\t" in row}
    if screen == "desktop":
        assert seen["Induction Tutor"] == "The case, its progress reviews and its formal assessments"
        assert seen["Mentor"] == "The case and its progress reviews, not its formal assessments"
        assert seen["School Administrator"] == "The case only"
        assert "Governor" not in seen
    visitor.check("case-ect")


@pytest.mark.parametrize(
    "who", ["mentor", "coordinator", "head", "administrator", "officer", "decider", "contact"]
)
def test_everyone_on_the_case_can_open_it(school, site, visit, who):
    visitor = visit(school.person(who))
    assert visitor.go(case_of(school)) and visitor.heading() == "Aisha Khan"
    links = [link.get_attribute("href") for link in visitor.page.locator("main a").all()]
    for link in {link for link in links if link.startswith(("/reviews/", "/assessments/", "/observations/"))}:
        assert visitor.context.request.get(link).status == 200, f"{who} is led to {link}, and cannot open it"
    visitor.check(f"case-{who}")


def test_a_school_administrator_sees_the_schedule_and_no_review(school, site, visit):
    visitor = visit(school.person("administrator"))
    visitor.go(case_of(school))
    open_all(visitor)
    assert "Progress review 2" in visitor.main()
    assert visitor.page.locator("main a[href^='/reviews/']").count() == 0
    assert visitor.page.locator("main a[href*='documents.pdf?doctype=Progress']").count() == 0


def test_people_of_another_school_and_governors_are_refused(school, site, visit):
    elsewhere = factory.person("Stranger", "Induction Tutor", school=factory.place().school)
    frappe.db.commit()
    visitor = visit(school.person("governor"))
    for below in ("", "/events", "/what-if", "/absences/new", "/working-pattern"):
        assert visitor.page.goto(case_of(school) + below).status == 403, below
    assert "Whom to ask" in visitor.main()
    assert "Coordinator" in visitor.main()
    visitor.sign_in(elsewhere, factory.PASSWORD)
    assert visitor.page.goto(case_of(school)).status == 403
    assert "Aisha" not in visitor.page.content()


def test_every_look_is_logged(school, site, visit):
    frappe.db.rollback()
    about = {
        "reference_doctype": "ECT",
        "reference_name": school.ects["aisha"],
        "viewed_by": school.place.mentor,
    }
    before = frappe.db.count("View Log", about)
    visit(school.person("mentor")).go(case_of(school))
    frappe.db.rollback()
    assert frappe.db.count("View Log", about) == before + 1


def test_documents_download(school, site, visit):
    visitor = visit(school.person("tutor"))
    visitor.go(case_of(school))
    links = visitor.page.locator("main a[href*='documents.pdf']").all()
    assert [link.inner_text().split(",")[0] for link in links] == [
        "Registration (PDF)",
        "Observation",
        "Progress review 1",
    ]
    for link in links:
        answer = visitor.context.request.get(link.get_attribute("href"))
        assert answer.status == 200 and answer.body().startswith(b"%PDF")


@pytest.mark.parametrize("javascript", [True, False])
def test_what_if_shows_both_schedules_and_saves_nothing(school, site, visit, screen, javascript):
    before = stored(school, "modified", "earliest_final_assessment", "start_date")
    records = (
        frappe.db.count("Progress Review"),
        frappe.db.count("Absence"),
        frappe.db.count("Induction Event"),
    )
    visitor = visit(school.person("coordinator"), screen, javascript)
    visitor.go(case_of(school) + "/what-if")
    visitor.button("Show the new schedule")
    assert "Change at least one thing" in visitor.main()
    visitor.page.get_by_label("Full-time equivalent").fill("0.5")
    fill_day(visitor, "fte-from", "1 9 2025")
    visitor.button("Show the new schedule")
    # Three terms are left from September: at half time they take six, to the end of summer 2027.
    final = visitor.page.locator("tr", has_text="Final assessment").last.inner_text().split()
    assert "7 July 2026" in " ".join(final) and "July 2027" in " ".join(final)
    if javascript:
        visitor.check("what-if")
    assert stored(school, "modified", "earliest_final_assessment", "start_date") == before
    assert records == (
        frappe.db.count("Progress Review"),
        frappe.db.count("Absence"),
        frappe.db.count("Induction Event"),
    )


def test_what_if_absence_names_what_is_missing(school, site, visit):
    visitor = visit(school.person("tutor"))
    visitor.go(case_of(school) + "/what-if")
    visitor.page.get_by_label("Kind of absence").select_option("ad_hoc")
    visitor.button("Show the new schedule")
    assert visitor.page.get_by_role("alert").get_by_role("link").all_inner_texts() == [
        "Enter the first day away"
    ]


def test_an_absence_of_thirty_days_moves_the_schedule(own_school, visit, screen):
    """Ten days are recorded already: nineteen more change nothing, the thirtieth day adds all thirty (3.6)."""
    visitor = visit(own_school.person("coordinator"), screen)

    def record(first: str, last: str, days: int) -> str:
        visitor.go(case_of(own_school))
        visitor.link("Record an absence")
        visitor.page.get_by_label("Sickness or other").check()
        fill_day(visitor, "starts-on", first)
        fill_day(visitor, "ends-on", last)
        visitor.page.get_by_label("School days absent").fill(str(days))
        visitor.check("absence")
        visitor.button("Save")
        return visitor.main()

    before = stored(own_school, "earliest_final_assessment")["earliest_final_assessment"]
    assert "The absence is saved" in record("3 3 2025", "28 3 2025", 19)
    assert stored(own_school, "absence_extension_days")["absence_extension_days"] == 0
    said = record("2 6 2025", "2 6 2025", 1)
    after = stored(own_school, "absence_extension_days", "earliest_final_assessment")
    assert after.absence_extension_days == 30
    assert after.earliest_final_assessment > before
    assert "The earliest final assessment is now" in said and "30 days added for absence" in said


def test_an_absence_that_cannot_be_is_refused_beside_its_field(own_school, visit):
    visitor = visit(own_school.person("administrator"))
    visitor.go(case_of(own_school) + "/absences/new")
    visitor.page.get_by_label("Sickness or other").check()
    fill_day(visitor, "starts-on", "27 1 2025")
    visitor.page.get_by_label("School days absent").fill("2")
    visitor.button("Save")
    assert "the absence overlaps" in visitor.main()
    assert visitor.page.locator("#starts-on-day").input_value() == "27"
    assert visitor.page.get_by_role("alert").get_by_role("link").get_attribute("href") == "#starts-on-day"


def test_the_ect_alone_chooses_whether_leave_extends(own_school, visit, screen):
    at = own_school.place
    with acting_as(at.coordinator):
        leave = frappe.get_doc(
            {
                "doctype": "Absence",
                "ect": own_school.ects["aisha"],
                "kind": "Adoption",
                "starts_on": "2025-04-28",
                "ends_on": "2025-06-06",
                "days": 25,
            }
        ).insert()
    frappe.db.commit()
    before = stored(own_school, "earliest_final_assessment")["earliest_final_assessment"]
    for other in ("coordinator", "tutor"):
        refused = visit(own_school.person(other))
        assert refused.page.goto(f"/absences/{leave.name}/choice").status == 403
    visitor = visit(own_school.person("aisha"), screen)
    visitor.go("/")
    visitor.link("Choose whether your adoption leave from 28 April 2025")
    visitor.check("leave-choice")
    visitor.button("Save my choice")
    assert "Choose whether the leave extends your induction" in visitor.main()
    visitor.page.get_by_label("Yes, extend it by these days").check()
    visitor.button("Save my choice")
    assert "Your choice is saved" in visitor.main()
    after = stored(own_school, "absence_extension_days", "earliest_final_assessment")
    assert after.absence_extension_days == 25
    assert after.earliest_final_assessment > before
    visitor.go("/")
    assert "Choose whether" not in visitor.main()


def test_new_hours_lengthen_the_induction(own_school, visit, screen):
    visitor = visit(own_school.person("head"), screen)
    visitor.go(case_of(own_school))
    visitor.link("Change working hours")
    visitor.check("working-hours")
    fill_day(visitor, "from-date", "1 9 2025")
    visitor.page.get_by_label("Full-time equivalent").fill("1.5")
    visitor.button("Save")
    assert "Full-time equivalent must be 1 or less" in visitor.main()
    visitor.page.get_by_label("Full-time equivalent").fill("0.5")
    visitor.page.get_by_label("Days a week").fill("2.5")
    before = stored(own_school, "earliest_final_assessment")["earliest_final_assessment"]
    visitor.button("Save")
    assert "The new hours are saved" in visitor.main()
    assert stored(own_school, "earliest_final_assessment")["earliest_final_assessment"] > before
    assert (
        frappe.db.count("Progress Review", {"ect": own_school.ects["aisha"], "stage": ("!=", "cancelled")})
        > 4
    )


def test_the_whole_story(school, site, visit, screen):
    visitor = visit(school.person("tutor"), screen)
    visitor.go(case_of(school) + "/events")
    assert "Aisha Khan signed as early career teacher" in visitor.main()
    assert "Progress review, term 1: Review received" in visitor.main()
    visitor.check("case-events")


def test_a_case_on_paper_has_neither_addresses_nor_what_only_a_screen_can_do(school, site, visit):
    visitor = visit(school.person("tutor"))
    visitor.go(case_of(school))
    back = visitor.page.locator(".govuk-back-link")
    can_do = visitor.page.get_by_role("heading", name="What you can do")
    assert back.is_visible() and can_do.is_visible()
    visitor.page.emulate_media(media="print")
    assert not back.is_visible() and not can_do.is_visible()
    printed = visitor.page.locator(".case-side a.govuk-link").evaluate_all(
        "links => links.map(link => getComputedStyle(link, '::after').content)"
    )
    assert printed and set(printed) == {"none"}
