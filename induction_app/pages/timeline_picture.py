"""Where everything on a timeline's picture stands: a wide one for desks and print, a tall one for phones.

Lengths are the picture's own units. The templates in `templates/case/timeline.html` draw what is placed
here; the table beside the picture says the same in words.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from frappe import _

from induction_app.organisations.academic_calendar import TermDates
from induction_app.page_kit.environment import day as day_text
from induction_app.pages.timeline import (
    ABSENCE,
    ASSESSMENT,
    DECISION,
    EXTENSION,
    OBSERVATION,
    PLAN,
    REVIEW,
    START,
    Moment,
    Timeline,
)

_LETTER = 6.9  # a letter's width at the pictures' text size, on average
_BARS = (ABSENCE, PLAN)


@dataclass(frozen=True)
class Mark:
    """A moment placed: its point, and its label's place where it has room for one."""

    moment: Moment
    x: float
    y: float
    label_x: float = 0
    label_y: float | None = None

    @property
    def diamond(self) -> str:
        """The corners of a diamond round the point."""
        return _corners(
            (self.x, self.y - 14), (self.x + 14, self.y), (self.x, self.y + 14), (self.x - 14, self.y)
        )

    @property
    def triangle(self) -> str:
        """The corners of a small triangle that stands on the point."""
        return _corners((self.x - 6, self.y), (self.x + 6, self.y), (self.x, self.y + 9))

    @property
    def label(self) -> str:
        """The moment's name in few letters."""
        return _label(self.moment)

    @property
    def date(self) -> str:
        """The moment's day in few letters."""
        return short_day(self.moment.day)

    @property
    def title(self) -> str:
        """The moment in one line, for those who point at it."""
        return ", ".join(
            part for part in (self.moment.text, day_text(self.moment.day), self.moment.state) if part
        )


@dataclass(frozen=True)
class Span:
    """A stretch of time placed: a term, an absence, a plan, an extension."""

    start: float
    length: float
    text: str = ""
    small: str = ""
    kind: str = ""
    passed: float = 0


@dataclass(frozen=True)
class Picture:
    """Everything placed. `line` is where the axis runs: its y in the wide picture, its x in the tall one."""

    width: float
    height: float
    line: float
    first: float
    last: float
    terms: list[Span] = field(default_factory=list)
    bars: list[Span] = field(default_factory=list)
    extension: Span | None = None
    marks: list[Mark] = field(default_factory=list)
    now: float | None = None

    @property
    def top(self) -> float:
        """Where the picture begins: without today's flag its row is left out."""
        return 0 if self.now is not None else 26


def wide(timeline: Timeline) -> Picture:
    """Left to right, to scale."""
    width, margin = 960.0, 22.0
    place = _scale(timeline, margin, width - margin)
    bars = timeline.of(*_BARS)
    line = 124.0 if bars else 98.0
    marks, levels = _labelled(timeline, place, line, width)
    return Picture(
        width=width,
        height=line + 44 + 40 * max(levels, 1),
        line=line,
        first=margin,
        last=width - margin,
        terms=[_term(term, place, timeline.now, width=True) for term in timeline.terms],
        bars=[_span(moment, place) for moment in bars],
        extension=_extension(timeline, place),
        marks=[
            *(Mark(moment, place(moment.day), line - 26) for moment in timeline.of(OBSERVATION)),
            *marks,
        ],
        now=place(timeline.now) if timeline.start <= timeline.now <= timeline.end else None,
    )


