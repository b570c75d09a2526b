"""Working days: not a Saturday, a Sunday or an England and Wales bank holiday."""

from bisect import bisect_left, bisect_right
from datetime import date

import holidays

from .answer import StatutoryError
from .facts import Fact, a_date, whole_number
from .question import Found, question
from .rules import Rules

FIRST_YEAR, LAST_YEAR = 1950, 2150  # the years the counting is kept to
BLOCK = 10  # years held on either side of the dates asked about
FEWEST_IN_A_YEAR = 240  # no year has fewer working days than this
PARAGRAPHS = ("2.61", "2.67", "2.69", "2.70", "2.72")


class _Days:
    """The working days of a run of years as sorted ordinals, lengthened when a year falls outside it."""

    def __init__(self) -> None:
        # First year, last year and their days: replaced as one, for threads that read beside each other.
        self.held: tuple[int, int, list[int]] = (0, -1, [])

    def covering(self, first: int, last: int) -> list[int]:
        held = self.held
        if not (held[0] <= first and last <= held[1]):
            held = self.held = self._lengthened(held, first, last)
        return held[2]

    @staticmethod
    def _lengthened(held: tuple[int, int, list[int]], first: int, last: int) -> tuple[int, int, list[int]]:
        if not FIRST_YEAR <= first <= last <= LAST_YEAR:
            raise StatutoryError(f"Bank holidays are known from {FIRST_YEAR} to {LAST_YEAR}, not for {last}.")
        if held[2]:
            first, last = min(first, held[0]), max(last, held[1])
        first, last = max(first - BLOCK, FIRST_YEAR), min(last + BLOCK, LAST_YEAR)
        closed = _bank_holidays(first, last)
        days = range(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1)
        return (
            first,
            last,
            [day for day in days if 0 < day % 7 < 6 and day not in closed],
        )  # 0 Sunday, 6 Saturday


def _bank_holidays(first: int, last: int) -> frozenset[int]:
    days = holidays.country_holidays("GB", subdiv="ENG", years=range(first, last + 1))
    return frozenset(day.toordinal() for day in days)


_DAYS = _Days()


def is_working_day(day: date) -> bool:
    """Whether `day` is a working day."""
    return bool(days_between(day, day))


def days_between(first: date, last: date) -> int:
    """The working days from `first` to `last`, both included."""
    ordinals = _DAYS.covering(first.year, last.year)
    return bisect_right(ordinals, last.toordinal()) - bisect_left(ordinals, first.toordinal())


def count_forward(day: date, days: int) -> date:
    """The date `days` working days after `day`, where day 1 is the next working day.

    None to count gives `day` itself or, where that is not a working day, the next one.
    """
    ordinals = _DAYS.covering(day.year, day.year + days // FEWEST_IN_A_YEAR + 1)
    if not days:
        return date.fromordinal(ordinals[bisect_left(ordinals, day.toordinal())])
    return date.fromordinal(ordinals[bisect_right(ordinals, day.toordinal()) + days - 1])


@question(
    Fact("from", a_date, "the date to count from"),
    Fact("days", whole_number, "how many working days"),
    paragraphs=PARAGRAPHS,
    gives="the date that many working days after `from`",
)
def working_days_after(rules: Rules, days: int, **facts: date) -> Found:
    """The date that many working days after `from`; day 1 is the next working day (2.61–2.72).

    `from` is a date and `days` a whole number; raises StatutoryError for anything else.
    """
    start = facts["from"]  # a keyword of the language, so it cannot be a parameter's name
    due = count_forward(start, days)
    return due, [
        "Working days leave out Saturdays, Sundays and the bank holidays of England and Wales.",
        ("Day 1 is {}, the working day after {}.", count_forward(start, 1), start),
        ("Working day {} is {}.", days, due),
    ]


@question(
    Fact("day", a_date, "the date to look up"),
    paragraphs=PARAGRAPHS,
    gives="true or false",
)
def working_day(day: date, rules: Rules) -> Found:
    """Whether a date is a working day: not a weekend or an England and Wales bank holiday (2.61–2.72)."""
    working = is_working_day(day)
    return working, [
        ("{} is " + ("a working day." if working else "a weekend day or a bank holiday."), day),
    ]
