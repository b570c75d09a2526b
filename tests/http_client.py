"""Asks the site over HTTP as a person who has signed in with their password."""

from __future__ import annotations

import json
from urllib.parse import quote

import requests

from tests.factory import PASSWORD


class Refused(AssertionError):  # noqa: N818 -- reads as what happened
    """The server said no: its status and its words."""

    def __init__(self, response: requests.Response):
        self.status = response.status_code
        self.text = words(response)
        super().__init__(f"{self.status}: {self.text}")


def words(response: requests.Response) -> str:
    """The sentences in an answer's messages, else its text."""
    try:
        body = response.json()
    except ValueError:
        return response.text
    messages = [json.loads(message) for message in json.loads(body.get("_server_messages") or "[]")]
    said = [message.get("message", "") if isinstance(message, dict) else str(message) for message in messages]
    return " ".join(said) or str(body.get("exception") or body)


class Visitor:
    """One person's session with the site."""

    def __init__(self, url: str, user: str, password: str = PASSWORD):
        self.url = url
        self.user = user
        self.session = requests.Session()
        answer = self.session.post(f"{url}/api/method/login", data={"usr": user, "pwd": password}, timeout=60)
        assert answer.status_code == 200, f"{user} cannot sign in: {words(answer)}"

    def ask(self, verb: str, path: str, **kwargs) -> requests.Response:
        """Any request, its answer as it comes."""
        return self.session.request(verb, f"{self.url}{path}", timeout=120, **kwargs)

    def call(self, method: str, verb: str = "POST", **arguments) -> object:
        """Call a whitelisted method. Raises Refused with the server's words."""
        data = {k: v if isinstance(v, str) else json.dumps(v) for k, v in arguments.items() if v is not None}
        where = {"params": data} if verb == "GET" else {"data": data}
        answer = self.ask(verb, f"/api/method/{method}", **where)
        if answer.status_code != 200:
            raise Refused(answer)
        return answer.json().get("message")

    def list(self, doctype: str, **params) -> list[dict]:
        """A list over REST."""
        params = {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}
        answer = self.ask("GET", f"/api/resource/{quote(doctype)}", params=params)
        if answer.status_code != 200:
            raise Refused(answer)
        return answer.json()["data"]

    def read(self, doctype: str, name: str) -> dict:
        """One record over REST."""
        return self._data(self.ask("GET", f"/api/resource/{quote(doctype)}/{quote(name)}"))

    def insert(self, doctype: str, **values) -> dict:
        """Insert a record over REST."""
        return self._data(self.ask("POST", f"/api/resource/{quote(doctype)}", json=values))

    def update(self, doctype: str, name: str, **values) -> dict:
        """Change a record over REST."""
        return self._data(self.ask("PUT", f"/api/resource/{quote(doctype)}/{quote(name)}", json=values))

    def act(self, doctype: str, name: str, action: str, **more) -> dict:
        """Take a workflow action through the app's own door."""
        return self.call("induction_app.api.records.act", doctype=doctype, name=name, action=action, **more)

    @staticmethod
    def _data(answer: requests.Response) -> dict:
        if answer.status_code != 200:
            raise Refused(answer)
        return answer.json()["data"]
