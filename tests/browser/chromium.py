"""Debian's Chromium, and one visitor in it: a browser of their own, watched for errors and for other hosts."""

import itertools
import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

# Without windows first: for each visitor the whole browser opens one, which takes more time than the pages do.
EXECUTABLES = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"

_addresses = itertools.count(1)
#: Cookies of sessions that are open, by person: signing in takes longer than most pages.
_sessions: dict[str, list] = {}


def launch(playwright: Playwright) -> Browser:
    """Start the browser without a window."""
    found = next(path for path in EXECUTABLES if Path(path).exists())
    return playwright.chromium.launch(executable_path=found, args=ARGUMENTS)


def screenshots() -> Path:
    """The folder of screenshots, made when it is missing."""
    named = os.environ.get("INDUCTION_SCREENSHOTS")
    folder = Path(named) if named else Path(os.environ["INDUCTION_SITES_PATH"]).parent / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass
class Visitor:
    """One person at one device. `faults` collects what no page may do."""

    browser: Browser
    url: str
    screen: str = "desktop"
    javascript: bool = True
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        number = next(_addresses)
        self.context = self.browser.new_context(
            viewport=SCREENS[self.screen],
            java_script_enabled=self.javascript,
            base_url=self.url,
            locale="en-GB",
            extra_http_headers={"X-Forwarded-For": f"10.9.{number // 250}.{number % 250 + 1}"},
        )
        self.context.set_default_timeout(15_000)
        self.page = self.new_page()

    def new_page(self) -> Page:
        """Another tab of the same browser."""
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._watch)
        return page

    def sign_in(self, email: str, password: str) -> None:
        """Sign in without the page, for tests of other pages."""
        answer = self.context.request.post(
            f"{self.url}/api/method/login", form={"usr": email, "pwd": password}
        )
        assert answer.ok, f"{email} cannot sign in: {answer.status} {answer.text()[:200]}"

    def use_session_of(self, email: str, password: str) -> None:
        """Go on with a session of the person's that another visitor began, else sign in."""
        if email in _sessions:
            self.context.add_cookies(_sessions[email])
        else:
            self.sign_in(email, password)
            _sessions[email] = self.context.cookies()

    def sign_in_by_page(self, email: str, password: str) -> None:
        """Fill in the sign-in page, which must be open."""
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.button("Sign in")

    def go(self, path: str) -> Page:
        """Open a page by its path."""
        self.page.goto(path)
        return self.page

    def button(self, text: str) -> None:
        """Press a button and wait for the page after it."""
        self.page.get_by_role("button", name=text, exact=True).click()
        self.page.wait_for_load_state()

    def link(self, text: str) -> None:
        """Follow a link, by the text it begins with or contains, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=text).first.click()

    def heading(self) -> str:
        """The page's main heading."""
        return self.page.locator("h1").inner_text()

    def main(self) -> str:
        """The text of the page's main part."""
        return self.page.locator("main").inner_text()

    def check(self, name: str) -> None:
        """Take the screenshot `name`; fail on any accessibility violation, console error or other host."""
        self.page.screenshot(path=screenshots() / f"{name}-{self.screen}.png", full_page=True)
        if self.javascript:
            self._run_axe(name)
        wide = self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, f"{name} scrolls sideways on a {self.screen}"
        assert not self.faults, f"{name}: {self.faults}"

    def _run_axe(self, name: str) -> None:
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", WCAG)
        violations = [
            f"{violation['id']}: {violation['help']}: {node['html']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
        assert not violations, f"{name}: " + "\n".join(violations)

    def _hear(self, message: ConsoleMessage) -> None:
        # The browser repeats the status of the page itself (404, 422) as an error; tests look at that status.
        own_status = "the server responded with a status of" in message.text and message.location.get(
            "url", ""
        ).startswith(self.page.url.split("#")[0])
        if message.type == "error" and not own_status:
            self.faults.append(f"console: {message.text}")

    def _watch(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in ("http", "https") and asked.netloc != urlsplit(self.url).netloc:
            self.faults.append(f"request to another host: {request.url}")
