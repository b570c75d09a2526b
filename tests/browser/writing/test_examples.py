"""The completed examples that stand a click away from each question."""

from induction_app.pages.records.examples import every_example
from tests.browser.records import account


def test_the_completed_examples(site, place, visit, screen):
    visitor = visit(account(place.tutor), screen)
    examples = every_example()
    assert len(examples) == 7
    for example in examples:
        visitor.go(f"/examples/{example}")
        assert visitor.page.locator(".record-paper .record-section").count() >= 2
        visitor.check(f"example-{example}")
