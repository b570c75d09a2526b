"""From the headteacher's recommendation to the end of an appeal, as the people do it."""

import frappe
import pytest

from induction_app.workflows.act import act
from tests import factory
from tests.browser.records import account, by_keyboard, commit, fresh

FINAL_DAY = "2026-07-08"


@pytest.fixture(scope="module")
def place(bench_site):
    """A school and an appropriate body with their people, for all tests here."""
    frappe.set_user("Administrator")
    at = factory.place()
    commit()
    return at


@pytest.fixture
def case(site, place):
    """An ECT at the end of induction, with a review on record and the final assessment being written."""
    at = factory.Place(place.body, place.school, dict(place.people))
    at.people["ect"] = factory.registered_ect(at)
    at.people["teacher"] = factory.user_of(at.ect)
    with factory.on_day("2026-03-20"):
        review = factory.review_of(at.ect, 5)
        factory.write_review(
            at, review, "2026-03-18", standards=[{"standard": "7", "progress": "Developing"}]
        )
        factory.sign_and_send(at, "Progress Review", review, at.ect)
    with factory.on_day("2026-07-10"):
        at.people["final"] = factory.assessment_of(at.ect, "Final")
        factory.write_assessment(at, at.final, FINAL_DAY)
        commit()
        yield at


def to_the_head(at) -> None:
    with factory.acting_as(at.teacher):
        act(
            "Formal Assessment",
            at.final,
            "Send comment",
            values={"ect_comment": "A fair account of two years."},
        )
    with factory.acting_as(at.tutor):
        act("Formal Assessment", at.final, "Sign as tutor")
    commit()


def to_the_body(at, recommendation: str = "Satisfactory") -> str:
    """Send the final assessment to the appropriate body and receive it; the name of the decision it opens."""
    to_the_head(at)
    with factory.acting_as(at.head):
        act(
            "Formal Assessment",
            at.final,
            "Sign as headteacher",
            values={"recommendation": recommendation, "recommendation_reason": "I have seen it."},
        )
    with factory.acting_as(at.teacher):
        act("Formal Assessment", at.final, "Sign")
    with factory.acting_as(at.officer):
        act("Formal Assessment", at.final, "Receive")
    commit()
    return frappe.db.get_value("Induction Decision", {"ect": at.ect})


def decided(at, outcome: str, **values) -> str:
    """Take a decision without sending its notice."""
    decision = to_the_body(at)
    with factory.acting_as(at.decider):
        act(
            "Induction Decision",
            decision,
            "Decide",
            values={"outcome": outcome, "reasons": "The evidence of two years.", **values},
        )
    commit()
    return decision


def notified(at, outcome: str, **values) -> str:
    decision = decided(at, outcome, **values)
    with factory.acting_as(at.officer):
        act("Induction Decision", decision, "Send notice")
    commit()
    return decision


def test_the_headteacher_recommends_before_signing(case, visit, screen):
    to_the_head(case)
    head = visit(account(case.head), screen)
    head.go(f"/assessments/{case.final}")
    head.button("Sign as headteacher")
    assert head.heading() == "Your recommendation to the appropriate body"
    assert not head.page.get_by_label("How long should the extension be?").is_visible()
    head.page.get_by_role("radio", name="Extension").check()
    head.page.get_by_label("How long should the extension be?").fill("1.5")
    head.page.get_by_label("Your reasons").fill("Good progress over too short a time.")
    head.check("head-recommendation")
    head.button("Save and continue")
    assert head.heading() == "Sign as headteacher"
    text = head.page.locator(".record-paper").inner_text()
    assert "Good progress over too short a time." in text and "1.5" in text
    head.page.get_by_label("I have read this text").check()
    head.check("head-sign")
    head.button("Sign as headteacher")
    saved = fresh("Formal Assessment", case.final)
    assert (saved.stage, saved.recommendation, saved.extension_terms_proposed) == (
        "ect_signature",
        "Extension",
        1.5,
    )


