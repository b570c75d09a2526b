"""What the daily job does to the cases: in batches, through one broken case, and said when part of it fails."""

from collections.abc import Callable

import frappe
import pytest

from induction_app.induction_case import clocks
from induction_app.induction_case.history import histories_of
from tests import factory

FIRST_DAY, LATER = "2025-02-03", "2025-05-06"


@pytest.fixture(scope="module")
def cases(bench_site):
    """Six registered ECTs of one school, kept."""
    frappe.set_user("Administrator")
    at = factory.place()
    names = [factory.registered_ect(at) for _each in range(6)]
    with factory.on_day(FIRST_DAY):
        clocks.refresh_cases(names)
    frappe.db.commit()
    return names


def statements(work: Callable[[], object]) -> int:
    """How many statements a piece of work sends to the database."""
    before = frappe.db.sql("show session status like 'Questions'")[0][1]
    work()
    after = frappe.db.sql("show session status like 'Questions'")[0][1]
    return int(after) - int(before) - 1


def stored(names: list[str]) -> list:
    fields = ["name", "terms_served", "terms_left", "required_terms", "induction_status", "modified"]
    return frappe.get_all("ECT", filters={"name": ("in", names)}, fields=fields, order_by="name")


def test_a_day_passes_for_every_case_in_as_many_queries_as_for_one(cases, site):
    before = stored(cases)
    histories_of(cases)  # the body's own figures are kept once they have been read
    with factory.on_day(LATER):
        for_one = statements(lambda: clocks.refresh_cases(cases[:1]))
        for_five = statements(lambda: clocks.refresh_cases(cases[1:]))
    assert for_five == for_one
    for was, now in zip(before, stored(cases), strict=True):
        assert now.terms_served > was.terms_served
        assert now.terms_left == pytest.approx(6 - now.terms_served)
        assert now.modified == was.modified  # nobody who has the record open is told that it changed


def test_a_batch_writes_what_each_case_alone_would_get(cases, site):
    frappe.get_doc(
        {"doctype": "Absence", "ect": cases[1], "kind": "Maternity", "starts_on": "2025-04-28", "days": 20}
    ).insert()
    with factory.on_day(LATER):
        frappe.db.savepoint("a_day")
        clocks.refresh_cases(cases)
        together = stored(cases)
        frappe.db.rollback(save_point="a_day")
        for name in cases:
            clocks.refresh_cases([name])
        alone = stored(cases)
    assert together == alone
    assert {row.name: row.induction_status for row in alone}[cases[1]] == "Paused"


def test_twice_is_as_once(cases, site):
    with factory.on_day(LATER):
        clocks.refresh_cases(cases)
        first = stored(cases)
        clocks.refresh_cases(cases)
    assert stored(cases) == first


@pytest.fixture
def broken_case(cases):
    """A case whose record is damaged, as a faulty import might: its hours are none that a rule takes."""
    period = frappe.db.get_value("Induction Period", {"ect": cases[2]})
    frappe.db.set_value("Induction Period", period, "fte", 7, update_modified=False)
    frappe.db.commit()
    yield cases[2]
    frappe.db.rollback()
    frappe.db.set_value("Induction Period", period, "fte", 1, update_modified=False)
    frappe.db.commit()


def test_a_broken_case_does_not_stop_the_others_and_the_job_says_so(cases, broken_case, site):
    before = {row.name: row.terms_served for row in stored(cases)}
    with factory.on_day(LATER), pytest.raises(clocks.DailyStepError, match="refresh_running_cases"):
        clocks.run_daily()
    after = {row.name: row.terms_served for row in stored(cases)}
    assert after[broken_case] == before[broken_case]
    assert all(after[name] > before[name] for name in cases if name != broken_case)
    logged = frappe.get_all("Error Log", filters={"reference_name": broken_case}, fields=["method", "error"])
    assert logged and "fte" in logged[0].error
    told = frappe.get_all("Notification Log", {"for_user": "Administrator"}, pluck="subject")
    assert any("refresh_running_cases" in subject for subject in told)
