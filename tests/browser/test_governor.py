"""The governors' page in the browser."""

import pytest

from tests.browser.school import TODAY, open_school
from tests.factory import on_day


@pytest.fixture(scope="module")
def school(bench_site):
    """One school for all tests here; the site lives on one day."""
    made = open_school()
    with on_day(TODAY):
        yield made


def test_a_governor_sees_figures_and_nothing_else(school, site, visit, screen):
    visitor = visit(school.person("governor"), screen)
    visitor.go("/governors")
    assert "no figures can be given" in visitor.main() and "Aisha" not in visitor.main()
    visitor.check("governors")
    for elsewhere in ("/cases", "/reviews", "/cohort"):
        answer = visitor.context.request.get(f"{visitor.url}{elsewhere}")
        assert answer.status == 403


def test_the_pdf_comes_without_javascript(school, site, visit):
    visitor = visit(school.person("governor"), javascript=False)
    visitor.go("/governors")
    link = visitor.page.get_by_role("link", name="Download as PDF")
    answer = visitor.context.request.get(f"{visitor.url}{link.get_attribute('href')}")
    assert answer.status == 200 and answer.body().startswith(b"%PDF-")