def test_the_officer_receives_a_signed_report(case, visit, screen):
    to_the_head(case)
    with factory.acting_as(case.head):
        act("Formal Assessment", case.final, "Sign as headteacher", values={"recommendation": "Satisfactory"})
    with factory.acting_as(case.teacher):
        act("Formal Assessment", case.final, "Sign")
    commit()
    officer = visit(account(case.officer), screen)
    officer.go(f"/assessments/{case.final}")
    assert "Signatures" in officer.main()
    officer.check("ab-receive")
    officer.button("Receive")
    officer.button("Receive")
    assert fresh("Formal Assessment", case.final, "stage") == "received"
    assert frappe.db.exists("Induction Decision", {"ect": case.ect})


def test_the_decision_maker_has_the_whole_evidence_and_the_notice(case, visit, screen):
    decision = to_the_body(case)
    maker = visit(account(case.decider), screen)
    maker.go(f"/decisions/{decision}")
    evidence = maker.main()
    for text in (
        "0 of 20 working days have gone. The last day is 7 August 2026.",
        "A fair account of two years.",
        "I have seen it.",
        "Progress review, term 5",
        "No absence is on record.",
    ):
        assert text in evidence
    row = maker.page.locator(".record-grid tr", has_text="7 Behaviour managed").inner_text()
    assert "Developing" in row and "Satisfactory" in row
    maker.check("decision-evidence")
    maker.page.get_by_text("Final formal assessment, 8 July 2026").locator("visible=true").last.click()
    assert "Evidence for standard 3." in maker.main()
    maker.page.get_by_role("link", name="Decision", exact=True).click()
    maker.page.get_by_label("Fail").check()
    maker.check("decision-outcome")
    maker.button("Save and continue")
    maker.page.get_by_label("What are the reasons for the decision?").fill("Standards 4 and 7 are not met.")
    maker.button("Save and continue")
    maker.page.get_by_label("What evidence did you consider?").fill("All of it, and the ECT's comments.")
    maker.button("Save and continue")
    assert maker.heading() == "Check your answers"
    notice = maker.page.locator(".record-letter").inner_text()
    for text in (
        "You have failed satisfactorily to complete your induction period.",
        "Standards 4 and 7 are not met.",
        "Last day to appeal",
        "7 August 2026",
    ):
        assert text in notice
    assert fresh("Induction Decision", decision, "stage") == "considering", (
        "reading the notice decides nothing"
    )
    maker.check("decision-check")
    maker.button("Decide")
    saved = fresh("Induction Decision", decision)
    assert (saved.stage, saved.outcome, saved.decided_by) == ("decided", "Fail", case.decider)
    maker.check("decision-taken")


def test_a_decision_by_keyboard_alone(case, visit):
    decision = to_the_body(case)
    maker = visit(account(case.decider))
    maker.go(f"/decisions/{decision}")
    by_keyboard(maker, "Decision", "link")
    maker.page.wait_for_url("**/write/outcome")
    by_keyboard(maker, "Pass", "radio")
    by_keyboard(maker, "Save and continue")
    maker.page.wait_for_url("**/write/reasons")
    by_keyboard(maker, "What are the reasons for the decision?", "textarea")
    maker.page.keyboard.type("All standards are met.")
    by_keyboard(maker, "Save and continue")
    maker.page.wait_for_url("**/write/evidence-considered")
    by_keyboard(maker, "Save and continue")
    maker.page.wait_for_url("**/act/decide")
    by_keyboard(maker, "Decide")
    maker.page.wait_for_url(f"**/decisions/{decision}")
    assert fresh("Induction Decision", decision, "stage", "outcome") == {
        "stage": "decided",
        "outcome": "Pass",
    }


