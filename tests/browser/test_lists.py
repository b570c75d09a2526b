"""Lists in the browser: narrowed, sorted and taken away, on a phone and a desktop, without JavaScript."""

import pytest

from tests.browser.school import TODAY, open_school
from tests.factory import on_day


@pytest.fixture(scope="module")
def school(bench_site):
    """One school for all tests here; the site lives on one day."""
    made = open_school()
    with on_day(TODAY):
        yield made


def test_lists_of_a_head(school, site, visit, screen):
    visitor = visit(school.person("head"), screen)
    for address, name in (("/cases", "cases"), ("/reviews", "reviews"), ("/assessments", "assessments")):
        visitor.go(address)
        assert "Aisha Khan" in visitor.main()
        visitor.check(f"list-{name}")


def test_a_list_narrows_and_sorts_without_javascript(school, site, visit):
    visitor = visit(school.person("head"), javascript=False)
    visitor.go("/reviews")
    visitor.page.get_by_label("Deadline").select_option("overdue")
    visitor.button("Show")
    assert "1 result" in visitor.main() and "overdue" in visitor.main()
    visitor.page.get_by_role("link", name="Due", exact=True).click()
    assert "due=overdue" in visitor.page.url and "sort=scheduled_for" in visitor.page.url
    visitor.page.get_by_role("link", name="Aisha Khan").click()
    assert "/reviews/PR-" in visitor.page.url
    visitor.go("/cases")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.endswith(".csv")


def test_decisions_of_a_decision_maker(school, site, visit, screen):
    visitor = visit(school.person("decider"), screen)
    visitor.go("/decisions")
    assert "There is nothing here yet" in visitor.main()
    visitor.check("list-decisions")
