"""A progress review from its first question to the ECT, with its targets and the support plan."""

from tests.browser.records import account, fresh
from tests.browser.writing.reviews import EVIDENCE, answer_review, observe


def test_a_review_is_written_checked_and_sent(school, visit, screen):
    observe(school)
    visitor = visit(account(school.tutor), screen)
    visitor.go(f"/reviews/{school.review}")
    assert "Not started" in visitor.main()
    visitor.check("review-questions")
    visitor.page.get_by_role("link", name="Evidence in brief").click()
    assert "Plan the second transition." in visitor.main(), "observations stand beside the box"
    visitor.check("review-evidence")
    answer_review(visitor, school.review)
    assert visitor.heading() == "Check your answers"
    assert "Plan every transition." in visitor.main()
    visitor.check("review-check")
    visitor.button("Send to ECT")
    assert "Done. It is now with Eve Early" in visitor.main()
    visitor.check("review-sent")
    saved = fresh("Progress Review", school.review)
    assert (saved.stage, saved.evidence_summary) == ("ect_comment", EVIDENCE)
    assert [(row.standard, row.target) for row in saved.targets] == [("7", "Plan every transition.")]
    assert not visitor.faults


def test_a_review_is_written_without_javascript(school, visit):
    visitor = visit(account(school.tutor), javascript=False)
    answer_review(visitor, school.review)
    assert visitor.heading() == "Check your answers"
    visitor.button("Send to ECT")
    assert fresh("Progress Review", school.review, "stage") == "ect_comment"


def test_not_on_track_asks_for_the_support_plan(school, visit, screen):
    visitor = visit(account(school.tutor), screen)
    visitor.go(f"/reviews/{school.review}/write/on-track")
    visitor.page.get_by_label("Not on track").check()
    visitor.button("Save and continue")
    assert visitor.heading() == "What support are you putting in place?"
    visitor.check("review-support")


def test_what_is_missing_leads_to_its_question(school, visit):
    visitor = visit(account(school.tutor))
    visitor.go(f"/reviews/{school.review}/act/send-to-ect")
    visitor.button("Send to ECT")
    assert "Review meeting on: fill this in before you send it on." in visitor.main()
    visitor.check("review-incomplete")
    visitor.page.get_by_role("link", name="Review meeting on: fill this in").click()
    assert visitor.heading() == "When was the review meeting?"
    visitor.page.get_by_label("Day").fill("4")
    visitor.page.get_by_label("Month").fill("12")
    visitor.page.get_by_label("Year").fill("2024")
    visitor.button("Save and continue")
    assert visitor.heading() == "Check your answers", "back to where the person came from"


def test_a_target_is_changed_and_removed(school, visit):
    visitor = visit(account(school.tutor))
    visitor.go(f"/reviews/{school.review}/write/targets")
    for text in ("First target", "Second target"):
        visitor.page.get_by_role("button", name="Add a").or_(
            visitor.page.get_by_role("button", name="Add another")
        ).click()
        visitor.page.get_by_label("What is the target?").fill(text)
        visitor.button("Save and continue")
    visitor.page.get_by_role("link", name="Change target 1").click()
    assert visitor.page.get_by_label("What is the target?").input_value() == "First target"
    visitor.page.get_by_label("What is the target?").fill("Changed target")
    visitor.button("Save and continue")
    visitor.page.get_by_role("button", name="Remove target 2").click()
    visitor.page.wait_for_load_state()
    assert [row.target for row in fresh("Progress Review", school.review).targets] == ["Changed target"]
