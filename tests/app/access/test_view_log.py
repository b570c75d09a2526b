"""Whoever looks at a personal record leaves a View Log, whichever way they look."""

from __future__ import annotations

import json

import frappe
import pytest

from induction_app.access.view_log import PERSONAL
from tests.app.access.table import TABLE

_METHOD = "/api/method/frappe"
_WAYS = {
    "REST": lambda doctype, name: (f"/api/resource/{doctype}/{name}", {}),
    "REST, second version": lambda doctype, name: (f"/api/v2/document/{doctype}/{name}", {}),
    "a copy": lambda doctype, name: (f"/api/v2/document/{doctype}/{name}/copy", {}),
    "a call": lambda doctype, name: (f"{_METHOD}.client.get", {"doctype": doctype, "name": name}),
    "a call with a condition": lambda doctype, name: (
        f"{_METHOD}.client.get",
        {"doctype": doctype, "filters": f'{{"name": "{name}"}}'},
    ),
    "a call on a page": lambda doctype, name: (
        "/",
        {"cmd": "frappe.client.get", "doctype": doctype, "name": name},
    ),
    "Desk": lambda doctype, name: (f"{_METHOD}.desk.form.load.getdoc", {"doctype": doctype, "name": name}),
    "print": lambda doctype, name: ("/printview", {"doctype": doctype, "name": name}),
    "print from Desk": lambda doctype, name: (
        f"{_METHOD}.www.printview.get_html_and_style",
        {"doc": doctype, "name": name},
    ),
}


@pytest.mark.parametrize("doctype", PERSONAL)
def test_each_way_to_a_record_is_logged(world, visitors, doctype):
    name = world.own.record(doctype, "ABO")
    for way, request in _WAYS.items():
        path, params = request(doctype, name)
        before = _views(doctype, name)
        answer = visitors["ABO"].ask("GET", path, params=params)
        assert answer.ok, f"{way}: {answer.text[:200]}"
        assert _views(doctype, name) == before + 1, f"{doctype} was read by {way} and that was not logged"


def test_each_of_several_printed_together_is_logged(world, visitors):
    """Several records in one PDF, of one type and of several."""
    path = f"{_METHOD}.utils.print_format.download_multi_pdf"
    review, plan = world.own.records["Progress Review"], world.own.records["Action Plan"]
    before = _views("Progress Review", review), _views("Action Plan", plan)
    several = {"Progress Review": [review], "Action Plan": [plan]}
    for asked in (
        {"doctype": "Progress Review", "name": json.dumps([review])},
        {"doctype": several, "name": "both"},
    ):
        answer = visitors["ABO"].ask("POST", path, json={**asked, "format": "Standard"})
        assert answer.ok, answer.text[-1000:]
    assert _views("Progress Review", review) == before[0] + 2
    assert _views("Action Plan", plan) == before[1] + 1


def test_every_record_about_a_person_is_logged():
    """What the access table lists as the case is what is logged."""
    places = {"School", "School Registration", "QM Audit", "Induction Staff", "Academic Term", "Term Figures"}
    assert set(PERSONAL) == set(TABLE.records) - places - set(TABLE.shared)


def test_the_log_says_who_and_a_refusal_leaves_none(world, visitors):
    name = world.own.records["Formal Assessment"]
    before = _views("Formal Assessment", name)
    assert visitors["SAD"].ask("GET", f"/api/resource/Formal Assessment/{name}").status_code == 403
    assert visitors["MEN"].ask("GET", f"/printview?doctype=Formal Assessment&name={name}").status_code != 200
    assert _views("Formal Assessment", name) == before
    visitors["TUT"].read("Formal Assessment", name)
    frappe.db.rollback()
    last = frappe.get_last_doc("View Log", filters={"reference_name": name})
    assert last.viewed_by == world.people["TUT"]


def _views(doctype: str, name: str) -> int:
    frappe.db.rollback()  # a fresh view of what the server wrote
    return frappe.db.count("View Log", {"reference_doctype": doctype, "reference_name": name})
