"""Fixtures of the browser tests; README.md lists them."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import SCREENS, Visitor, launch
from tests.browser.people import People, Person


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the run; each visitor has a context of their own in it."""
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    """Run the test on a phone and on a desktop."""
    return request.param


@pytest.fixture
def people(site: None) -> People:
    """Accounts on the real site."""
    return People()


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator[Callable[..., Visitor]]:
    """Open a browser for a person (nobody: a guest); closed at the end of the test."""
    visitors: list[Visitor] = []

    def open_for(person: Person | None = None, screen: str = "desktop", javascript: bool = True) -> Visitor:
        visitor = Visitor(browser, url, screen, javascript)
        visitors.append(visitor)
        if person:
            signing_in = visitor.use_session_of if person.one_session else visitor.sign_in
            signing_in(person.email, person.password)
        return visitor

    yield open_for
    for visitor in visitors:
        visitor.context.close()
