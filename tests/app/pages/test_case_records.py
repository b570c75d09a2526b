"""What the page of a case shows of its records: the reader's rows, and the fields they may read."""

import frappe
import pytest
from frappe.custom.doctype.property_setter.property_setter import make_property_setter

from induction_app.pages.case_records import _SHOWN, CaseRecords
from tests import factory
from tests.app.pages.looking import EARLY, LATE, page
from tests.factory import acting_as, on_day


@pytest.fixture(scope="module")
def fay(bench_site) -> tuple[factory.Place, str]:
    """An ECT at a school of her own, with a maternity leave. Committed once: to hide a field commits."""
    frappe.set_user("Administrator")
    at = factory.place()
    ect = factory.registered_ect(at, first_name="Fay", last_name="Test")
    with on_day(EARLY), acting_as(at.head):
        leave = {"doctype": "Absence", "ect": ect, "kind": "Maternity", "starts_on": "2024-10-07", "days": 5}
        frappe.get_doc(leave).insert()
    frappe.db.commit()
    return at, ect


@pytest.fixture
def hiding(site):
    """Hide fields by a permission level, as an administrator can (which commits); taken back afterwards."""
    setters = []

    def hide(doctype: str, *fields: str) -> None:
        setters.extend(make_property_setter(doctype, field, "permlevel", 3, "Int") for field in fields)
        frappe.clear_cache(doctype=doctype)

    yield hide
    frappe.db.rollback()
    for setter in setters:
        frappe.db.delete("Property Setter", setter.name)
        frappe.db.commit()
        frappe.clear_cache(doctype=setter.doc_type)


def test_a_field_that_an_administrator_hides_is_not_on_the_timeline(fay, hiding):
    at, ect = fay
    with on_day(EARLY):
        assert "Absence: maternity leave" in page(at.tutor, f"/cases/{ect}")
        hiding("Absence", "kind")
        shown = page(at.tutor, f"/cases/{ect}")
    assert "Absence" in shown and "Absence: maternity leave" not in shown


@pytest.mark.parametrize("day_hidden", (True, False))
@pytest.mark.parametrize("doctype", _SHOWN)
def test_the_page_of_a_case_opens_whatever_an_administrator_hides(world, fay, hiding, doctype, day_hidden):
    at, ect = fay
    day, *others = _SHOWN[doctype]
    hiding(doctype, *([day] if day_hidden else others))
    with on_day(LATE):
        assert "Fay Test" in page(at.tutor, f"/cases/{ect}")
        assert "Cy Test" in page(world.hill.head, f"/cases/{world.ects['Cy']}")


def test_whoever_reads_a_case_knows_its_schedule_and_opens_no_other_record(world, site):
    with acting_as(world.hill.contact):
        records = CaseRecords(world.ects["Cy"])
        assert [row.readable for row in records.scheduled("Progress Review")] == [False] * 4
        assert records.readable("Progress Review") == [] == records.readable("Action Plan")
    with acting_as(world.far.tutor):
        assert CaseRecords(world.ects["Cy"]).all_readable() == []
