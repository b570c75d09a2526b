"""What makes no sense is answered with a sentence that names it, and never with an error of the server."""

from __future__ import annotations

import json

import pytest

from tests.app.access import written
from tests.http_client import words

_API = "/api/method/induction_app.api"


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"start": "9999-12-31"}, "Start"),
        ({"start": "0001-01-01"}, "Start"),
        ({"fte": "0.5", "fte_from": "9999-12-31"}, "New hours from"),
        ({"absences": "{bad"}, "Absences"),
        ({"absences": '["x"]'}, "Absences"),
        ({"absences": '[{"starts_on": "2025-04-01", "days": 1000000000}]'}, "row 1"),
        ({"absences": '[{"starts_on": "9999-12-31", "days": 5}]'}, "row 1"),
        ({"absences": '[{"starts_on": "2025-04-01", "days": 5, "kind": "zz"}]'}, "row 1"),
        ({"absences": '[{"starts_on": ["2025-04-01"], "days": 5}]'}, "row 1"),
    ],
)
def test_a_what_if_that_cannot_be(world, visitors, asked, named):
    answer = visitors["TUT"].ask("GET", f"{_API}.rules.what_if", params={"ect": world.own.ect, **asked})
    assert (answer.status_code, named in words(answer)) == (417, True), words(answer)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"values": "{bad"}, "Values"),
        ({"values": "[1]"}, "Values"),
        ({"values": '{"evidence_summary": {"a": 1}}'}, "evidence_summary"),
        ({"values": '{"evidence_summary": [1]}'}, "evidence_summary"),
        ({"values": '{"targets": "x"}'}, "targets"),
        ({"values": '{"targets": ["x"]}'}, "targets"),
        ({"seen_modified": "yesterday"}, "Seen modified"),
    ],
)
def test_an_action_with_values_that_cannot_be(world, visitors, asked, named):
    about = {"doctype": "Progress Review", "name": world.own.parked["Progress Review", "drafting"]}
    written.put_back(world.own, *about.values(), "drafting")
    answer = visitors["TUT"].ask(
        "POST", f"{_API}.records.act", data={**about, "action": "Send to ECT", **asked}
    )
    assert (answer.status_code, named in words(answer)) == (417, True), words(answer)


def test_periods_that_are_no_list(world, visitors):
    asked = {"appropriate_body": world.own.place.body, "kind": "claims", "periods": "{bad"}
    answer = visitors["ABO"].ask("POST", f"{_API}.dfe.confirm_reported", data=asked)
    assert (answer.status_code, "Induction periods" in words(answer)) == (417, True)


@pytest.mark.parametrize("kind", ["CSV", "Excel"])
def test_an_export_holds_no_formula(world, visitors, kind):
    """What somebody typed is not worked out by whoever opens the file."""
    name = world.own.parked["ECT", "returned"]
    text = '=HYPERLINK("http://example.org")'
    visitors["COO"].update("ECT", name, subject=text)
    try:
        asked = {
            "doctype": "ECT",
            "title": "ECT",
            "fields": json.dumps(["name", "subject", "prior_terms_served"]),
            "filters": json.dumps([["ECT", "name", "=", name]]),
            "file_format_type": kind,
            "view": "Report",
        }
        path = "/api/method/frappe.desk.reportview.export_query"
        answer = visitors["ABO"].ask("POST", path, data=asked)
        assert answer.ok
        cells = _cells(answer.content, kind)
        assert f"'{text}" in cells and text not in cells
    finally:
        visitors["COO"].update("ECT", name, subject="Mathematics")


def _cells(content: bytes, kind: str) -> list[str]:
    import csv
    import io

    from openpyxl import load_workbook

    if kind == "CSV":
        return [cell for row in csv.reader(io.StringIO(content.decode())) for cell in row]
    sheet = load_workbook(io.BytesIO(content)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [str(cell.value) for row in sheet.iter_rows() for cell in row]


def test_ones_own_password_takes_the_present_one(world, visitors):
    person = world.people["MEN"]
    answer = visitors["MEN"].ask(
        "PUT", f"/api/resource/User/{person}", json={"new_password": "marble kettle orchard nine"}
    )
    assert (answer.status_code, "New password" in words(answer)) == (403, True)
