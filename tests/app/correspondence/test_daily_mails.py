"""The daily job: right people, each mail once whatever happens to the job, and queries by the batch."""

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import frappe
import pytest

from induction_app.correspondence.post import send_due
from tests import factory

REVIEW = "Progress Review"
JOB = Path(__file__).parent / "daily_job.py"
# Far from every other test's dates, so that only these records are near their due date.
DUE = date(2033, 3, 18)


def reviews(at, count: int) -> list[str]:
    """Reviews that are due on DUE, each of an ECT of its own, written as rows."""
    made = []
    for _each in range(count):
        n = factory.number()
        place = {"school": at.school, "appropriate_body": at.body}
        ect = {
            "first_name": "Eve",
            "full_name": f"Eve Early {n}",
            "last_name": f"Early {n}",
            "stage": "registered",
        }
        row("ECT", f"ECT-D{n}", **ect, **place, induction_tutor=at.tutor, email=f"e{n}@example.com")
        state = {"stage": "drafting", "workflow_state": frappe.get_doc("Workflow", REVIEW).states[0].state}
        row(REVIEW, f"PR-D{n}", ect=f"ECT-D{n}", term_number=2, version=1, due_on=DUE, **state, **place)
        made.append(f"PR-D{n}")
    frappe.db.commit()
    return made


def row(doctype: str, name: str, **values) -> None:
    frappe.get_doc({"doctype": doctype, "name": name, **values}).db_insert()


@pytest.fixture(scope="module")
def at(bench_site):
    """A place with people, committed: the job commits too."""
    frappe.set_user("Administrator")
    found = factory.place()
    # What other tests have left unfinished is reminded of now, and does not count below.
    frappe.db.commit()
    for day in (date(2033, 3, 1), date(2033, 3, 15), date(2033, 3, 19), date(2033, 4, 2)):
        send_due(day)
    return found


@pytest.fixture
def due(at, site):
    """Return a function that makes due reviews; they are gone after the test."""
    made: list[str] = []

    def make(count: int) -> list[str]:
        found = reviews(at, count)
        made.extend(found)
        return found

    yield make
    frappe.db.rollback()
    mails = frappe.get_all("Correspondence", filters={"reference_name": ("in", made)}, pluck="name")
    queue = frappe.get_all("Email Queue", filters={"reference_name": ("in", mails or [""])}, pluck="name")
    frappe.db.delete("Email Queue Recipient", {"parent": ("in", queue or [""])})
    frappe.db.delete("Email Queue", {"name": ("in", queue or [""])})
    frappe.db.delete("Correspondence", {"name": ("in", mails or [""])})
    frappe.db.delete("ECT", {"name": ("in", [name.replace("PR-", "ECT-") for name in made])})
    frappe.db.delete(REVIEW, {"name": ("in", made)})
    frappe.db.commit()


def sent(names: list[str]) -> Counter:
    """How many mails each address has had about these records, read afresh."""
    frappe.db.rollback()
    rows = frappe.get_all(
        "Correspondence", filters={"reference_name": ("in", names)}, fields=["to_email", "email_queue"]
    )
    for each in rows:
        assert frappe.db.exists("Email Queue", each.email_queue)
        assert frappe.db.exists(
            "Email Queue Recipient", {"parent": each.email_queue, "recipient": each.to_email}
        )
    return Counter(each.to_email for each in rows)


def test_reminders_and_escalation_come_on_their_days(at, due):
    (name,) = due(1)
    story = []
    for day in (date(2033, 3, 3), date(2033, 3, 4), date(2033, 3, 10), date(2033, 3, 15), date(2033, 3, 18)):
        before = sent([name])
        send_due(day)
        story.append(dict(sent([name]) - before))
    # Fourteen days before, then three; nothing on the days between.
    assert story == [{}, {at.tutor: 1}, {}, {at.tutor: 1}, {}]
    late = []
    for day in (date(2033, 3, 19), date(2033, 3, 25), date(2033, 3, 26), date(2033, 4, 1), date(2033, 4, 2)):
        before = sent([name])
        send_due(day)
        late.append(dict(sent([name]) - before))
    school = {at.tutor: 1, at.coordinator: 1}
    # One day after, then weekly; to the head and the body's officers after fourteen days.
    assert late == [school, {}, school, {at.head: 1, at.officer: 1}, school]


def test_a_job_that_was_away_sends_one_reminder_and_not_each_it_missed(at, due):
    names = due(1)
    send_due(date(2033, 3, 17))
    assert sent(names) == {at.tutor: 1}


def test_a_record_that_was_finished_is_left_alone(at, due):
    names = due(1)
    frappe.db.set_value(REVIEW, names[0], "stage", "received")
    frappe.db.commit()
    send_due(date(2033, 3, 19))
    assert not sent(names)


def test_what_is_due_on_no_day_is_not_reminded_of(at, due):
    """While an induction is paused, its reviews have no day."""
    names = due(1)
    frappe.db.set_value(REVIEW, names[0], "due_on", None)
    frappe.db.commit()
    send_due(date.today())
    assert not sent(names)


def test_run_twice_it_sends_once(at, due):
    names = due(12)
    assert send_due(date(2033, 3, 4), batch_size=5) == 12
    assert send_due(date(2033, 3, 4), batch_size=5) == 0
    assert sent(names) == {at.tutor: 12}


def jobs(ways: list[str], go: Path) -> list[subprocess.Popen]:
    """Start a process for each way it is to end, and let them go together when all are ready."""
    started = [
        subprocess.Popen([sys.executable, JOB, "2033-03-04", go, way], stdout=subprocess.PIPE, text=True)
        for way in ways
    ]
    for job in started:
        assert job.stdout.readline().strip() == "ready"
    go.touch()
    for job in started:
        job.wait(timeout=180)
    return started


def test_two_jobs_at_once_send_each_mail_once(at, due, tmp_path):
    names = due(23)
    frappe.db.rollback()
    started = jobs(["to the end", "to the end", "to the end"], tmp_path / "go")
    assert [job.returncode for job in started] == [0, 0, 0]
    assert sum(int(job.stdout.read()) for job in started) == 23
    assert sent(names) == {at.tutor: 23}


@pytest.mark.parametrize(("way", "left_behind"), [("die-after-batch", 5), ("die-before-commit", 0)])
def test_a_job_that_is_killed_half_way_loses_and_doubles_nothing(at, due, tmp_path, way, left_behind):
    names = due(12)
    (job,) = jobs([way], tmp_path / "go")
    assert job.returncode == -9
    assert sum(sent(names).values()) == left_behind
    assert send_due(date(2033, 3, 4), batch_size=5) == 12 - left_behind
    assert sent(names) == {at.tutor: 12}


def queries() -> int:
    """Statements this session has sent to the database so far."""
    return int(frappe.db.sql("show session status like 'Questions'")[0][1])


def test_queries_grow_with_batches_and_not_with_records(at, due):
    send_due(date(2033, 3, 4))  # caches are warm
    costs = []
    for count in (50, 500):
        names = due(count)
        before = queries()
        assert send_due(date(2033, 3, 4)) == count
        costs.append(queries() - before)
        assert sum(sent(names).values()) == count
    assert costs[1] - costs[0] <= 30, f"{costs[0]} queries for 50 records and {costs[1]} for 500"
