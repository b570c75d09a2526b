"""Two who change the same case at once: the second, who waited, takes in what the first wrote.

The server answers the first over HTTP and commits; the second is this process, whose transaction began before.
"""

import threading

import frappe
import pytest

from induction_app.induction_case import clocks, schedule
from tests import factory
from tests.factory import acting_as
from tests.http_client import Visitor

DAY = "2025-02-03"


@pytest.fixture(scope="module")
def at(bench_site):
    """A school of our own, kept: the server sees only what is committed."""
    frappe.set_user("Administrator")
    found = factory.place()
    frappe.db.commit()
    return found


@pytest.fixture
def ect(at, site):
    """A registered ECT, and a transaction that has seen the case as it is now."""
    name = factory.registered_ect(at)
    frappe.db.commit()
    with factory.on_day(DAY):
        frappe.get_all("Absence", {"ect": name})
        yield name
    frappe.db.rollback()
    frappe.set_user("Administrator")


@pytest.fixture
def period(ect):
    return frappe.db.get_value("Induction Period", {"ect": ect})


def _away(ect: str, days: int = 40, **values) -> dict:
    return {"ect": ect, "kind": "Ad hoc", "starts_on": "2024-10-14", "ends_on": "2024-12-20", **values} | {
        "days": days
    }


def _schedule(ect: str) -> list:
    frappe.db.rollback()  # a fresh view of what both have written
    fields = ["term_number", "scheduled_for", "stage", "schedule_key"]
    own = {"ect": ect, "schedule_key": ("is", "set")}
    return sorted(
        (row.schedule_key, str(row.scheduled_for), row.stage)
        for doctype in ("Progress Review", "Formal Assessment")
        for row in frappe.get_all(doctype, own, fields)
    )


def test_an_absence_and_other_hours_both_count(at, ect, period, url):
    frappe.get_doc("Induction Period", period)
    Visitor(url, at.coordinator).insert("Absence", **_away(ect))
    with acting_as(at.coordinator):
        changed = frappe.get_doc("Induction Period", period)
        changed.append("working_patterns", {"from_date": "2025-04-28", "fte": 0.5})
        changed.save()
    frappe.db.commit()
    assert frappe.db.get_value("ECT", ect, "absence_extension_days") == 40
    found = _schedule(ect)
    schedule.refresh(ect)
    frappe.db.commit()
    assert _schedule(ect) == found


def test_who_has_left_is_not_paused_by_an_absence_written_beside(at, ect, period, url):
    Visitor(url, at.officer).update("Induction Period", period, ends_on=DAY)
    assert frappe.db.get_value("Induction Period", period, "is_open")  # as this transaction sees it
    with acting_as(at.coordinator):
        leave = {"kind": "Maternity", "starts_on": "2025-01-06", "ends_on": "2025-06-27"}
        frappe.get_doc({"doctype": "Absence", **_away(ect, **leave)}).insert()
    frappe.db.commit()
    assert frappe.db.get_value("ECT", ect, "induction_status") == "Left"
    # What was due by the last day is still the school's to write (2.62).
    assert all(stage == "cancelled" or str(day) <= DAY for _key, day, stage in _schedule(ect))


def test_the_daily_job_takes_in_what_it_waited_for(at, ect):
    """Another connection changes an absence, and holds the case for a second after the job has begun."""
    with acting_as(at.coordinator):
        absence = frappe.get_doc({"doctype": "Absence", **_away(ect, days=1)}).insert()
    frappe.db.commit()
    other = frappe.db.__class__(
        host=frappe.db.host, port=frappe.db.port, user=frappe.db.user, password=frappe.db.password,
        cur_db_name=frappe.db.cur_db_name, socket=frappe.db.socket,
    )  # fmt: skip
    other.sql("select name from `tabECT` where name = %s for update", ect)
    other.sql("update `tabAbsence` set days = 40 where name = %s", absence.name)
    let_go = threading.Timer(2, other.commit)
    let_go.start()
    try:
        clocks.refresh_running_cases()
    finally:
        let_go.join()
        other.close()
    assert frappe.db.get_value("ECT", ect, "absence_extension_days") == 40


def test_the_status_follows_when_a_leave_is_removed(at, ect):
    leave = {"kind": "Maternity", "starts_on": "2025-01-06", "ends_on": "2025-06-27"}
    absence = frappe.get_doc({"doctype": "Absence", **_away(ect, **leave)}).insert()
    assert frappe.db.get_value("ECT", ect, "induction_status") == "Paused"
    frappe.delete_doc("Absence", absence.name, force=True)  # its events are kept
    assert frappe.db.get_value("ECT", ect, "induction_status") == "In progress"
