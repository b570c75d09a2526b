"""Who may write a field without reading it is not told it in the answer to what they write."""

from __future__ import annotations

import json

import frappe
import pytest

from tests.app.access import written

_METHOD = "/api/method/frappe"
NUMBER = written.FIELDS["ni_number"][0]
WRITERS = ("COO", "HEA", "SAD", "ADM")
WAYS = {
    "REST": lambda doc: ("PUT", f"/api/resource/ECT/{doc['name']}", {"subject": "Physics"}),
    "REST, nothing changed": lambda doc: ("PUT", f"/api/resource/ECT/{doc['name']}", {}),
    "REST, second version": lambda doc: ("PUT", f"/api/v2/document/ECT/{doc['name']}", {"subject": "Music"}),
    "value": lambda doc: (
        "POST",
        f"{_METHOD}.client.set_value",
        {"doctype": "ECT", "name": doc["name"], "fieldname": "subject", "value": "Art"},
    ),
    "saved": lambda doc: ("POST", f"{_METHOD}.client.save", {"doc": doc}),
    "saved in a form": lambda doc: (
        "POST",
        f"{_METHOD}.desk.form.save.savedocs",
        {"doc": json.dumps(doc), "action": "Save"},
    ),
}


@pytest.fixture
def ect(world) -> str:
    """A registration that school and body may write, with a number."""
    name = world.own.parked["ECT", "returned"]
    frappe.db.rollback()
    frappe.db.set_value("ECT", name, "ni_number", NUMBER)
    frappe.db.commit()
    return name


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("code", WRITERS)
def test_the_number_is_not_given_back(world, visitors, ect, code, way):
    doc = visitors[code].read("ECT", ect)
    verb, path, values = WAYS[way](doc)
    answer = visitors[code].ask(verb, path, json=values)
    assert answer.ok, answer.text[:300]
    assert ect in answer.text and NUMBER not in answer.text
    frappe.db.rollback()
    assert frappe.db.get_value("ECT", ect, "ni_number") == NUMBER


def test_the_number_sent_is_kept_and_a_reader_is_told(world, visitors, ect):
    visitors["SAD"].update("ECT", ect, ni_number="AB654321A")
    assert visitors["ABO"].update("ECT", ect, subject="History")["ni_number"] == "AB654321A"


def test_a_move_does_not_give_it_back_either(world, visitors, ect):
    """The framework answers to a workflow action with the whole record."""
    answer = visitors["SAD"].ask(
        "POST",
        f"{_METHOD}.model.workflow.apply_workflow",
        json={"doc": json.dumps({"doctype": "ECT", "name": ect}), "action": "Send to appropriate body"},
    )
    assert answer.ok, answer.text[:300]
    assert ect in answer.text and NUMBER not in answer.text
    frappe.db.rollback()
    assert frappe.db.get_value("ECT", ect, "ni_number") == NUMBER
    written.put_back(world.own, "ECT", ect, "returned")
