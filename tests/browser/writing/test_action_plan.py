"""An action plan from the concern to its close."""

from tests.browser.records import account, fresh


def test_an_action_plan_from_concern_to_close(school, visit, screen):
    tutor = visit(account(school.tutor), screen)
    tutor.go(f"/cases/{school.ect}/plans/new")
    tutor.page.get_by_label("What is causing concern?").fill("Behaviour in afternoon lessons.")
    tutor.button("Begin")
    name = tutor.page.url.split("/plans/")[1].split("/")[0]
    tutor.go(f"/plans/{name}/write/targets/new")
    tutor.page.get_by_label("What is the target?").fill("Seated and silent in three minutes")
    tutor.page.get_by_label("How will you all know that it is met?").fill("Seen in four observations")
    for label, text in (("Day", "10"), ("Month", "1"), ("Year", "2025")):
        tutor.page.get_by_label(label).fill(text)
    tutor.check("plan-target")
    tutor.button("Save and continue")
    tutor.check("plan-targets")
    tutor.button("Continue")
    for label, text in (("Day", "17"), ("Month", "1"), ("Year", "2025")):
        tutor.page.get_by_label(label).fill(text)
    tutor.button("Save and continue")
    assert tutor.heading() == "Check your answers"
    tutor.check("plan-check")
    tutor.button("Share plan")
    ect = visit(account(school.teacher), screen)
    ect.go(f"/plans/{name}/act/send-comment")
    ect.page.get_by_label("Your comment").fill("This is fair.")
    ect.button("Send comment")
    assert fresh("Action Plan", name, "stage", "ect_comment") == {
        "stage": "active",
        "ect_comment": "This is fair.",
    }
    tutor.go(f"/plans/{name}/act/start-review")
    tutor.button("Start review")
    tutor.page.get_by_role("link", name="Result of each target").click()
    tutor.page.get_by_label("Met", exact=True).check()
    tutor.check("plan-results")
    tutor.button("Save and continue")
    tutor.go(f"/plans/{name}/write/review-notes")
    tutor.page.get_by_label("What did the review find?").fill("The target is met.")
    tutor.button("Save and continue")
    tutor.go(f"/plans/{name}")
    tutor.check("plan-reviewing")
    tutor.button("Close, targets met")
    tutor.button("Close, targets met")
    assert fresh("Action Plan", name, "stage") == "met"
