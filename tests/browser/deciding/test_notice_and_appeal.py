"""The notice of a decision, and what may follow it."""

from tests import factory
from tests.browser.deciding.cases import decided, notified
from tests.browser.records import account, commit, fresh


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


def test_the_certificate_is_on_the_case_and_on_the_decision(case, visit, screen):
    decision = notified(case, "Pass")
    ect = visit(account(case.teacher), screen)
    ect.go(f"/decisions/{decision}")
    assert "complete on 21 July 2026" in ect.main() and "Certificate" not in ect.main()
    with factory.on_day("2026-07-21"):
        commit()
        the_certificate_is_offered(case, decision, ect, visit, screen)


def the_certificate_is_offered(case, decision, ect, visit, screen):
    for address in (f"/decisions/{decision}", f"/cases/{case.ect}"):
        ect.go(address)
        link = ect.page.get_by_role("link", name="Certificate of completed induction").first
        answer = ect.page.request.get(f"{ect.url}{link.get_attribute('href')}")
        assert answer.headers["content-type"] == "application/pdf"
    ect.check("case-with-certificate")
    mentor = visit(account(case.mentor), screen)
    mentor.go(f"/cases/{case.ect}")
    assert "Certificate" not in mentor.main()


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


def test_the_school_sees_no_decision_before_its_notice(case, visit):
    decision = decided(case, "Fail")
    for who in (case.teacher, case.head):
        visitor = visit(account(who))
        assert visitor.page.goto(f"/decisions/{decision}").status == 403
        assert "Fail" not in visitor.main()