def tall(timeline: Timeline) -> Picture:
    """Top to bottom: in order, with more room between what is further apart, but not to scale."""
    top, line = 34.0, 92.0
    rows = _rows(timeline)
    heights, y = [], top
    for before, after in pairwise([None, *rows]):
        if before is not None:
            y += min(max((after.day - before.day).days * 0.45, 50), 92)
        heights.append(y)
    place = _through([(row.day, height) for row, height in zip(rows, heights, strict=True)])
    marks = [Mark(row, line, height) for row, height in zip(rows, heights, strict=True)]
    bottom = y + 40
    return Picture(
        width=344.0,
        height=bottom,
        line=line,
        first=top,
        last=bottom - 30,
        terms=[_term(term, place, timeline.now, width=False) for term in timeline.terms],
        bars=[_span(moment, place) for moment in timeline.of(*_BARS)],
        extension=_extension(timeline, place),
        marks=marks,
        now=place(timeline.now) if timeline.start <= timeline.now <= timeline.end else None,
    )


def _labelled(
    timeline: Timeline, place: Callable[[date], float], line: float, width: float
) -> tuple[list[Mark], int]:
    """The marks on the line, each with a label at the first of three levels that has room for it."""
    free = [0.0, 0.0, 0.0]
    marks = []
    for moment in timeline.of(START, REVIEW, ASSESSMENT, DECISION):
        x = place(moment.day)
        half = max(len(_label(moment)), len(short_day(moment.day))) * _LETTER / 2 + 5
        centre = min(max(x, half), width - half)
        level = next((n for n, taken in enumerate(free) if taken <= centre - half), None)
        if level is None:
            marks.append(Mark(moment, x, line))
            continue
        free[level] = centre + half
        marks.append(Mark(moment, x, line, centre, line + 38 + 40 * level))
    return marks, sum(1 for taken in free if taken)


def _rows(timeline: Timeline) -> list[Moment]:
    """What the tall picture lists, with today among it."""
    rows = [moment for moment in timeline.moments if moment.kind != EXTENSION]
    if timeline.start <= timeline.now <= timeline.end:
        rows.append(Moment("now", timeline.now, _("Today"), ""))
    return sorted(rows, key=lambda moment: moment.day)


def _label(moment: Moment) -> str:
    """A moment's name in few letters."""
    match moment.kind:
        case "review":
            return _("Review {0}").format(moment.short)
        case "start":
            return _("Start")
    return moment.short or moment.text


def short_day(day: date) -> str:
    """A date for a crowded picture, such as `12 Dec 2025`."""
    return f"{day.day} {_(day.strftime('%b'))} {day.year}"


def _term(term: TermDates, place: Callable[[date], float], now: date, width: bool) -> Span:
    start, end = place(term.start), place(term.end)
    length = max(end - start, 1)
    year = term.start.year
    name = _(term.term)
    full, small = f"{name} {year}", f"{name[:3]} {year % 100}"
    if width:
        text = (
            full if length > len(full) * _LETTER + 8 else small if length > len(small) * _LETTER + 4 else ""
        )
        year_text = ""
    else:
        text, year_text = (name, str(year)) if length > 34 else ("", "")
    return Span(start, length, text, year_text, passed=min(max(place(min(now, term.end)) - start, 0), length))


def _span(moment: Moment, place: Callable[[date], float]) -> Span:
    start, end = place(moment.day), place(moment.end or moment.day)
    text = f"{moment.text}, {moment.state}" if moment.state else moment.text
    return Span(start, max(end - start, 6), text, kind=moment.kind)


def _extension(timeline: Timeline, place: Callable[[date], float]) -> Span | None:
    found = timeline.of(EXTENSION)
    return _span(found[0], place) if found else None


def _scale(timeline: Timeline, low: float, high: float) -> Callable[[date], float]:
    days = max((timeline.end - timeline.start).days, 1)
    return lambda day: low + (high - low) * min(max((day - timeline.start).days / days, 0), 1)


def _through(points: list[tuple[date, float]]) -> Callable[[date], float]:
    """A straight line from each point to the next."""

    def place(day: date) -> float:
        if day <= points[0][0]:
            return points[0][1]
        for (one, low), (other, high) in pairwise(points):
            if one <= day <= other and other > one:
                return low + (high - low) * (day - one).days / (other - one).days
        return points[-1][1]

    return place


def _corners(*points: tuple[float, float]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
