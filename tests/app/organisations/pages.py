"""A person, or nobody yet, who fills in the app's pages over HTTP as a browser without scripts would."""

from __future__ import annotations

import html
import itertools
import re

import requests

from tests.factory import PASSWORD

_addresses = itertools.count(1)


class Reader:
    """One browser without scripts, at a network address of its own, so that counts of requests do not mix."""

    def __init__(self, url: str, user: str = "", password: str = PASSWORD) -> None:
        number = next(_addresses)
        self.url, self.session = url, requests.Session()
        self.session.headers["X-Forwarded-For"] = f"10.77.{number // 250}.{number % 250 + 1}"
        if user:
            data = {"usr": user, "pwd": password}
            answer = self.session.post(f"{url}/api/method/login", data=data, timeout=60)
            assert answer.status_code == 200, f"{user} cannot sign in: {answer.text[:300]}"

    def open(self, path: str) -> requests.Response:
        """A page as it comes."""
        return self.session.get(f"{self.url}{path}", timeout=60, allow_redirects=False)

    def page(self, path: str) -> str:
        """A page that has to open: its text without markup."""
        answer = self.open(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {words(answer.text)[:500]}"
        return words(answer.text)

    def send(self, path: str, **answers) -> requests.Response:
        """Open a page, answer its form and send it."""
        return self.send_opened(path, self.open(path).text, **answers)

    def send_opened(self, path: str, opened: str, **answers) -> requests.Response:
        """Send the form of a page opened before. Names of parts of days are written day_month."""
        forms = re.findall(r"<form[^>]*data-kit-form.*?</form>", opened, flags=re.S)
        assert forms, f"{path} has no form: {words(opened)[:500]}"
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', forms[0]))
        named = {name.replace("__", "-"): value for name, value in answers.items()}
        return self.session.post(
            f"{self.url}{path}", data={**hidden, **named}, timeout=60, allow_redirects=False
        )

    def goes_to(self, path: str, then: str, **answers) -> None:
        """Send a page's form, which has to lead to an address."""
        answer = self.send(path, **answers)
        assert answer.status_code == 303, f"{path}: {answer.status_code} {words(answer.text)[:600]}"
        assert answer.headers["Location"].removeprefix(self.url) == then

    def refused(self, path: str, sentence: str, **answers) -> None:
        """Send a page's form, which has to be refused with a sentence."""
        answer = self.send(path, **answers)
        assert answer.status_code == 422, f"{path}: {answer.status_code}"
        assert sentence in words(answer.text)


def words(text: str) -> str:
    """The text of a page's main part, markup taken out."""
    main = text.split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())
