"""A whole history in one figure: terms served, terms left, and when induction is complete."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from .absence import YEARS, Year, year_extension
from .answer import StatutoryError, Step, figure
from .facts import Fact, a_date, a_length, a_required_length, an_fte, rows, yes_or_no
from .length import REQUIRED_TERMS, post_counts
from .question import Found, question
from .rules import Rules
from .schedule import Calendar, Term, a_calendar
from .working_days import count_forward, days_between


class Change(NamedTuple):
    """A new full-time equivalent from a date, in the same post."""

    start: date
    fte: Fraction


class HeldPost(NamedTuple):
    """A post by its dates, or by its length in calendar terms where only that is known."""

    fte: Fraction
    start: date | None
    end: date | None
    terms: Fraction | None
    supply: bool
    changes: list[Change]

    def fte_on(self, day: date) -> Fraction:
        """The full-time equivalent on a day, 0 outside the post."""
        if self.start is None or day < self.start or (self.end and day > self.end):
            return Fraction(0)
        return next((change.fte for change in reversed(self.changes) if change.start <= day), self.fte)


class Stretch(NamedTuple):
    """Days of one term over which the same posts are held at the same full-time equivalent."""

    place: int
    term: Term
    start: date
    end: date
    fte: Fraction

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def served(self) -> Fraction:
        return self.fte * self.days / self.term.days


FTE = Fact("fte", an_fte, "the full-time equivalent, from 0.1 to 1")
POSTS = Fact(
    "posts",
    rows(
        HeldPost,
        FTE,
        Fact("start", a_date, "the date induction in the post started", None),
        Fact("end", a_date, "the last day in the post, or null while it is held", None),
        Fact("terms", a_length, "its length in calendar terms, where the dates are not known", None),
        Fact("supply", yes_or_no, "whether it is supply teaching", False),
        Fact(
            "changes",
            rows(
                lambda **row: Change(row["from"], row["fte"]),
                Fact("from", a_date, "the first day of the new working pattern"),
                FTE,
            ),
            "changes of full-time equivalent inside the post, in order",
            (),
        ),
    ),
    "the posts held, each with fte and either start or terms",
)


@question(
    POSTS,
    Fact("terms", a_calendar, "the school terms in order, each with start and end", None),
    Fact(YEARS.name, YEARS.read, YEARS.about, ()),
    REQUIRED_TERMS,
    Fact("reduced_to", a_required_length, "the length the appropriate body reduced it to, in terms", None),
    Fact("extension_terms", a_length, "the extension the appropriate body decided, in terms", Fraction(0)),
    Fact("today", a_date, "the date up to which service is counted", lambda rules: rules.day),
    paragraphs=(
        "2.30", "2.33", "2.34", "2.36", "2.65", "2.14", "2.20", "2.55", "2.60", "2.74", "2.75", "3.2", "3.5",
        "3.6", "3.7", "3.8", "3.14", "3.15", "3.16",
    ),
    parameters=(
        "required_terms", "minimum_post_terms", "full_year_terms", "absence_days", "statutory_leave",
        "event_lead_days",
    ),
    gives="{required_terms, terms_served, terms_left, extension_days, year, complete_on, "
    "earliest_final_assessment}; the dates are null when the terms and posts given do not reach them",
)  # fmt: skip
def induction_progress(
    posts: list[HeldPost],
    terms: Calendar | None,
    years: Sequence[Year],
    required_terms: Fraction,
    reduced_to: Fraction | None,
    extension_terms: Fraction,
    today: date,
    rules: Rules,
) -> Found:
    """Terms served, terms left and the earliest final assessment for a whole history (2.30-2.36, 3.6-3.16).

    A post under one term counts nothing until it reaches one. Part of a term is its days in the post over
    all its days. Posts held at once add up, to no more than full-time. Posts without an end go on as they
    are. Days added for absence are served on the ECT's own working days after the terms are complete.
    """
    _check(posts, terms)
    calendar = terms or Calendar()
    required = min(required_terms, reduced_to or required_terms) + extension_terms
    known = [post for post in posts if post.start is None and post_counts(post.terms, rules)]
    brought = sum((post.terms * post.fte for post in known), Fraction(0))
    held = [post for post in posts if post.start]
    counted = [post for post in held if post_counts(_length(post, calendar, today), rules)]
    so_far = list(_stretches(counted, calendar, today))
    served = figure(brought + sum((each.served for each in so_far), Fraction(0)))
    added = sum(year_extension(year.absences, rules) for year in years)
    last = calendar[-1].end if calendar else today
    lasting = [post for post in held if post_counts(_length(post, calendar, last), rules)]
    ahead = list(_stretches(lasting, calendar, last))
    complete = _complete_on(ahead, required - brought, added)
    value = {
        "required_terms": figure(required),
        "terms_served": served,
        "terms_left": figure(max(Fraction(0), required - Fraction(served))),
        "extension_days": added,
        "year": 1 if served < rules.full_year_terms else 2,
        "complete_on": complete,
        "earliest_final_assessment": _earliest_meeting(complete, calendar, rules),
    }
    return value, lambda: [
        ("{} terms are required (2.30).", required_terms),
        *_changed_length(reduced_to, extension_terms, required),
        *_post_steps(posts, known, counted, calendar, today, rules),
        *(_stretch_step(each) for each in so_far),
        ("Together {} terms are served up to {} (2.34, 3.16).", served, today),
        ("{} required less {} served leaves {}.", required, served, value["terms_left"]),
        ("Absence adds {} days (3.6, 3.7).", added),
        *_closing_steps(value),
    ]


def _check(posts: Sequence[HeldPost], terms: Calendar | None) -> None:
    for row, post in enumerate(posts, 1):
        if (post.start is None) == (post.terms is None):
            raise StatutoryError(f"posts row {row}: give either start or terms.")
        if post.start and terms is None:
            raise StatutoryError("terms is missing: give the school terms, as a post has a start date.")
        if post.start and post.end and post.end < post.start:
            raise StatutoryError(f"posts row {row}: end is before start.")
        days = [change.start for change in post.changes]
        if days != sorted(set(days)) or (days and post.start and days[0] <= post.start):
            raise StatutoryError(f"posts row {row}: changes must be in order and after the start.")


def _length(post: HeldPost, calendar: Calendar, until: date) -> Fraction:
    """The post's length in calendar terms up to a day, FTE not considered (2.33)."""
    last = min(post.end or until, until)
    return sum(
        (
            Fraction((min(last, term.end) - max(post.start, term.start)).days + 1, term.days)
            for term in calendar
            if post.start <= term.end and last >= term.start
        ),
        Fraction(0),
    )


