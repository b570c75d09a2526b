"""A private file of a record stays private, whoever saves it, in however many steps."""

from __future__ import annotations

import frappe
import pytest
import requests

from tests import factory
from tests.http_client import Visitor, words


def _uploaded(visitor: Visitor, doctype: str | None, name: str | None, private: str = "1"):
    """A new file of one's own on a record, as a page or Desk uploads it."""
    n = factory.number()
    data = {"is_private": private} | ({"doctype": doctype, "docname": name} if doctype else {})
    sent = {"file": (f"kept-{n}.txt", f"Confidential {n}".encode())}
    return visitor.ask("POST", "/api/method/upload_file", data=data, files=sent)


def _file(visitor: Visitor, doctype: str | None = None, name: str | None = None) -> dict:
    answer = _uploaded(visitor, doctype, name)
    assert answer.ok, words(answer)
    return answer.json()["message"]


def _to_everybody(url: str, file: dict) -> bool:
    frappe.db.rollback()
    stored = frappe.db.get_value("File", file["name"], ["is_private", "file_url"], as_dict=True)
    found = [f"/files/{file['file_name']}", file["file_url"], stored.file_url if stored else "/files/none"]
    return bool(stored and not stored.is_private) or any(
        requests.get(f"{url}{address}", timeout=60).status_code == 200 for address in found
    )


def _publishing(file: dict) -> list[tuple[str, str, dict]]:
    """Ways to make a file public in one step."""
    path, open_now = f"/api/resource/File/{file['name']}", {"is_private": 0}
    loose = {"attached_to_doctype": None, "attached_to_name": None}
    value = {"doctype": "File", "name": file["name"], "fieldname": "is_private", "value": 0}
    public_address = {"file_url": f"/files/{file['file_name']}"}
    return [
        ("PUT", path, open_now),
        ("PUT", f"/api/v2/document/File/{file['name']}", open_now),
        ("PUT", path, {**open_now, **loose}),
        ("PUT", path, {**open_now, **public_address}),
        ("PUT", path, {**open_now, "attached_to_doctype": "ToDo", "attached_to_name": "any"}),
        ("POST", "/api/method/frappe.client.set_value", value),
    ]


@pytest.mark.parametrize(
    ("code", "doctype", "stage"),
    [
        ("ABO", "ECT", "returned"),
        ("SAD", "ECT", "returned"),
        ("TUT", "Progress Review", "drafting"),
        ("HEA", "Progress Review", "head_signature"),
        ("ECT", "Progress Review", "ect_comment"),
        ("QAO", "QM Audit", "visiting"),
    ],
)
def test_a_file_on_a_record_is_not_made_public(world, visitors, url, code, doctype, stage):
    visitor = visitors[code]
    file = _file(visitor, doctype, world.own.parked[doctype, stage])
    for verb, path, values in _publishing(file):
        answer = visitor.ask(verb, path, json=values)
        assert not answer.ok, f"{path}: {answer.text[:200]}"
        assert not _to_everybody(url, file), f"{path} {values}"
    refused = visitor.ask("PUT", f"/api/resource/File/{file['name']}", json={"is_private": 0})
    assert "private" in words(refused)


def test_a_file_is_not_taken_off_its_record_to_be_made_public(world, visitors, url):
    """First off the record, then public."""
    tutor = visitors["TUT"]
    file = _file(tutor, "Progress Review", world.own.parked["Progress Review", "drafting"])
    loose = {"attached_to_doctype": None, "attached_to_name": None}
    tutor.ask("PUT", f"/api/resource/File/{file['name']}", json=loose)
    for verb, path, values in _publishing(file):
        tutor.ask(verb, path, json=values)
        assert not _to_everybody(url, file), f"{path} {values}"


def test_a_file_is_not_copied_to_be_made_public(world, visitors, url):
    """A second entry for the same address, of one's own; then the first is deleted, and the second published."""
    tutor = visitors["TUT"]
    file = _file(tutor, "Progress Review", world.own.parked["Progress Review", "drafting"])
    for private in (0, 1):
        values = {"file_url": file["file_url"], "is_private": private}
        copied = tutor.ask("POST", "/api/resource/File", json=values)
        copy = {**file, **(copied.json().get("data") or {})}
        for verb, path, values in _publishing(copy):
            tutor.ask(verb, path, json=values)
            assert not _to_everybody(url, copy) and not _to_everybody(url, file)
    tutor.ask("DELETE", f"/api/resource/File/{file['name']}")
    for verb, path, values in _publishing(copy):
        tutor.ask(verb, path, json=values)
        assert not _to_everybody(url, copy)


def test_who_looks_after_the_service_does_not_publish_a_file_of_a_record(world, visitors, url):
    """A System Manager makes files public, for the website; not those of a case."""
    manager = factory.person("Manager")
    frappe.get_doc("User", manager).add_roles("System Manager")
    frappe.db.commit()
    visitor = Visitor(url, manager)
    file = _file(visitors["TUT"], "Progress Review", world.own.parked["Progress Review", "drafting"])
    assert not visitor.ask("PUT", f"/api/resource/File/{file['name']}", json={"is_private": 0}).ok
    assert not _to_everybody(url, file)
    own = _file(visitor)
    answer = visitor.ask("PUT", f"/api/resource/File/{own['name']}", json={"is_private": 0})
    assert answer.ok, words(answer)
    assert _to_everybody(url, own)


def test_a_private_file_of_ones_own_is_changed_otherwise(world, visitors):
    """Whoever may write to the record renames a file on it."""
    tutor = visitors["TUT"]
    file = _file(tutor, "Progress Review", world.own.parked["Progress Review", "drafting"])
    changed = tutor.update("File", file["name"], file_name="another.txt")
    assert changed["file_name"] == "another.txt"


def test_files_are_on_records_and_not_on_their_rows(world, visitors, url):
    """A row of a table takes no file, public or private, from its writer or from a stranger."""
    for case, code in ((world.own, "TUT"), (world.far, "TUT"), (world.far, "ABO")):
        review = case.parked["Progress Review", "drafting"]
        row = frappe.db.get_value("Development Target", {"parent": review})
        for private in ("0", "1"):
            assert not _uploaded(visitors[code], "Development Target", row, private).ok
        values = {"file_name": f"row-{factory.number()}.txt", "content": "x", "is_private": 0}
        values |= {"attached_to_doctype": "Development Target", "attached_to_name": row}
        assert not visitors[code].ask("POST", "/api/resource/File", json=values).ok
    frappe.db.rollback()
    assert not frappe.db.exists("File", {"attached_to_doctype": "Development Target"})


def test_a_file_on_a_row_goes_with_the_record_of_the_row(world, visitors):
    """However it came there: not its uploader, but who reads the record opens it."""
    review = world.own.records["Progress Review"]
    row = frappe.db.get_value("Development Target", {"parent": review})
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": f"row-{factory.number()}.txt",
            "content": f"Row {factory.number()}",
            "attached_to_doctype": "Development Target",
            "attached_to_name": row,
            "is_private": 1,
        }
    ).insert()
    frappe.db.set_value("File", file.name, "owner", world.people["GOV"])
    frappe.db.commit()
    assert visitors["GOV"].ask("GET", file.file_url).status_code == 403
    assert visitors["GOV"].ask("GET", f"/api/resource/File/{file.name}").status_code == 403
    assert visitors["ECT"].ask("GET", file.file_url).status_code == 200
    frappe.delete_doc("File", file.name)
    frappe.db.commit()
