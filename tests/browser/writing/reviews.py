"""What tests of writing do in more than one place: observe a lesson, write a review."""

import frappe

from induction_app.workflows.act import act
from tests import factory
from tests.browser.records import commit

EVIDENCE = "Two observations, six pupils' books and our fortnightly meetings.\n\nRoutines are secure."


def observe(at, standard: str = "7", note: str = "Two pupils drifted in the second transition.") -> str:
    with factory.acting_as(at.tutor):
        made = frappe.get_doc(
            {
                "doctype": "Observation",
                "ect": at.ect,
                "observer": at.tutor,
                "observed_on": "2024-10-03",
                "focus": "Routines",
                "strengths": "A crisp start.",
                "development_needs": "Plan the second transition.",
                "standards": [{"standard": standard, "note": note}],
            }
        ).insert()
        act("Observation", made.name, "Share with ECT")
    commit()
    return made.name


def answer_review(visitor, review: str) -> None:
    """Write a review from its first question to its check page."""
    page = visitor.page
    visitor.go(f"/reviews/{review}")
    page.get_by_role("link", name="Date of the review meeting").click()
    for label, text in (("Day", "4"), ("Month", "12"), ("Year", "2024")):
        page.get_by_label(label).fill(text)
    visitor.button("Save and continue")
    page.get_by_label("What does the evidence show?").fill(EVIDENCE)
    visitor.button("Save and continue")
    page.get_by_label("On track", exact=True).check()
    visitor.button("Save and continue")
    visitor.button("Add a target")
    page.get_by_label("What is the target?").fill("Plan every transition.")
    page.get_by_label("Which of the Teachers' Standards does it serve?").select_option("7")
    visitor.button("Save and continue")
    visitor.button("Continue")