def _stretches(posts: Sequence[HeldPost], calendar: Calendar, until: date) -> Iterator[Stretch]:
    """The stretches served in the posts up to a day, in order; posts at once add up to full-time at most."""
    one = timedelta(days=1)
    for place, term in enumerate(calendar, 1):
        if term.start > until:
            return
        end = min(term.end, until)
        starts = {term.start}
        for post in posts:
            starts.update(change.start for change in post.changes)
            starts.add(post.start)
            if post.end:
                starts.add(post.end + one)
        days = sorted(day for day in starts if term.start <= day <= end)
        for first, following in zip(days, [*days[1:], end + one], strict=True):
            fte = min(Fraction(1), sum((post.fte_on(first) for post in posts), Fraction(0)))
            if fte:
                yield Stretch(place, term, first, following - one, fte)


def _complete_on(stretches: Sequence[Stretch], required: Fraction, added: int) -> date | None:
    """The day the required terms, and then the days added for absence, are complete."""
    days_left = Fraction(added)
    for stretch in stretches:
        begin = stretch.start
        if required > 0:
            if stretch.served < required:
                required -= stretch.served
                continue
            needed = -(-required * stretch.term.days // stretch.fte)
            required = Fraction(0)
            begin += timedelta(days=int(needed))
            if not days_left:
                return begin - timedelta(days=1)
        if begin > stretch.end:
            continue
        there = days_between(begin, stretch.end) * stretch.fte
        if there >= days_left:
            return count_forward(begin - timedelta(days=1), int(-(-days_left // stretch.fte)))
        days_left -= there
    return None


def _earliest_meeting(complete: date | None, calendar: Calendar, rules: Rules) -> date | None:
    """The first day in a term, no earlier than the usual lead before induction is complete (2.60)."""
    if complete is None:
        return None
    earliest = complete - timedelta(days=rules.event_lead_days)
    return min((max(term.start, earliest) for term in calendar if term.end >= earliest), default=earliest)


def _changed_length(reduced_to: Fraction | None, extension: Fraction, required: Fraction) -> list[Step]:
    steps: list[Step] = []
    if reduced_to:
        steps.append(("The appropriate body reduced it to {} (3.2, 3.5).", reduced_to))
    if extension:
        steps.append(("The appropriate body added {} terms, {} in all (3.8).", extension, required))
    return steps


def _post_steps(
    posts: Sequence[HeldPost],
    known: Sequence[HeldPost],
    counted: Sequence[HeldPost],
    calendar: Calendar,
    today: date,
    rules: Rules,
) -> Iterator[Step]:
    for number, post in enumerate(posts, 1):
        terms = _length(post, calendar, today) if post.start else post.terms
        if post in counted:
            yield ("Post {}: {} calendar terms by {}, so it counts (2.33).", number, terms, today)
        elif post in known:
            line = "Post {}: {} terms at {} FTE is {} (2.34)."
            yield (line, number, terms, post.fte, terms * post.fte)
        elif post.supply:
            yield ("Post {}: short-term supply of {} terms counts nothing (2.14).", number, terms)
        else:
            line = "Post {}: {} calendar terms is under {}, so it does not count yet (2.33)."
            yield (line, number, terms, rules.minimum_post_terms)


def _stretch_step(each: Stretch) -> Step:
    line = "Term {}, {} to {}: {} of {} days at {} FTE is {}."
    return (line, each.place, each.start, each.end, each.days, each.term.days, each.fte, each.served)


def _closing_steps(value: dict) -> list[Step]:
    if value["complete_on"] is None:
        return ["The posts and terms given end before induction is complete."]
    return [
        ("Induction is complete on {} (2.65).", value["complete_on"]),
        ("The final assessment can be from {} (2.60).", value["earliest_final_assessment"]),
    ]
