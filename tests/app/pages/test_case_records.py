"""What the page of a case shows of its records: the reader's rows, and the fields they may read."""

import frappe
import pytest
from frappe.custom.doctype.property_setter.property_setter import make_property_setter

from induction_app.pages.case_records import CaseRecords
from tests.app.pages.looking import EARLY, page
from tests.factory import acting_as, on_day


@pytest.fixture
def absence(world, site) -> str:
    """A maternity leave of Ann's."""
    with on_day(EARLY), acting_as(world.hill.head):
        leave = {"doctype": "Absence", "ect": world.ects["Ann"], "kind": "Maternity"}
        return frappe.get_doc({**leave, "starts_on": "2024-10-07", "days": 5}).insert().name


def test_a_field_that_an_administrator_hides_is_not_on_the_timeline(world, site, absence):
    address = f"/cases/{world.ects['Ann']}"
    with on_day(EARLY):
        assert "Absence: maternity leave" in page(world.hill.tutor, address)
        make_property_setter("Absence", "kind", "permlevel", 3, "Int")
        frappe.clear_cache(doctype="Absence")
        shown = page(world.hill.tutor, address)
    assert "Absence" in shown and "Absence: maternity leave" not in shown
    frappe.db.rollback()
    frappe.clear_cache(doctype="Absence")


def test_whoever_reads_a_case_knows_its_schedule_and_opens_no_other_record(world, site):
    with acting_as(world.hill.contact):
        records = CaseRecords(world.ects["Cy"])
        assert [row.readable for row in records.scheduled("Progress Review")] == [False] * 4
        assert records.readable("Progress Review") == [] == records.readable("Action Plan")
    with acting_as(world.far.tutor):
        assert CaseRecords(world.ects["Cy"]).all_readable() == []
