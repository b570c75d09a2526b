"""How each thing in the table is asked over HTTP, as a person who has signed in."""

from __future__ import annotations

import json
from urllib.parse import quote

import requests

from tests.http_client import Visitor, words

_REFUSED = (403, 404)
# 417: the server found fault with the values, which it looks at after it has looked at the right.
_ALLOWED = (200, 202, 417)


def granted(answer: requests.Response) -> bool:
    """Whether an answer means yes. Fails on anything that is neither a clear yes nor a clear no."""
    if answer.status_code in _REFUSED:
        return False
    assert answer.status_code in _ALLOWED, f"{answer.status_code} at {answer.url}: {words(answer)[:300]}"
    return True


def listed(visitor: Visitor, doctype: str, names: list[str]) -> set[str]:
    """Which of the named records the person's list shows."""
    answer = visitor.ask("GET", _resource(doctype), params=_only(names))
    return {row["name"] for row in answer.json()["data"]} if granted(answer) else set()


def counted(visitor: Visitor, doctype: str, names: list[str]) -> int:
    """How many of the named records the person is told there are."""
    filters = json.dumps([[doctype, "name", "in", names]])
    answer = visitor.ask(
        "GET", "/api/method/frappe.client.get_count", params={"doctype": doctype, "filters": filters}
    )
    return answer.json()["message"] if granted(answer) else 0


def exported(visitor: Visitor, doctype: str, names: list[str]) -> set[str]:
    """Which of the named records the person can take away as a file."""
    asked = {
        "doctype": doctype,
        "title": doctype,
        "fields": json.dumps(["name"]),
        "filters": json.dumps([[doctype, "name", "in", names]]),
        "file_format_type": "CSV",
        "view": "Report",
    }
    answer = visitor.ask("POST", "/api/method/frappe.desk.reportview.export_query", data=asked)
    return {name for name in names if name in answer.text} if granted(answer) else set()


def reads(visitor: Visitor, doctype: str, name: str) -> bool:
    return granted(visitor.ask("GET", _resource(doctype, name)))


def writes(visitor: Visitor, doctype: str, name: str) -> bool:
    return granted(visitor.ask("PUT", _resource(doctype, name), json={}))


def submits(visitor: Visitor, doctype: str, name: str) -> bool:
    return granted(visitor.ask("PUT", _resource(doctype, name), json={"docstatus": 1}))


def deletes(visitor: Visitor, doctype: str, name: str) -> bool:
    return granted(visitor.ask("DELETE", _resource(doctype, name)))


def prints(visitor: Visitor, doctype: str, name: str) -> bool:
    asked = {"doc": doctype, "name": name}
    return granted(visitor.ask("GET", "/api/method/frappe.www.printview.get_html_and_style", params=asked))


def takes_pdf(visitor: Visitor, doctype: str, name: str) -> bool:
    """Whether the person gets the official PDF. One that is due is not set: that takes a second each."""
    asked = {"doctype": doctype, "docname": name, "perm_type": "print"}
    right = visitor.ask("GET", "/api/method/frappe.client.has_permission", params=asked)
    if right.status_code == 200 and right.json()["message"]["has_permission"]:
        return True
    asked = {"doctype": doctype, "name": name}
    return granted(visitor.ask("GET", "/api/method/induction_app.api.documents.pdf", params=asked))


def opens(visitor: Visitor, file_url: str) -> bool:
    return granted(visitor.ask("GET", file_url))


def creates(visitor: Visitor, doctype: str, values: dict) -> tuple[bool, str | None]:
    """Whether the person may make such a record, and its name if there now is one."""
    answer = visitor.ask("POST", _resource(doctype), json=values)
    if not granted(answer):
        return False, None
    assert answer.status_code == 200, f"{doctype} by {visitor.user}: {words(answer)}"
    return True, answer.json()["data"]["name"]


def acts(visitor: Visitor, doctype: str, name: str, action: str, values: dict | None) -> requests.Response:
    asked = {"doctype": doctype, "name": name, "action": action, "reason": "To be put right."}
    if values:
        asked["values"] = json.dumps(values)
    return visitor.ask("POST", "/api/method/induction_app.api.records.act", data=asked)


def _resource(doctype: str, name: str | None = None) -> str:
    return f"/api/resource/{quote(doctype)}" + (f"/{quote(str(name))}" if name else "")


def _only(names: list[str]) -> dict:
    return {"filters": json.dumps([["name", "in", names]]), "limit_page_length": 0}
