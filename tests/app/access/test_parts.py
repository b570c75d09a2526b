"""A row of a table, asked for by its own name: it is seen with its record, and written through its record alone."""

from __future__ import annotations

import frappe
import pytest

from tests.app.access.table import TABLE
from tests.app.access.world import Case, lay_down

_METHOD = "/api/method/frappe"
# Ways to one row, given its type, its name and the type of its record.
WAYS = {
    "REST": lambda part, row, parent: (f"/api/resource/{part}/{row}", {}),
    "REST, second version": lambda part, row, parent: (f"/api/v2/document/{part}/{row}", {}),
    "a copy": lambda part, row, parent: (f"/api/v2/document/{part}/{row}/copy", {}),
    "record": lambda part, row, parent: (
        f"{_METHOD}.client.get",
        {"doctype": part, "name": row, "parent": parent},
    ),
    "values": lambda part, row, parent: (
        f"{_METHOD}.client.get_value",
        {"doctype": part, "filters": row, "fieldname": "*", "parent": parent},
    ),
    "form": lambda part, row, parent: (f"{_METHOD}.desk.form.load.getdoc", {"doctype": part, "name": row}),
    "print": lambda part, row, parent: ("/printview", {"doctype": part, "name": row}),
    "print from Desk": lambda part, row, parent: (
        f"{_METHOD}.www.printview.get_html_and_style",
        {"doc": part, "name": row},
    ),
}
TELLING = ("REST", "REST, second version", "record", "form")  # to whoever may read the record
STRANGERS = ("TUT", "HEA", "GOV", "ABO", "QAO", "ECT")
# A reader of each record whose rows are asked for, at the stage in which it is open to all its readers.
READERS = {
    "Formal Assessment": "TUT",
    "Progress Review": "ECT",
    "Observation": "ECT",
    "Action Plan": "ECT",
    "Induction Period": "COO",
    "QM Audit": "HEA",
}
PARTS = [(part, parent) for part, parents in TABLE.parts.items() for parent in parents]


@pytest.fixture
def row_of(world):
    """Return a function that finds a row of a record of a case, and writes one where there is none, for the test."""
    made = []

    def find(case: Case, part: str, parent: str, record: str | None = None) -> str:
        at = {"parenttype": parent, "parent": record or case.records[parent]}
        if not (row := frappe.db.get_value(part, at)):
            tables = frappe.get_meta(parent).get_table_fields()
            field = next(df.fieldname for df in tables if df.options == part)
            row = lay_down(part, **at, parentfield=field, idx=1, from_date="2025-01-06", target=case.secret)
            frappe.db.commit()
            made.append((part, row))
        return row

    yield find
    frappe.db.rollback()
    for part, row in made:
        frappe.db.delete(part, row)
    frappe.db.commit()


def _told(answer, row: str) -> bool:
    return answer.status_code < 400 and (row in answer.text or "Zanzibar" in answer.text)


@pytest.mark.parametrize(("part", "parent"), PARTS)
def test_a_row_of_a_foreign_record_is_told_by_no_door(world, visitors, part, parent, row_of):
    row = row_of(world.far, part, parent)
    for code in STRANGERS:
        for way, request in WAYS.items():
            path, params = request(part, row, parent)
            answer = visitors[code].ask("GET", path, params=params)
            assert not _told(answer, row), f"{code}, {way}: {answer.text[:200]}"


@pytest.mark.parametrize(("part", "parent"), PARTS)
def test_a_row_is_told_to_who_reads_its_record(world, visitors, part, parent, row_of):
    row = row_of(world.own, part, parent)
    for way in TELLING:
        path, params = WAYS[way](part, row, parent)
        answer = visitors[READERS[parent]].ask("GET", path, params=params)
        assert _told(answer, row), f"{way}: {answer.status_code} {answer.text[:200]}"


@pytest.mark.parametrize(
    ("part", "parent", "code"),
    [
        ("Development Target", "Progress Review", "ECT"),
        ("Standard Progress", "Progress Review", "MEN"),
        ("Standard Judgement", "Formal Assessment", "ECT"),
        ("Action Plan Target", "Action Plan", "ABO"),
        ("Observed Standard", "Observation", "ECT"),
    ],
)
def test_a_row_of_a_draft_is_not_told_to_who_kept_its_name(world, visitors, part, parent, code, row_of):
    """Somebody saw the row while the record was theirs to read; it has gone back to be rewritten."""
    row = row_of(world.own, part, parent, world.own.parked[parent, "drafting"])
    for way, request in WAYS.items():
        path, params = request(part, row, parent)
        answer = visitors[code].ask("GET", path, params=params)
        assert not _told(answer, row), f"{way}: {answer.text[:200]}"


def test_nobody_writes_a_row_past_its_record(world, visitors, row_of):
    """The record's own rules say when its rows may change: through the row, nothing would ask them."""
    for stage, code in (("drafting", "TUT"), ("received", "TUT"), ("received", "ECT"), ("received", "ADM")):
        review = world.own.parked["Progress Review", stage]
        row = row_of(world.own, "Development Target", "Progress Review", review)
        ask, path = visitors[code].ask, f"/api/resource/Development Target/{row}"
        written = {"doctype": "Development Target", "name": row, "target": "Another"}
        at = {"parent": review, "parenttype": "Progress Review", "parentfield": "targets"}
        answers = [
            ask("PUT", path, json={"target": "Another"}),
            ask("PUT", f"/api/v2/document/Development Target/{row}", json={"target": "Another"}),
            ask("POST", f"{_METHOD}.client.save", json={"doc": {**written, **at}}),
            ask("DELETE", path),
        ]
        assert {answer.status_code for answer in answers} == {403}, code
        frappe.db.rollback()
        assert frappe.db.get_value("Development Target", row, "target") == world.own.secret


def test_a_look_at_a_row_is_a_look_at_its_record(world, visitors, row_of):
    review = world.own.records["Progress Review"]
    row = row_of(world.own, "Development Target", "Progress Review", review)
    looks = {"reference_name": review, "viewed_by": world.people["ECT"]}
    for way in TELLING:
        frappe.db.rollback()
        before = frappe.db.count("View Log", looks)
        path, params = WAYS[way]("Development Target", row, "Progress Review")
        assert visitors["ECT"].ask("GET", path, params=params).ok
        frappe.db.rollback()
        assert frappe.db.count("View Log", looks) == before + 1, way
