"""The terms a school keeps: its own dates where it has any, else the dates all schools use."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import frappe
from frappe import _

from induction_app.prepared import asked, prepared
from induction_app.setup.once import shipped

SATURDAY = 5


@dataclass(frozen=True)
class TermDates:
    """One term as a school keeps it. `estimated`: not set yet, so carried on from the last year."""

    academic_year: str
    term: str
    start: date
    end: date
    own: bool = False
    estimated: bool = False

    def as_fact(self) -> dict[str, date]:
        """The term as the statutory rules take it."""
        return {"start": self.start, "end": self.end}


class AcademicCalendar:
    """The terms of several schools, read in one query, for jobs that go through many of them."""

    def __init__(self, schools: Iterable[str] = ()):
        self._own: dict[str | None, dict[tuple[str, str], TermDates]] = {None: {}}
        for row in _term_rows(schools=(*schools, "")):
            school = row.school or None
            dates = TermDates(row.academic_year, row.term, row.starts_on, row.ends_on, own=bool(school))
            self._own.setdefault(school, {})[(row.academic_year, row.term)] = dates

    def terms(self, school: str | None, start: date, count: int) -> list[TermDates]:
        """The first `count` terms of a school that end on or after `start`, in order.

        A term of a later year that has no dates is carried on from the year before and marked as estimated:
        a part-time induction of five years has a schedule before those years' dates are published, and a year
        whose terms are entered one by one has three.
        Raises frappe.ValidationError when there are no term dates at all.
        """
        dates = {**self._own[None], **self._own.get(school, {})}
        if not dates:
            frappe.throw(
                _("There are no term dates yet. Add the terms of this school year in Academic Term.")
            )
        terms = _with_gaps_filled(dates)
        carried = {term.term: term for term in terms}  # the last of each
        chosen = [term for term in terms if term.end >= start][:count]
        while len(chosen) < count:
            carried = {name: _a_year_later(term) for name, term in carried.items()}
            following = sorted(carried.values(), key=lambda term: term.start)
            chosen += [term for term in following if term.end >= start][: count - len(chosen)]
        return chosen


def terms_for(school: str | None, start: date, count: int) -> list[TermDates]:
    """The first `count` terms of one school that end on or after `start`, in order. One query."""
    return AcademicCalendar([school] if school else []).terms(school, start, count)


def default_terms() -> list[dict]:
    """The term dates a new site starts with: typical for England, for an administrator to correct."""
    return _default_terms()


def install_default_terms() -> int:
    """Add the default terms of school years that no earlier version has brought, and return how many were added.

    A year the administrator has any dates for is left alone, and one whose dates were removed stays without.
    """
    has_dates = set(
        frappe.get_all("Academic Term", filters={"school": ("is", "not set")}, pluck="academic_year")
    )
    with shipped() as known:
        added = [
            term
            for term in default_terms()
            if term["academic_year"] not in has_dates and f"terms {term['academic_year']}" not in known
        ]
        known |= {f"terms {term['academic_year']}" for term in default_terms()}
    for term in added:
        frappe.get_doc({"doctype": "Academic Term", **term}).insert()
    return len(added)


def next_academic_year(academic_year: str) -> str:
    """2026/27 for 2025/26."""
    first = int(academic_year[:4]) + 1
    return f"{first}/{(first + 1) % 100:02d}"


def _with_gaps_filled(dates: dict[tuple[str, str], TermDates]) -> list[TermDates]:
    """The terms in order, up to the last year with any dates; each is carried on where a later year lacks it."""
    filled = dict(dates)
    last_year = max(academic_year for academic_year, _term in dates)
    for term in dates.values():
        while (year := next_academic_year(term.academic_year)) <= last_year and (
            year,
            term.term,
        ) not in dates:
            term = filled[year, term.term] = _a_year_later(term)
    return sorted(filled.values(), key=lambda term: term.start)


def _a_year_later(term: TermDates) -> TermDates:
    """The same days a year on, moved off the weekend into the term."""
    start, end = _next_year(term.start), _next_year(term.end)
    while start.weekday() >= SATURDAY:
        start += timedelta(days=1)
    while end.weekday() >= SATURDAY:
        end -= timedelta(days=1)
    return TermDates(next_academic_year(term.academic_year), term.term, start, end, estimated=True)


def _next_year(day: date) -> date:
    # The framework's own function costs ten times as much; a schedule looks many terms ahead.
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_day else day.day)


@prepared
def _term_rows():
    term = frappe.qb.DocType("Academic Term")
    common = term.school.isnull() | (term.school == "")
    return (
        frappe.qb.from_(term)
        .select(term.school, term.academic_year, term.term, term.starts_on, term.ends_on)
        .where(common | term.school.isin(asked("schools")))
    )


@cache
def _default_terms() -> list[dict]:
    return json.loads((Path(__file__).parent / "default_terms.json").read_text(encoding="utf-8"))
