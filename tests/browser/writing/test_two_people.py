"""Two people on one review: the second is told what changed, and keeps their text."""

import frappe

from tests import factory
from tests.browser.records import account, commit, fresh


def test_two_people_on_one_answer(school, visit, screen):
    tutor = visit(account(school.tutor), screen)
    tutor.go(f"/reviews/{school.review}/write/evidence")
    with factory.acting_as("Administrator"):
        other = frappe.get_doc("Progress Review", school.review)
        other.evidence_summary = "What the other one wrote."
        other.save()
    commit()
    tutor.page.get_by_label("What does the evidence show?").fill("What the tutor wrote.")
    tutor.button("Save and continue")
    assert "Administrator changed this while you were writing" in tutor.main()
    assert "What the other one wrote." in tutor.main()
    assert tutor.page.get_by_label("What does the evidence show?").input_value() == "What the tutor wrote."
    tutor.check("review-two-people")
    assert fresh("Progress Review", school.review, "evidence_summary") == "What the other one wrote."
    tutor.button("Save and continue")
    assert fresh("Progress Review", school.review, "evidence_summary") == "What the tutor wrote."


def test_two_people_on_different_answers(school, visit):
    tutor = visit(account(school.tutor))
    tutor.go(f"/reviews/{school.review}/write/evidence")
    with factory.acting_as("Administrator"):
        other = frappe.get_doc("Progress Review", school.review)
        other.append("standards", {"standard": "3", "progress": "On track"})
        other.save()
    commit()
    tutor.page.get_by_label("What does the evidence show?").fill("What the tutor wrote.")
    tutor.button("Save and continue")
    assert "Administrator changed other parts of this at the same time. Both are saved." in tutor.main()
    saved = fresh("Progress Review", school.review)
    assert saved.evidence_summary == "What the tutor wrote."
    assert [row.standard for row in saved.standards] == ["3"]
