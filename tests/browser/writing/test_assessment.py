"""A formal assessment, judged standard by standard beside what was seen."""

import frappe

from induction_app.pages.records.reading import standard_heading, standards
from tests import factory
from tests.browser.records import account, commit, fresh
from tests.browser.writing.reviews import observe


def test_an_assessment_is_judged_standard_by_standard(school, visit, screen):
    observe(school)
    assessment = factory.assessment_of(school.ect, "First")
    visitor = visit(account(school.tutor), screen)
    visitor.go(f"/assessments/{assessment}")
    visitor.check("assessment-questions")
    visitor.page.get_by_role("link", name="7 Behaviour managed").click()
    beside = visitor.page.locator(".record-beside").inner_text()
    assert "Two pupils drifted in the second transition." in beside
    visitor.page.get_by_text("See a completed example").click()
    visitor.page.get_by_label("Satisfactory", exact=True).check()
    visitor.page.get_by_label("Evidence").fill("Seen in three lessons.")
    visitor.check("assessment-standard")
    visitor.button("Save and continue")
    assert visitor.heading() == "8 Wider professional responsibilities"
    row = next(row for row in fresh("Formal Assessment", assessment).judgements if row.standard == "7")
    assert (row.judgement, row.evidence) == ("Satisfactory", "Seen in three lessons.")


def test_recorded_absence_is_proposed_before_a_report_says_there_was_none(school, visit):
    with factory.acting_as(school.coordinator):
        away = {"kind": "Ad hoc", "starts_on": "2024-11-04", "ends_on": "2024-11-08", "days": 5}
        frappe.get_doc({"doctype": "Absence", "ect": school.ect, **away}).insert()
    commit()
    assessment = factory.assessment_of(school.ect, "First")
    visitor = visit(account(school.tutor))
    visitor.go(f"/assessments/{assessment}")
    asked = visitor.page.locator(".govuk-task-list__item", has_text="Days absent")
    assert "Not started" in asked.inner_text()
    visitor.link("Days absent")
    assert visitor.page.get_by_label("How many days").input_value() == "5"
    visitor.button("Save and continue")
    assert fresh("Formal Assessment", assessment).days_absent == 5


def test_an_assessment_is_written_checked_and_sent(school, visit, screen):
    assessment = factory.assessment_of(school.ect, "First")
    visitor = visit(account(school.tutor), screen)
    visitor.go(f"/assessments/{assessment}/write/meeting")
    for label, text in (("Day", "5"), ("Month", "12"), ("Year", "2024")):
        visitor.page.get_by_label(label).fill(text)
    visitor.button("Save and continue")
    for heading in [standard_heading(code) for code in standards()]:
        assert visitor.heading() == heading
        visitor.page.get_by_label("Needs further development").check()
        visitor.page.get_by_label("Evidence").fill(f"What was seen: {heading}.")
        visitor.button("Save and continue")
    visitor.page.get_by_label("Not satisfactory").check()
    visitor.button("Save and continue")
    assert visitor.heading() == "What additional monitoring and support is put in place?"
    visitor.page.get_by_label("What additional monitoring").fill("Weekly coaching with the head of year.")
    visitor.button("Save and continue")
    visitor.page.get_by_label("How would you sum up").fill("A slow start, and a good last month.")
    visitor.button("Save and continue")
    visitor.button("Continue")
    visitor.button("Save and continue")
    assert visitor.heading() == "Check your answers"
    visitor.check("assessment-check")
    visitor.button("Send to ECT")
    saved = fresh("Formal Assessment", assessment)
    assert (saved.stage, saved.overall) == ("ect_comment", "Not satisfactory")
    assert saved.support_plan == "Weekly coaching with the head of year."
    assert [(row.standard, row.judgement) for row in saved.judgements] == [
        (code, "Needs further development") for code in standards()
    ]
