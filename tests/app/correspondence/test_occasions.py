"""When a rule asks for a mail: pure days and stages."""

from datetime import date

import frappe
import pytest

from induction_app.correspondence import rules

DUE = date(2026, 3, 20)


def rule(when: str, days: int = 0, every: int = 0, stage: str = "", only_when: str = "") -> frappe._dict:
    return frappe._dict(
        name="A rule",
        happens_when=when,
        days=days,
        repeat_every=every,
        stage=stage,
        only_when=only_when,
    )


def names(found: list, on: date, stage: str = "drafting") -> list[str]:
    record = {"due_on": DUE, "stage": stage, "modified": "2026-03-01 10:00:00"}
    return [occasion.name for occasion in rules.due_occasions(found, record, on)]


@pytest.mark.parametrize(
    ("on", "asked"),
    [
        (date(2026, 3, 5), False),
        (date(2026, 3, 6), True),
        (date(2026, 3, 19), True),
        (date(2026, 3, 20), True),
        (date(2026, 3, 21), False),
    ],
)
def test_before_due_holds_from_its_day_to_the_due_date(on, asked):
    assert bool(names([rule("before due", days=14)], on)) is asked


@pytest.mark.parametrize(
    ("on", "occasion"),
    [
        (date(2026, 3, 20), None),
        (date(2026, 3, 21), "2026-03-21"),
        (date(2026, 3, 27), "2026-03-21"),
        (date(2026, 3, 28), "2026-03-28"),
        (date(2026, 5, 1), "2026-04-25"),
    ],
)
def test_after_due_repeats_by_the_week_and_keeps_its_days(on, occasion):
    found = names([rule("after due", days=1, every=7)], on)
    assert found == ([f"after 2026-03-20: {occasion}"] if occasion else [])


def test_after_due_without_repeat_is_one_occasion_for_ever():
    once = [rule("after due", days=14)]
    assert names(once, date(2026, 4, 3)) == names(once, date(2027, 4, 3)) == ["after 2026-03-20: 2026-04-03"]


def test_a_moved_due_date_is_a_new_occasion():
    reminder = rule("before due", days=14)
    record = {"stage": "drafting", "due_on": DUE}
    later = {**record, "due_on": date(2026, 3, 24)}
    first, second = (rules.due_occasions([reminder], r, date(2026, 3, 18))[0].name for r in (record, later))
    assert first != second


def test_a_rule_for_a_stage_holds_in_that_stage_only():
    found = [rule("before due", days=14, stage="ect_comment")]
    assert not names(found, DUE)
    assert names(found, DUE, stage="ect_comment")


def test_a_rule_for_every_stage_is_silent_about_records_just_made():
    every, this = rule("stage reached"), rule("stage reached", stage="drafting")
    record = {"stage": "drafting", "modified": "2026-03-01 10:00:00"}
    assert [o.rule for o in rules.stage_occasions([every, this], record, arrived=False)] == [this]
    assert [o.rule for o in rules.stage_occasions([every, this], record, arrived=True)] == [this, every]


@pytest.mark.parametrize(
    ("condition", "met"), [('doc.outcome == "Fail"', True), ('doc.outcome == "Pass"', False), ("", True)]
)
def test_a_condition_reads_the_record(site, condition, met):
    assert rules.holds(rule("stage reached", only_when=condition), {"outcome": "Fail"}) is met


def test_a_condition_that_does_not_work_sends_nothing_and_is_logged(site):
    assert (
        rules.holds(rule("stage reached", only_when="doc.outcome.no_such.thing"), {"outcome": "Fail"})
        is False
    )
    assert frappe.db.exists("Error Log", {"method": ("like", "%its condition does not work%")})
