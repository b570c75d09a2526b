"""Each method of the framework that Desk uses, as Desk calls it, tried by people who must not see the record."""

from __future__ import annotations

import frappe
import pytest

from tests.app.access.doing_doors import DOING
from tests.app.access.doors import TITLES, Record
from tests.app.access.telling_doors import COUNTING, READING

STRANGERS = ("TUT", "ABO", "ECT")  # of another school, of another body, and without a desk
READER = "ABO"  # of all whose records are asked about; shows that a question is asked as it should be
TRACES = {
    "Comment": "reference_name",
    "ToDo": "reference_name",
    "Event": "reference_docname",
    "Reminder": "reminder_docname",
    "DocShare": "share_name",
    "Tag Link": "document_name",
    "Document Follow": "ref_docname",
    "Communication": "reference_name",
    "Discussion Topic": "reference_docname",
    "Auto Repeat": "reference_document",
    "View Log": "reference_name",
    "File": "attached_to_name",
    "Version": "docname",
}


def _asked(world, code: str, whose: str) -> list[Record]:
    case = getattr(world, whose)
    return [Record(doctype, case.records[doctype], case, world.own, world.people[code]) for doctype in TITLES]


@pytest.mark.parametrize("name", READING)
def test_nothing_is_told_of_a_foreign_record(world, visitors, name):
    door = READING[name]
    for code in STRANGERS:
        for record in _asked(world, code, "far"):
            answer = door.ask(visitors[code], record)
            for told in (record.case.secret, record.case.user):
                assert told not in answer.text or answer.status_code >= 400, f"{code}: {record.doctype}"
    if door.tells:
        answers = [door.ask(visitors[READER], record) for record in _asked(world, READER, "own")]
        assert any(world.own.secret in answer.text for answer in answers), (
            "Asked wrongly: not even told to its reader"
        )


@pytest.mark.parametrize("name", COUNTING)
def test_a_foreign_record_is_not_counted(world, visitors, name):
    for code in STRANGERS:
        for record in _asked(world, code, "far"):
            answer = COUNTING[name].ask(visitors[code], record)
            assert answer.status_code == 403 or _number(answer) == 0, f"{code}: {record.doctype}"
    for record in _asked(world, READER, "own"):
        assert _number(COUNTING[name].ask(visitors[READER], record)) == 1


def _number(answer) -> float:
    assert answer.ok, answer.text
    body = answer.json()
    return body["message"] if "message" in body else body["data"]


@pytest.mark.parametrize("name", DOING)
def test_nothing_is_done_to_a_foreign_record(world, visitors, name):
    before = _traces(world)
    for code in STRANGERS:
        for record in _asked(world, code, "far"):
            answer = DOING[name].ask(visitors[code], record)
            assert record.case.secret not in answer.text or answer.status_code >= 400, (
                f"{code}: {record.doctype}"
            )
            assert _traces(world) == before, f"{code}: {record.doctype}: {answer.text[:300]}"


def _traces(world) -> dict:
    """What has been done to the foreign records, and what the framework's own records say about them."""
    frappe.db.rollback()  # a fresh view of what the server wrote
    found = {}
    for record in _asked(world, READER, "far"):
        columns = [
            "name",
            "modified",
            "docstatus",
            "stage",
            "_user_tags",
            "_assign",
            "_liked_by",
            "_comments",
        ]
        found[record.doctype] = frappe.db.get_value(record.doctype, record.name, columns)
        for kind, field in TRACES.items():
            found[record.doctype, kind] = frappe.db.count(kind, {field: record.name})
    return found
