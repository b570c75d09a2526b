"""The days the demonstration lives through while it is made: who acts, and when."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import frappe

from induction_app.access.positions import forget_positions
from induction_app.organisations.academic_calendar import TermDates, terms_for

_FRIDAY = 4
_FIRST, _APART = time(9, 5), timedelta(minutes=7)


@dataclass
class Diary:
    """Today, the terms round it, and the clock that is set back for what has happened before."""

    today: date
    terms: list[TermDates]
    _last: datetime = datetime.min

    @classmethod
    def kept_on(cls, today: date) -> "Diary":
        """The diary of a demonstration made today."""
        return cls(today, terms_for(None, date(today.year - 4, 9, 1), 24))

    @contextmanager
    def acting(self, user: str, on: date) -> Iterator[None]:
        """Do what is inside as this person on this day. Only this process sees the other day."""
        moment = datetime.combine(on, _FIRST)
        self._last = self._last + _APART if self._last.date() == on else moment
        frappe.local.conf.induction_today = self._last.isoformat(sep=" ", timespec="minutes")
        frappe.set_user(user)
        forget_positions()
        try:
            yield
        finally:
            frappe.set_user("Administrator")
            frappe.local.conf.pop("induction_today", None)
            forget_positions()

    def has_come(self, day: date) -> bool:
        """Whether a day is today or before."""
        return day <= self.today

    def began(self, when: int | str) -> int:
        """Place in `terms` of the term induction began in: school years ago, `next`, or `due now`, which is
        six terms before a final assessment that falls due about now."""
        if when == "next":
            return next(place for place, term in enumerate(self.terms) if term.start > self.today)
        if when == "due now":
            return min(range(5, len(self.terms)), key=lambda i: abs(self.terms[i].end - self.today)) - 5
        autumns = [
            place
            for place, term in enumerate(self.terms)
            if term.term == "Autumn" and term.start <= self.today
        ]
        return autumns[-1 - int(when)]


def working_day(day: date, after: int = 0) -> date:
    """A day so many days later (or earlier), moved on from the weekend."""
    day += timedelta(days=after)
    while day.weekday() > _FRIDAY:
        day += timedelta(days=1)
    return day
