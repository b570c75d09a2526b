"""The recommendation, the evidence, and the decision."""

import frappe

from induction_app.workflows.act import act
from tests import factory
from tests.browser.deciding.cases import decided, to_the_body, to_the_head
from tests.browser.records import account, commit, fresh


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


def test_a_report_that_is_returned_leads_to_the_case(case, visit):
    to_the_head(case)
    with factory.acting_as(case.head):
        act("Formal Assessment", case.final, "Sign as headteacher", values={"recommendation": "Satisfactory"})
    with factory.acting_as(case.teacher):
        act("Formal Assessment", case.final, "Sign")
    commit()
    officer = visit(account(case.officer))
    officer.go(f"/assessments/{case.final}")
    officer.page.get_by_role("link", name="Return to tutor").click()
    officer.page.get_by_label("What has to change?").fill("The date of the meeting.")
    officer.button("Return to tutor")
    assert fresh("Formal Assessment", case.final, "stage") == "drafting"
    assert officer.page.url.endswith(f"/cases/{case.ect}")
    assert "Sent back." in officer.main() and "You cannot see this page" not in officer.main()


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


def test_a_decision_is_opened_again_with_a_reason(case, visit):
    decision = decided(case, "Extension", extension_terms=1)
    maker = visit(account(case.decider))
    maker.go(f"/decisions/{decision}")
    maker.page.get_by_role("link", name="Reconsider").click()
    maker.page.get_by_label("What has to change?").fill("New evidence came in today.")
    maker.button("Reconsider")
    assert fresh("Induction Decision", decision, "stage") == "considering"
    assert "New evidence came in today." in maker.main()
