"""The registrations on their way to a large appropriate body: all that wait are counted, and marked."""

import frappe

from induction_app.workflows.act import act
from tests import factory
from tests.app.pages.looking import page
from tests.factory import acting_as

WAITING = 510


def test_however_many_wait_they_are_counted_and_marked(site):
    at = factory.place()
    name = factory.draft_ect(at, first_name="Zoe", last_name="Last")
    with acting_as(at.administrator):
        act("ECT", name, "Send to appropriate body")
    like = frappe.get_doc("ECT", name)
    fields = frappe.db.get_table_columns("ECT")
    rows = []
    for number in range(1, WAITING):
        values = {**like.as_dict(), "name": f"ECT-Q-{number:04d}", "full_name": f"Ann Early {number:04d}"}
        values |= {"trn": None, "email": None, "start_date": "2024-08-31"}
        rows.append([values.get(field) for field in fields])
    frappe.db.bulk_insert("ECT", fields, rows)
    shown = page(at.officer, "/registrations?name=Zoe")
    assert f"{WAITING} are waiting for you." in shown
    assert "Authorise or return the registration" in shown
