"""Lists and counts cost the same number of queries for five ECTs as for five thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import frappe
import pytest
from frappe.client import get_count, get_list
from frappe.utils import now

from tests import factory

FEW, MANY = 5, 5_000
_DOCTYPES = ("ECT", "Progress Review")
_ASKS: dict[str, Callable[[str], object]] = {
    "list": lambda doctype: get_list(doctype, fields=["name", "stage"], limit_page_length=20),
    "count": lambda doctype: get_count(doctype),
}


@pytest.fixture(scope="module")
def places(bench_site) -> Iterator[dict[int, factory.Place]]:
    """A school with few ECTs and one with many, each with a body of its own. Taken back afterwards."""
    frappe.db.rollback()
    frappe.set_user("Administrator")
    found = {FEW: factory.place(), MANY: factory.place()}
    for number, at in found.items():
        _fill(at, number)
    yield found
    frappe.db.rollback()


def _fill(at: factory.Place, number: int) -> None:
    common = ("creation", "modified", "owner", "modified_by", "school", "appropriate_body", "stage")
    here = (now(), now(), "Administrator", "Administrator", at.school, at.body)
    ects = [f"{at.school}-{n}" for n in range(number)]
    frappe.db.bulk_insert(
        "ECT",
        ("name", "full_name", "induction_tutor", *common),
        [(name, name, at.tutor, *here, "registered") for name in ects],
    )
    frappe.db.bulk_insert(
        "Progress Review",
        ("name", "ect", *common),
        [(f"PR-{name}", name, *here, "received") for name in ects],
    )


@pytest.mark.parametrize("role", ("officer", "head", "tutor"))
@pytest.mark.parametrize("doctype", _DOCTYPES)
def test_queries_do_not_grow_with_ects(places, monkeypatch, role, doctype):
    for what, ask in _ASKS.items():
        cost = {}
        for number, at in places.items():
            with factory.acting_as(getattr(at, role)):
                ask(doctype)  # what is remembered from request to request is remembered now
                cost[number], answer = _queries(monkeypatch, lambda ask=ask: ask(doctype))
            shown = answer if what == "count" else len(answer)
            assert shown == (number if what == "count" else min(number, 20))
        assert cost[MANY] == cost[FEW], f"{what} of {doctype} as {role}: {cost}"


def _queries(monkeypatch, ask: Callable[[], object]) -> tuple[int, object]:
    """How many statements the database is sent while something is asked, as at the start of a request."""
    from induction_app.access.positions import forget_positions

    forget_positions()
    frappe.local.role_permissions = {}
    sent = []
    execute = frappe.db.sql

    def counted(*args, **kwargs):
        sent.append(args[0])
        return execute(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(frappe.db, "sql", counted)
        answer = ask()
    return len(sent), answer
