"""One way into a record: a method of the framework, with the arguments that Desk gives it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import requests

from tests.app.access.world import Case
from tests.http_client import Visitor

TITLES = {"ECT": "full_name", "Formal Assessment": "ect_name"}
_METHOD = "/api/method/frappe."


@dataclass(frozen=True)
class Record:
    """What is asked about: a record, its case, and the asker's own case beside it."""

    doctype: str
    name: str
    case: Case
    own: Case
    asker: str

    @property
    def title(self) -> str:
        return TITLES[self.doctype]

    @property
    def itself(self) -> str:
        """A filter for this record and no other."""
        return json.dumps([[self.doctype, "name", "=", self.name]])

    @property
    def claimed(self) -> str:
        """The record as a request may send it: said to be at the asker's own place."""
        at = {"school": self.own.place.school, "appropriate_body": self.own.place.body}
        people = {"induction_tutor": self.asker, "user": self.asker}
        return json.dumps({"doctype": self.doctype, "name": self.name, "ect": self.case.ect, **at, **people})


@dataclass(frozen=True)
class Door:
    """One way in. `tells` is whether it tells somebody who may read the record of it."""

    path: str
    data: Callable[[Record], dict]
    tells: bool = False
    verb: str = "POST"
    files: Callable[[Record], dict] | None = None

    def ask(self, visitor: Visitor, record: Record) -> requests.Response:
        data = {k: v if isinstance(v, str) else json.dumps(v) for k, v in self.data(record).items()}
        path = self.path.format(name=record.name, doctype=record.doctype)
        path = path if path.startswith("/") else f"{_METHOD}{path}"
        if self.verb == "GET":
            return visitor.ask("GET", path, params=data)
        if path.startswith("/api/resource"):
            return visitor.ask(self.verb, path, json=self.data(record))
        return visitor.ask(self.verb, path, data=data, files=self.files(record) if self.files else None)


def row_of(r: Record) -> dict:
    """The record as most methods are told it."""
    return {"doctype": r.doctype, "name": r.name}
