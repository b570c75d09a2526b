"""A quality audit of a school: planned, visited, reported, answered by the headteacher, followed up and closed."""

import frappe
import pytest

from tests import factory
from tests.browser.records import account, commit, fresh


@pytest.fixture(scope="module")
def place(bench_site):
    """A school and its appropriate body, on a day in March."""
    frappe.set_user("Administrator")
    made = factory.place()
    frappe.db.set_value("School", made.school, "school_name", "Hill Lane Primary School")
    commit()
    with factory.on_day("2025-03-12"):
        yield made


def fill_day(visitor, day: str) -> None:
    for label, text in zip(("Day", "Month", "Year"), day.split(), strict=True):
        visitor.page.get_by_label(label).fill(text)


def write_the_report(quality, name: str) -> None:
    """Everything the report needs, question by question."""
    quality.go(f"/audits/{name}/write/visited")
    fill_day(quality, "12 3 2025")
    quality.button("Save and continue")
    quality.button("Add a finding")
    quality.page.get_by_label("Which area is it about?").fill("Mentor time")
    quality.page.get_by_label("What did you find?").fill("Two mentors lost an hour in January.")
    quality.page.get_by_label("What action does the school take?").fill("The hour is put in the timetable.")
    quality.check("audit-finding")
    quality.button("Save and continue")
    quality.check("audit-findings")
    quality.button("Continue")
    quality.page.get_by_role("radio", name="Meets with actions").check()
    quality.button("Save and continue")
    quality.page.get_by_label("What does the report say?").fill("Induction is in good hands.")
    quality.button("Save and continue")


def test_an_audit_from_its_plan_to_its_close(place, site, visit, screen):
    quality = visit(account(place.quality), screen)
    quality.go(f"/schools/{place.school}/audits/new")
    quality.page.get_by_role("radio", name="Visit").check()
    fill_day(quality, "12 3 2025")
    quality.check("audit-begin")
    quality.button("Begin")
    name = quality.page.url.split("/audits/")[1].split("/")[0]

    head = visit(account(place.head), screen)
    assert head.page.goto(f"/audits/{name}").status == 403, "the school does not see the plan"
    quality.go(f"/audits/{name}")
    quality.check("audit-planned")
    for action in ("Start visit", "Write report"):
        quality.button(action)
        quality.button(action)
    write_the_report(quality, name)
    quality.go(f"/audits/{name}")
    quality.check("audit-report")
    quality.button("Send to school")
    assert "Induction is in good hands." in quality.main()
    quality.check("audit-check")
    quality.button("Send to school")
    assert fresh("QM Audit", name, "stage") == "school_response"

    head.go(f"/audits/{name}")
    assert "Two mentors lost an hour in January." in head.main()
    head.check("audit-at-school")
    head.button("Respond")
    head.page.get_by_label("The school's response").fill("The hour stands in the timetable from April.")
    head.button("Respond")
    assert fresh("QM Audit", name, "stage", "school_response") == {
        "stage": "following_up",
        "school_response": "The hour stands in the timetable from April.",
    }

    quality.go(f"/audits/{name}")
    quality.button("Close")
    quality.button("Close")
    assert "record when the action was done" in quality.main()
    assert fresh("QM Audit", name, "stage") == "following_up"
    quality.go(f"/audits/{name}/write/findings")
    quality.page.get_by_role("link", name="Change finding 1").click()
    quality.page.get_by_role("group", name="When was the action done?").get_by_label("Day").fill("11")
    quality.page.get_by_role("group", name="When was the action done?").get_by_label("Month").fill("3")
    quality.page.get_by_role("group", name="When was the action done?").get_by_label("Year").fill("2025")
    quality.button("Save and continue")
    quality.go(f"/audits/{name}/act/close")
    quality.button("Close")
    quality.check("audit-closed")
    assert fresh("QM Audit", name, "stage") == "closed"
