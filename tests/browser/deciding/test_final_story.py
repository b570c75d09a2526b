"""The end of an induction with the keyboard alone, and without the pages' script: comment, three signatures,
recommendation, receipt, decision and notice."""

import frappe
import pytest

from tests.browser.chromium import Visitor
from tests.browser.records import account, by_keyboard, fresh

ALL_SIGNED = [("induction_tutor", "tutor"), ("headteacher", "head"), ("ect", "teacher")]


class ByKeyboard:
    """Tab, Space, Enter and letters; what has the focus must be seen to have it."""

    javascript = True

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def press(self, button: str) -> None:
        with self.visitor.page.expect_navigation():
            by_keyboard(self.visitor, button)

    def follow(self, link: str) -> None:
        with self.visitor.page.expect_navigation():
            by_keyboard(self.visitor, link, "link")

    def tick(self, statement: str) -> None:
        by_keyboard(self.visitor, statement, "checkbox")

    def choose(self, answer: str) -> None:
        by_keyboard(self.visitor, answer, "radio")

    def write(self, question: str, text: str) -> None:
        by_keyboard(self.visitor, question, "textarea")
        self.visitor.page.keyboard.type(text)


class WithoutScript:
    """The mouse, in a browser that runs no script."""

    javascript = False

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def press(self, button: str) -> None:
        self.visitor.button(button)

    def follow(self, link: str) -> None:
        self.visitor.page.get_by_role("link", name=link, exact=True).click()

    def tick(self, statement: str) -> None:
        self.visitor.page.get_by_label(statement, exact=True).check()

    def choose(self, answer: str) -> None:
        self.visitor.page.get_by_role("radio", name=answer, exact=True).check()

    def write(self, question: str, text: str) -> None:
        self.visitor.page.get_by_label(question).fill(text)


@pytest.mark.parametrize(
    ("hands", "screen"), [(ByKeyboard, "desktop"), (WithoutScript, "phone"), (WithoutScript, "desktop")]
)
def test_from_the_comment_to_the_notice(case, visit, hands, screen):
    def open_for(who: str, address: str):
        visitor = visit(account(case.people[who]), screen, hands.javascript)
        visitor.go(address)
        return hands(visitor)

    report = f"/assessments/{case.final}"
    ect = open_for("teacher", report)
    ect.press("Send comment")
    ect.write("Your comment", "A fair account of two years.")
    ect.press("Send comment")

    tutor = open_for("tutor", report)
    tutor.press("Sign as tutor")
    tutor.tick("I have read this text, and sign it as induction tutor")
    tutor.press("Sign as tutor")
    assert "You have signed." in tutor.visitor.main()

    head = open_for("head", report)
    head.press("Sign as headteacher")
    head.choose("Satisfactory")
    head.write("Your reasons", "I have seen it.")
    head.press("Save and continue")
    head.tick("I have read this text, and sign it as headteacher")
    head.press("Sign as headteacher")

    ect = open_for("teacher", report)
    ect.press("Sign")
    ect.tick("I have read this text, and sign it as early career teacher")
    ect.press("Sign")
    signed = fresh("Formal Assessment", case.final).signatures()
    assert [(one.capacity, one.person) for one in signed] == [
        (capacity, case.people[who]) for capacity, who in ALL_SIGNED
    ]

    officer = open_for("officer", report)
    officer.press("Receive")
    officer.press("Receive")
    frappe.db.rollback()
    decision = frappe.db.get_value("Induction Decision", {"ect": case.ect})

    maker = open_for("decider", f"/decisions/{decision}")
    maker.follow("Decision")
    maker.choose("Pass")
    maker.press("Save and continue")
    maker.write("What are the reasons for the decision?", "All standards are met.")
    maker.press("Save and continue")
    maker.press("Save and continue")
    maker.press("Decide")
    assert fresh("Induction Decision", decision, "stage", "outcome", "reasons") == {
        "stage": "decided",
        "outcome": "Pass",
        "reasons": "All standards are met.",
    }

    officer = open_for("officer", f"/decisions/{decision}")
    officer.press("Send notice")
    officer.press("Send notice")
    saved = fresh("Induction Decision", decision, "stage", "notified_on")
    assert (saved.stage, str(saved.notified_on)) == ("closed", "2026-07-10")
