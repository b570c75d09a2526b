"""An observation: recorded by the mentor, shared, and reflected on by the ECT."""

from tests.browser.records import account, fresh


def test_an_observation_is_recorded_shared_and_reflected_on(school, visit, screen):
    mentor = visit(account(school.mentor), screen)
    mentor.go(f"/cases/{school.ect}/observations/new")
    mentor.page.get_by_label("Class and subject").fill("Year 8 history")
    mentor.page.get_by_label("What focus did you agree beforehand?").fill("Questions for every pupil")
    mentor.check("observation-begin")
    mentor.button("Begin")
    name = mentor.page.url.split("/observations/")[1].split("/")[0]
    mentor.go(f"/observations/{name}")
    asked = mentor.page.locator(".govuk-task-list__item", has_text="Observer and review meeting")
    assert "Not started" in asked.inner_text()
    mentor.go(f"/observations/{name}/write/standards")
    mentor.page.get_by_label("6 Accurate and productive use of assessment").check()
    mentor.page.get_by_label("What did you see?").locator("visible=true").fill(
        "Eleven pupils were asked by name."
    )
    mentor.check("observation-standards")
    mentor.button("Save and continue")
    mentor.page.get_by_label("What went well?").fill("The opening question.")
    mentor.button("Save and continue")
    mentor.page.get_by_label("What should be developed?").fill("Come back to thin answers.")
    mentor.button("Save and continue")
    mentor.go(f"/observations/{name}")
    mentor.button("Share with ECT")
    mentor.check("observation-check")
    mentor.button("Share with ECT")
    ect = visit(account(school.teacher), screen)
    ect.go(f"/observations/{name}")
    assert "Come back to thin answers." in ect.main()
    assert "holds QTS" not in ect.main()  # nobody has said whether
    ect.button("Add your reflection")
    ect.page.get_by_label("Your reflection").fill("I shall script two questions.")
    ect.button("Add your reflection")
    ect.check("observation-shared")
    saved = fresh("Observation", name)
    assert (saved.stage, saved.ect_reflection) == ("shared", "I shall script two questions.")
    assert [(row.standard, row.note) for row in saved.standards] == [
        ("6", "Eleven pupils were asked by name.")
    ]
