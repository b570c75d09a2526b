"""The bank holidays counted are those published for 2021 to 2028, no more and no fewer."""

from datetime import date, timedelta
from pathlib import Path

import yaml

from induction_app.statutory.working_days import days_between, is_working_day

PUBLISHED = {
    case["facts"]["day"]
    for case in yaml.safe_load((Path(__file__).parent / "cases" / "bank-holidays.yaml").read_text())
}


def test_weekdays_that_are_not_working_days_are_the_published_bank_holidays():
    days = (date(2021, 1, 1) + timedelta(days=number) for number in range(8 * 366))
    closed = {day for day in days if day.year <= 2028 and day.isoweekday() <= 5 and not is_working_day(day)}
    assert closed == PUBLISHED


def test_working_days_in_a_year_with_a_state_funeral_and_a_jubilee():
    assert days_between(date(2022, 1, 1), date(2022, 12, 31)) == 250
