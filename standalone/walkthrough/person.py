"""One person at a browser: signs in with a password, keeps a session, sends its CSRF token."""

import json
import re
from typing import Any
from urllib.parse import urlencode

import requests

TIMEOUT = 60
_TAGS = re.compile(r"<[^>]+>")
_CSRF_FIELD = re.compile(r'name="csrf_token"\s+value="([^"]+)"')


class RefusedError(Exception):
    """The site said no: the HTTP status, and the sentence it gave."""

    def __init__(self, status: int, sentence: str):
        super().__init__(f"{status}: {sentence}")
        self.status, self.sentence = status, sentence


class Person:
    """A person with an account on the site, and what they can do there."""

    def __init__(self, url: str, name: str, email: str, post: str):
        """`post` is what they are, in the words of the story: "induction tutor"."""
        self.url, self.name, self.email, self.post = url, name, email, post
        self.session = requests.Session()

    def sign_in(self, password: str) -> None:
        """Sign in, and fetch the session's CSRF token from a page's form."""
        self.session = requests.Session()
        self._answer(
            self.session.post(
                f"{self.url}/api/method/login", data={"usr": self.email, "pwd": password}, timeout=TIMEOUT
            )
        )
        page = self.session.get(f"{self.url}/your-account", timeout=TIMEOUT)
        token = _CSRF_FIELD.search(page.text)
        if not token:
            raise RefusedError(
                page.status_code, f"{self.email}: the page after signing in carries no CSRF token."
            )
        self.session.headers["X-Frappe-CSRF-Token"] = token[1]

    def choose_password(self, key: str, password: str) -> None:
        """Set a first password with the key of a welcome mail's link."""
        method = "frappe.core.doctype.user.user.update_password"
        self._answer(
            self.session.post(
                f"{self.url}/api/method/{method}",
                data={"key": key, "new_password": password},
                timeout=TIMEOUT,
            )
        )

    # Records -------------------------------------------------------------------------------------

    def read(self, doctype: str, name: str) -> dict:
        """A record as this person may see it."""
        return self._request("GET", f"/api/resource/{doctype}/{name}")["data"]

    def find(self, doctype: str, fields: list[str] | None = None, **filters: Any) -> list[dict]:
        """Records of the person's own list that fit, oldest first."""
        query = {
            "filters": json.dumps(filters),
            "fields": json.dumps(fields or ["name"]),
            "order_by": "creation asc",
            "limit_page_length": 500,
        }
        return self._request("GET", f"/api/resource/{doctype}", params=query)["data"]

    def insert(self, doctype: str, **values: Any) -> dict:
        """Make a record."""
        return self._request("POST", f"/api/resource/{doctype}", json=values)["data"]

    def change(self, doctype: str, name: str, **values: Any) -> dict:
        """Change fields of a record."""
        return self._request("PUT", f"/api/resource/{doctype}/{name}", json=values)["data"]

    # Methods -------------------------------------------------------------------------------------

    def call(self, method: str, **arguments: Any) -> Any:
        """POST to a method and return what it returned."""
        return self._request("POST", f"/api/method/{method}", json=arguments).get("message")

    def ask(self, method: str, **arguments: Any) -> Any:
        """GET a method and return what it returned."""
        return self._request("GET", f"/api/method/{method}", params=arguments).get("message")

    def page(self, path: str) -> str:
        """Open a page and return its HTML."""
        return self.fetch(path).decode()

    def fetch(self, path: str) -> bytes:
        """Follow a link."""
        answer = self.session.get(f"{self.url}{path}", timeout=TIMEOUT)
        if answer.status_code >= 400:
            self._answer(answer)
        return answer.content

    def download(self, method: str, post: bool = False, **arguments: Any) -> bytes:
        """Fetch a file from a method."""
        if not post:
            return self.fetch(f"/api/method/{method}?{urlencode(arguments)}")
        answer = self.session.post(f"{self.url}/api/method/{method}", json=arguments, timeout=TIMEOUT)
        if answer.status_code >= 400:
            self._answer(answer)
        return answer.content

    def upload(self, name: str, content: bytes) -> str:
        """Upload a private file and return its record's name."""
        answer = self.session.post(
            f"{self.url}/api/method/upload_file",
            files={"file": (name, content)},
            data={"is_private": 1},
            timeout=TIMEOUT,
        )
        return self._answer(answer)["message"]["name"]

    def act(self, doctype: str, name: str, action: str, **arguments: Any) -> dict:
        """Take a workflow action on a record."""
        return self.call(
            "induction_app.api.records.act", doctype=doctype, name=name, action=action, **arguments
        )

    def sign(self, doctype: str, name: str, action: str, **arguments: Any) -> dict:
        """Read the text to be signed, then sign exactly that."""
        shown = self.ask("induction_app.api.records.actions", doctype=doctype, name=name)
        seen = shown.get("to_sign", {}).get("sha256")
        return self.act(doctype, name, action, seen_hash=seen, **arguments)

    def _request(self, verb: str, path: str, **arguments: Any) -> dict:
        return self._answer(self.session.request(verb, f"{self.url}{path}", timeout=TIMEOUT, **arguments))

    def _answer(self, answer: requests.Response) -> dict:
        try:
            said = answer.json()
        except ValueError:
            said = {}
        if answer.status_code >= 400:
            raise RefusedError(answer.status_code, _sentence(said) or answer.reason or "no reason given")
        return said


def _sentence(said: dict) -> str:
    """What the site told the person, as plain text: its own messages, else the exception's words."""
    messages = [json.loads(each) for each in json.loads(said.get("_server_messages") or "[]")]
    texts = [message.get("message", "") for message in messages]
    if not texts and said.get("exception"):
        texts = [said["exception"].split(": ", 1)[-1]]
    return " ".join(" ".join(_TAGS.sub(" ", text).split()) for text in texts)
