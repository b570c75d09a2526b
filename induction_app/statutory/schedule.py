"""When progress reviews and formal assessments fall (2.48–2.49, 2.55, 3.4)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from .answer import StatutoryError, Step, written
from .facts import Fact, a_date, an_fte, rows
from .length import REQUIRED_TERMS
from .question import Found, question
from .rules import Rules

REVIEW = "progress_review"
FIRST = "first_assessment"
FINAL = "final_assessment"


class Term(NamedTuple):
    """A school term, first and last day included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def part_way(self, portion: Fraction) -> date:
        """The day that portion of the way through the term; half is its middle."""
        return self.start + timedelta(days=int((self.end - self.start).days * portion))


class Calendar(tuple):
    """School terms in order, checked once; it can be given as `terms` again and again at no cost."""

    __slots__ = ()


_read_terms = rows(
    Term,
    Fact("start", a_date, "the first day of the term"),
    Fact("end", a_date, "the last day of the term"),
)


def a_calendar(value: object, name: str, rules: Rules) -> Calendar:
    """A list of terms with start and end, in order and not overlapping."""
    if isinstance(value, Calendar):
        return value
    terms = _read_terms(value, name, rules)
    if not terms:
        raise StatutoryError(f"{name} is empty: give at least one term with its start and end.")
    before = date.min
    for row, term in enumerate(terms, 1):
        if term.end < term.start:
            raise StatutoryError(f"{name} row {row} ends on {written(term.end)}, before it starts.")
        if term.start <= before:
            raise StatutoryError(
                f"{name} row {row} starts on {written(term.start)}, before row {row - 1} ends: "
                "put the terms in order."
            )
        before = term.end
    return Calendar(terms)


def calendar(terms: Iterable[Term | Mapping]) -> Calendar:
    """The terms, each a Term or a mapping with start and end, as a Calendar to use many times.

    Raises StatutoryError when they are out of order, overlap or are malformed.
    """
    return a_calendar(list(terms), "terms", None)


TERMS = Fact("terms", a_calendar, "the school terms in order, each with start and end")


Plan = tuple[str | None, ...]


@lru_cache(maxsize=8192)
def _plan(required: Fraction, fte: Fraction, joined: Fraction, first_at: Fraction, gap: Fraction) -> Plan:
    """The event of each term from the one joined to the one in which the required terms are complete.

    `joined` is the part of the first term served, from 0 to 1. An assessment falls in the term in which its
    FTE terms are complete. Where a part-timer's terms are complete less than `gap` calendar terms after a
    review, that review is not held (2.49) and the term has None.
    """
    final = _term_of(required / fte, joined)
    first = _term_of(first_at / fte, joined)
    plan: list[str | None] = [REVIEW] * final
    plan[final - 1] = FINAL
    points = [required / fte]
    if required > 1 and first < final:
        plan[first - 1] = FIRST
        points.append(first_at / fte)
    if fte < 1:
        for point in points:
            for term in range(1, _term_of(point, joined)):
                if plan[term - 1] == REVIEW and point - (joined + term - 1) < gap:
                    plan[term - 1] = None
    return tuple(plan)


def _term_of(point: Fraction, joined: Fraction) -> int:
    return 1 + max(0, ceil(point - joined))


def first_assessment_point(required: Fraction, rules: Rules) -> Fraction:
    """The FTE terms at which the first assessment falls: the end of year 1 (2.55), or half way through a
    reduced induction no longer than that year, since only one of a single term goes without it (3.4)."""
    usual = Fraction(rules.first_assessment_terms)
    return usual if required > usual else required / 2


def _joined(start: date, term: Term, rules: Rules) -> Fraction:
    if (start - term.start).days <= rules.whole_term_days:
        return Fraction(1)
    return Fraction((term.end - start).days + 1, term.days)


