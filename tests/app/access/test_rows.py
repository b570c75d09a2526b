"""The condition for lists and the answer for one record are the same rule, whatever positions a person holds."""

from __future__ import annotations

from functools import cache

import frappe
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from induction_app.access.positions import forget_positions
from induction_app.access.rows import readable_of_case, record_types
from tests.app.access.world import ROLES, lay_down
from tests.factory import acting_as, person

_IN_SCHOOL = ("MEN", "TUT", "COO", "HEA", "SAD", "GOV")
_AT_BODY = ("ABO", "ABD", "ABC", "QAO")
_held = st.tuples(st.sampled_from([*_IN_SCHOOL, *_AT_BODY, "ECT"]), st.sampled_from(["own", "far"]))
_assigned = st.tuples(
    st.sampled_from(["user", "induction_tutor", "mentor", "named_contact"]),
    st.sampled_from(["own", "near", "far"]),
)
# An ECT who has moved on: the record stays where it was written, the ECT is elsewhere.
_moved = st.sampled_from([None, "own", "far"])


@pytest.fixture(scope="module")
def records(world) -> dict[str, list[str]]:
    """Every record of the world, by type."""
    found: dict[str, set[str]] = {doctype: set() for doctype in record_types()}
    for case in (world.own, world.near, world.far):
        for key, name in [*case.records.items(), *case.parked.items()]:
            doctype = key if isinstance(key, str) else key[0]
            if doctype in found:
                found[doctype].add(name)
    return {doctype: sorted(names) for doctype, names in found.items()}


@pytest.fixture
def somebody(site, world) -> str:
    """A person without any position."""
    return person("Somebody")


@settings(
    max_examples=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(held=st.lists(_held, max_size=3, unique=True), assigned=st.lists(_assigned, max_size=3), moved=_moved)
def test_lists_and_records_agree(world, records, somebody, held, assigned, moved):
    frappe.db.savepoint("as_it_was")
    try:
        _arrange(world, somebody, held, assigned, moved)
        with acting_as(somebody):
            for doctype, names in records.items():
                listed = _listed(doctype, names)
                for name in names:
                    doc = _document(doctype, name)
                    may_read = bool(frappe.has_permission(doctype, "read", doc))
                    assert may_read == (name in listed), f"{doctype} {name} ({doc.get('stage')})"
                    may_write = not may_read and frappe.has_permission(doctype, "write", doc)
                    assert not may_write, f"{doctype} {name} can be written and not read"
                if doctype != "ECT" and frappe.get_meta(doctype).has_field("ect"):
                    assert _on_the_case(doctype, names) == listed, doctype
    finally:
        frappe.db.rollback(save_point="as_it_was")
        frappe.clear_cache(user=somebody)


def _arrange(world, user: str, held, assigned, moved) -> None:
    for role, where in held:
        place = getattr(world, where).place
        if role != "ECT":
            at_school = role in _IN_SCHOOL
            lay_down(
                "Induction Staff",
                user=user,
                role=ROLES[role],
                starts_on="2020-09-01",
                school=place.school if at_school else None,
                appropriate_body=None if at_school else place.body,
            )
        row = {"parent": user, "parenttype": "User", "parentfield": "roles", "role": ROLES[role]}
        lay_down("Has Role", **row)
    for field, where in assigned:
        ect = getattr(world, where).ect
        frappe.db.set_value("ECT", ect, field, user)
        if field == "induction_tutor":
            frappe.db.set_value("Induction Period", {"ect": ect}, field, user)
    if moved:  # the posts keep who was the tutor there
        other = world.far if moved == "own" else world.own
        values = {"school": other.place.school, "appropriate_body": other.place.body}
        frappe.db.set_value("ECT", getattr(world, moved).ect, values)
    observation = world.own.parked["Observation", "drafting"]
    frappe.db.set_value("Observation", observation, "observer", user)
    frappe.clear_cache(user=user)
    frappe.clear_document_cache("ECT")
    forget_positions()


@cache
def _unchanging(doctype: str, name: str):
    return frappe.get_doc(doctype, name)


def _document(doctype: str, name: str):
    """A record as it stands; only those that `_arrange` changes are read again."""
    read = frappe.get_doc if doctype in ("ECT", "Observation") else _unchanging
    return read(doctype, name)


def _on_the_case(doctype: str, names: list[str]) -> set[str]:
    """The records that the page of a case would show of these."""
    rows = [frappe._dict(_document(doctype, name).as_dict()) for name in names]
    return {row.name for row in readable_of_case(doctype, rows)}


def _listed(doctype: str, names: list[str]) -> set[str]:
    if not frappe.has_permission(doctype, "read"):
        return set()
    return set(frappe.get_list(doctype, filters={"name": ("in", names)}, pluck="name", limit_page_length=0))
