"""A formal assessment, judged standard by standard beside what was seen."""

from tests import factory
from tests.browser.records import account, fresh
from tests.browser.writing.reviews import observe


def test_an_assessment_is_judged_standard_by_standard(school, visit, screen):
    observe(school)
    assessment = factory.assessment_of(school.ect, "First")
    visitor = visit(account(school.tutor), screen)
    visitor.go(f"/assessments/{assessment}")
    visitor.check("assessment-questions")
    visitor.page.get_by_role("link", name="7 Behaviour managed").click()
    beside = visitor.page.locator(".record-beside").inner_text()
    assert "Two pupils drifted in the second transition." in beside
    visitor.page.get_by_text("See a completed example").click()
    visitor.page.get_by_label("Satisfactory", exact=True).check()
    visitor.page.get_by_label("Evidence").fill("Seen in three lessons.")
    visitor.check("assessment-standard")
    visitor.button("Save and continue")
    assert visitor.heading() == "8 Wider professional responsibilities"
    row = next(row for row in fresh("Formal Assessment", assessment).judgements if row.standard == "7")
    assert (row.judgement, row.evidence) == ("Satisfactory", "Seen in three lessons.")
    visitor.go(f"/assessments/{assessment}/write/overall")
    visitor.page.get_by_label("Not satisfactory").check()
    visitor.button("Save and continue")
    assert visitor.heading() == "What additional monitoring and support is put in place?"
