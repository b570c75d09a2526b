"""Prepared queries: one text for each shape, values by name, and names with a percent sign in them."""

import frappe
import pytest

from induction_app.prepared import asked, prepared
from tests import factory
from tests.factory import acting_as


@prepared
def _schools(town: str):
    school = frappe.qb.DocType("School")
    query = frappe.qb.from_(school).select(school.name, school.school_name)
    return query.where(school.name.isin(asked("urns")) & (school.town == town)).orderby(school.name)


@pytest.fixture
def schools(site) -> list[str]:
    """Two schools in towns that differ by a percent sign and a quote."""
    made = []
    for town in ("100% O'Hill", "100 OHill"):
        school = factory.place().school
        frappe.db.set_value("School", school, "town", town)
        made.append(school)
    return made


@pytest.mark.parametrize("number, town", ((0, "100% O'Hill"), (1, "100 OHill")))
def test_each_shape_has_its_own_text(schools, number, town):
    found = _schools(town, urns=tuple(schools))
    assert [row.name for row in found] == [schools[number]]


def test_a_value_is_never_part_of_the_text(schools):
    assert _schools("100 OHill", urns=("') or 1=1 or name in ('", "%(town)s")) == []


def test_people_of_a_body_with_a_percent_sign_have_their_lists(site):
    at, other = factory.place(), factory.place()
    ect = factory.registered_ect(at)
    factory.registered_ect(other)
    frappe.rename_doc("Appropriate Body", at.body, "The 100% Hub", force=True)
    with acting_as(at.officer):
        for filters in ({}, {"stage": "registered"}):
            assert frappe.get_list("ECT", filters=filters, pluck="name") == [ect]
