"""The numbers of linked records beside a form are those of one's own lists."""

from __future__ import annotations

import json

import pytest

from tests.app.access.table import TABLE

_KINDS = [
    "Observation",
    "Progress Review",
    "Formal Assessment",
    "Action Plan",
    "Induction Decision",
    "Absence",
    "Induction Event",
    "Correspondence",
]


@pytest.mark.parametrize("code", [code for code, may in TABLE.records["ECT"].items() if "r" in may])
def test_one_counts_what_one_finds(world, visitors, code):
    asked = {"doctype": "ECT", "name": world.own.ect, "items": json.dumps(_KINDS)}
    counts = visitors[code].call("frappe.desk.notifications.get_open_count", "GET", **asked)["count"]
    counted = {row["doctype"]: row["count"] for row in counts["external_links_found"]}
    assert set(counted) == set(_KINDS)
    for kind in _KINDS:
        found = 0
        if "r" in TABLE.records[kind][code]:
            filters = json.dumps({"ect": world.own.ect})
            found = len(visitors[code].list(kind, filters=filters, limit_page_length=100))
        assert counted[kind] == found, kind


def test_a_foreign_record_has_no_counts(world, visitors):
    asked = {"doctype": "ECT", "name": world.far.ect, "items": json.dumps(_KINDS)}
    answer = visitors["TUT"].ask("GET", "/api/method/frappe.desk.notifications.get_open_count", params=asked)
    assert answer.status_code == 403
