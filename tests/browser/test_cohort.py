"""Cohort pictures in the browser: a bar leads to the list behind it."""

import pytest

from tests.browser.school import TODAY, open_school
from tests.factory import on_day


@pytest.fixture(scope="module")
def school(bench_site):
    """One school for all tests here; the site lives on one day."""
    made = open_school()
    with on_day(TODAY):
        yield made


def test_a_bar_leads_to_its_list(school, site, visit, screen):
    visitor = visit(school.person("officer"), screen)
    visitor.go("/cohort")
    assert "How inductions stand" in visitor.heading() and "Hill Lane Primary School" in visitor.main()
    visitor.check("cohort")
    visitor.page.locator("svg.cohort-bar a").first.click()
    visitor.page.wait_for_load_state()
    assert "/cases?" in visitor.page.url
    assert "1 result" in visitor.main() and "Aisha Khan" in visitor.main()


def test_the_numbers_are_links_without_javascript(school, site, visit):
    visitor = visit(school.person("officer"), javascript=False)
    visitor.go("/cohort")
    visitor.page.get_by_role("link", name="Hill Lane Primary School, overdue: 1").click()
    assert "Aisha Khan" in visitor.main()