@question(
    Fact("start", a_date, "the date induction started"),
    Fact("fte", an_fte, "the full-time equivalent, from 0.1 to 1", Fraction(1)),
    TERMS,
    REQUIRED_TERMS,
    paragraphs=("2.48", "2.49", "2.55", "2.60", "2.30", "2.36", "2.12", "3.4", "5.6"),
    parameters=(
        "required_terms",
        "event_lead_days",
        "first_assessment_terms",
        "late_start_portion",
        "whole_term_days",
        "review_gap_terms",
    ),
    gives="a list of {event, term, due} in order of date",
)
def events_due(start: date, fte: Fraction, terms: Calendar, required_terms: Fraction, rules: Rules) -> Found:
    """The progress reviews and formal assessments due in the terms given (2.48, 2.49, 2.55).

    `fte` defaults to 1 and `required_terms` to the standard length. `term` counts from 1 in the calendar
    given. Each falls 14 days before its term's end. A start after a term's middle moves that term's review
    to the middle of the next. A part-timer's review less than a term before the point at which an
    assessment's terms are complete is not held. Raises StatutoryError when induction starts after the
    last term.
    """
    at = _term_joined(start, terms)
    first_at = first_assessment_point(required_terms, rules)
    joined = _joined(start, terms[at], rules)
    plan = _plan(required_terms, fte, joined, first_at, Fraction(rules.review_gap_terms))
    lead = timedelta(days=rules.event_lead_days)
    events = []
    for place, (event, term) in enumerate(zip(plan, terms[at:], strict=False), at + 1):
        if event:
            events.append({"event": event, "term": place, "due": term.end - lead})
    moved = start > terms[at].part_way(rules.late_start_portion)
    if moved and plan[0] == REVIEW:
        move_first_review(events, terms[at + 1 :], plan, rules)
    return events, lambda: _working(events, terms, at, plan, (required_terms, first_at, joined), moved, rules)


def _term_joined(start: date, terms: Calendar) -> int:
    for index, term in enumerate(terms):
        if start <= term.end:
            return index
    raise StatutoryError(
        f"start, {written(start)}, is after the last of the terms given, which ends on "
        f"{written(terms[-1].end)}: give the terms from the start on."
    )


def move_first_review(events: list[dict], following: Sequence[Term], plan: Plan, rules: Rules) -> None:
    """Move the first review to the middle of the next term; a term with an assessment has none (2.48)."""
    if following and plan[1] == REVIEW:
        events[0]["due"] = following[0].part_way(rules.late_start_portion)
    else:
        del events[0]


def _working(
    events: list[dict],
    terms: Calendar,
    at: int,
    plan: Plan,
    figures: tuple[Fraction, Fraction, Fraction],
    moved: bool,
    rules: Rules,
) -> list[Step]:
    required, first_at, joined = figures
    complete = {FIRST: first_at, FINAL: required}
    lead = rules.event_lead_days
    due = {each["term"]: each["due"] for each in events}
    steps: list[Step] = [("Induction starts in term {}, of which {} counts to the schedule.", at + 1, joined)]
    for place, (event, term) in enumerate(zip(plan, terms[at:], strict=False), at + 1):
        if event is None:
            line = "Term {}: no review; an assessment's terms are complete less than a term later (2.49)."
            steps.append((line, place))
        elif place not in due:
            steps.append(("Term {}: joined after its middle and no place for a review (2.48, 2.49).", place))
        elif moved and place == at + 1:
            line = "Term {}: joined after its middle; the review moves to the middle of the next, {} (2.49)."
            steps.append((line, place, due[place]))
        elif event == REVIEW:
            line = "Term {}: no assessment, so a review, due {} days before {}: {} (2.48)."
            steps.append((line, place, lead, term.end, due[place]))
        else:
            line = "Term {}: {} terms are complete, so the {}, due {} days before {}: {} (2.55)."
            steps.append((line, place, complete[event], event, lead, term.end, due[place]))
    if len(plan) > len(terms) - at:
        steps.append(("The final assessment falls after the terms given, in term {}.", at + len(plan)))
    return steps