def test_a_decision_without_javascript(case, visit):
    decision = to_the_body(case)
    maker = visit(account(case.decider), javascript=False)
    maker.go(f"/decisions/{decision}/write/outcome")
    maker.page.get_by_role("radio", name="Extension").check()
    maker.page.get_by_label("How long is the extension?").fill("1")
    maker.button("Save and continue")
    maker.page.get_by_label("How will the extension be assessed?").fill("A review, then a final assessment.")
    maker.button("Save and continue")
    maker.page.get_by_label("What are the reasons for the decision?").fill("Too little evidence since March.")
    maker.button("Save and continue")
    maker.button("Save and continue")
    assert "Your induction period is extended by 1 term." in maker.page.locator(".record-letter").inner_text()
    maker.button("Decide")
    saved = fresh("Induction Decision", decision)
    assert (saved.stage, saved.outcome, saved.extension_terms) == ("decided", "Extension", 1)


def test_the_officer_sends_the_notice_as_shown(case, visit, screen):
    decision = decided(case, "Fail")
    officer = visit(account(case.officer), screen)
    officer.go(f"/decisions/{decision}")
    officer.button("Send notice")
    before = officer.page.locator(".record-letter").inner_text()
    assert "Last day to appeal" in before
    officer.check("decision-send-notice")
    officer.button("Send notice")
    assert fresh("Induction Decision", decision, "stage") == "appeal_window"
    assert officer.page.locator(".record-letter").inner_text() == before, "what was shown is what went"
    officer.check("decision-sent")


def test_the_ect_reads_the_notice_and_will_not_appeal(case, visit, screen):
    decision = notified(case, "Fail")
    ect = visit(account(case.teacher), screen)
    ect.go(f"/decisions/{decision}")
    assert "Your right to appeal" in ect.main()
    assert ect.page.locator(".record-evidence").count() == 0
    ect.check("ect-decision")
    ect.button("I will not appeal")
    ect.check("ect-no-appeal")
    ect.button("I will not appeal")
    saved = fresh("Induction Decision", decision)
    assert (saved.stage, str(saved.no_appeal_notice_on)) == ("closed", "2026-07-10")


def test_an_appeal_and_its_outcome(case, visit, screen):
    decision = notified(case, "Fail")
    ect = visit(account(case.teacher), screen)
    ect.go(f"/decisions/{decision}")
    ect.button("I have appealed")
    ect.button("I have appealed")
    assert "Enter the day the appeal was made" in ect.main()
    for label, text in (("Day", "10"), ("Month", "7"), ("Year", "2026")):
        ect.page.get_by_label(label).fill(text)
    ect.check("ect-appeal")
    ect.button("I have appealed")
    assert fresh("Induction Decision", decision, "stage") == "appealed"
    officer = visit(account(case.officer), screen)
    officer.go(f"/decisions/{decision}")
    officer.button("Record outcome of appeal")
    officer.page.get_by_label("Allowed: extended").check()
    officer.page.get_by_label("How long is the extension set on appeal?").fill("2")
    for label, text in (("Day", "10"), ("Month", "7"), ("Year", "2026")):
        officer.page.get_by_label(label).fill(text)
    officer.check("appeal-outcome")
    officer.button("Record outcome of appeal")
    saved = fresh("Induction Decision", decision)
    assert (saved.stage, saved.appeal_outcome, saved.appeal_extension_terms) == (
        "closed",
        "Allowed: extended",
        2,
    )


def test_a_decision_is_opened_again_with_a_reason(case, visit):
    decision = decided(case, "Extension", extension_terms=1)
    maker = visit(account(case.decider))
    maker.go(f"/decisions/{decision}")
    maker.page.get_by_role("link", name="Reconsider").click()
    maker.page.get_by_label("What has to change?").fill("New evidence came in today.")
    maker.button("Reconsider")
    assert fresh("Induction Decision", decision, "stage") == "considering"
    assert "New evidence came in today." in maker.main()


def test_the_school_sees_no_decision_before_its_notice(case, visit):
    decision = decided(case, "Fail")
    for who in (case.teacher, case.head):
        visitor = visit(account(who))
        assert visitor.page.goto(f"/decisions/{decision}").status == 403
        assert "Fail" not in visitor.main()
