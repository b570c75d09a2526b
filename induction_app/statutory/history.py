"""A whole history as the rules take it: posts by date, working patterns, absence, extension (2.33-2.36)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from .absence import YEARS, Year, year_extension
from .answer import StatutoryError, written
from .facts import Fact, a_date, a_length, a_required_length, an_fte, rows, yes_or_no
from .length import REQUIRED_TERMS, post_counts
from .rules import Rules
from .schedule import Calendar, Term, a_calendar
from .working_days import count_forward, days_between

DAY = timedelta(days=1)
WHOLE = Fraction(1)


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
    changes: Sequence[Change]

    def fte_on(self, day: date) -> Fraction:
        """The full-time equivalent on a day, 0 outside the post."""
        if day < self.start or (self.end and day > self.end):
            return Fraction(0)
        return next((change.fte for change in reversed(self.changes) if change.start <= day), self.fte)

    def length(self, calendar: Calendar, until: date) -> Fraction:
        """Its length in calendar terms up to a day, FTE not considered (2.33)."""
        return self.terms if self.start is None else sum(self._parts(calendar, until), Fraction(0))

    def counts(self, calendar: Calendar, until: date, rules: Rules) -> bool:
        """Whether it has lasted long enough by a day to count (2.33)."""
        if self.start is None:
            return post_counts(self.terms, rules)
        lengths = accumulate(self._parts(calendar, until))
        return any(post_counts(length, rules) for length in lengths)

    def counts_from(self, calendar: Calendar, rules: Rules) -> date | None:
        """The first day on which it has lasted long enough to count (2.33); None where it never does."""
        lasted = Fraction(0)
        for term in calendar:
            if term.end < self.start or (self.end and self.end < term.start):
                continue
            first, last = max(self.start, term.start), min(self.end or term.end, term.end)
            needed = max(1, ceil((rules.minimum_post_terms - lasted) * term.days))
            if needed <= (last - first).days + 1:
                return first + (needed - 1) * DAY
            lasted += Fraction((last - first).days + 1, term.days)
        return None

    def edges(self) -> list[date]:
        """The days on which its full-time equivalent changes, its start and the day after its end among them."""
        ends = [self.end + DAY] if self.end else []
        return [self.start, *(change.start for change in self.changes), *ends]

    def _parts(self, calendar: Calendar, until: date) -> Iterator[Fraction]:
        """The part of each term it covers up to a day."""
        last = min(self.end or until, until)
        for term in calendar:
            if term.start > last:
                return
            if term.end >= self.start:
                days = (min(last, term.end) - max(self.start, term.start)).days + 1
                yield WHOLE if days == term.days else Fraction(days, term.days)


class Pending(NamedTuple):
    """Days in a post after the end of induction, pending a decision or an appeal: no induction (sch 1)."""

    start: date
    end: date


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
        days, whole = self.days, self.term.days
        return self.fte if days == whole else self.fte * Fraction(days, whole)


FTE = Fact("fte", an_fte, "the full-time equivalent, from 0.1 to 1")
HISTORY_FACTS = (
    Fact(
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
    ),
    Fact("terms", a_calendar, "the school terms in order, each with start and end", None),
    Fact("served_before", a_length, "the FTE terms that earlier records show as served", Fraction(0)),
    Fact(YEARS.name, YEARS.read, YEARS.about, ()),
    REQUIRED_TERMS,
    Fact("reduced_to", a_required_length, "the length the appropriate body reduced it to, in terms", None),
    Fact("extension_terms", a_length, "the extension the appropriate body decided, in terms", Fraction(0)),
    Fact(
        "pending",
        rows(
            lambda **row: Pending(row["from"], row["until"]),
            Fact("from", a_date, "the first day after induction was complete"),
            Fact("until", a_date, "the day before an extension was granted"),
        ),
        "days employed pending a decision or an appeal, which are no induction",
        (),
    ),
)


@dataclass(frozen=True)
class History:
    """A history whose facts agree with each other.

    `before` is the FTE terms served in posts without dates and by earlier records; `length` is the terms
    required before any extension; `extension` is in terms and `days_added`, for absence, in days. The days
    of `pending` are no induction.
    """

    posts: Sequence[HeldPost]
    calendar: Calendar
    before: Fraction
    length: Fraction
    extension: Fraction
    days_added: int
    pending: Sequence[Pending]
    rules: Rules

    @property
    def required(self) -> Fraction:
        """The FTE terms required with the appropriate body's extension (3.8)."""
        return self.length + self.extension

    @property
    def last_day(self) -> date | None:
        """The last day of the last term given."""
        return self.calendar[-1].end if self.calendar else None

    def stretches(self, until: date, counted_by: date | None = None) -> Iterator[Stretch]:
        """The stretches up to a day, in order, of the posts that count.

        A post counts when it has lasted long enough by then (2.33), or by `counted_by` where that is given.
        """
        by = counted_by or until
        posts = [post for post in self.posts if post.start and post.counts(self.calendar, by, self.rules)]
        return _stretches(posts, self.calendar, until, self.pending)

    @cached_property
    def complete_on(self) -> date | None:
        """The day the terms required, and then the days added for absence, are complete (2.65).

        Posts without an end go on as they are; None when the terms and posts given do not reach it. Days in
        a post count once it has lasted long enough (2.33), so nothing is complete by them before then.
        """
        if not self.calendar:
            return None
        complete = self._complete_on(self.last_day)
        if complete is None or all(self._counts_by(post, complete) for post in self.posts):
            return complete
        starts_to_count = {post.counts_from(self.calendar, self.rules) for post in self.posts if post.start}
        for day in sorted(day for day in starts_to_count if day):
            found = self._complete_on(day)
            following = min((other for other in starts_to_count if other and other > day), default=None)
            if found and (following is None or max(found, day) < following):
                return max(found, day)
        return None

    def _complete_on(self, counted_by: date) -> date | None:
        stretches = self.stretches(self.last_day, counted_by)
        return _complete_on(stretches, self.required - self.before, self.days_added)

    def _counts_by(self, post: HeldPost, day: date) -> bool:
        """Whether a post counts by a day, or not at all up to the last term given."""
        until = self.last_day
        return (
            post.start is None
            or post.counts(self.calendar, day, self.rules)
            or not post.counts(self.calendar, until, self.rules)
        )


def read_history(
    rules: Rules,
    posts: Sequence[HeldPost],
    terms: Calendar | None,
    served_before: Fraction,
    years: Sequence[Year],
    required_terms: Fraction,
    reduced_to: Fraction | None,
    extension_terms: Fraction,
    pending: Sequence[Pending],
) -> History:
    """The facts of HISTORY_FACTS as one history; raises StatutoryError when they do not agree."""
    _check(posts, terms)
    calendar = terms or Calendar()
    undated = [post for post in posts if post.start is None and post.counts(calendar, date.max, rules)]
    return History(
        [_from_term_start(post, calendar, rules) for post in posts],
        calendar,
        sum((post.terms * post.fte for post in undated), served_before),
        min(required_terms, reduced_to or required_terms),
        extension_terms,
        sum(year_extension(year.absences, rules) for year in years),
        pending,
        rules,
    )


def _check(posts: Sequence[HeldPost], terms: Calendar | None) -> None:
    for row, post in enumerate(posts, 1):
        if (post.start is None) == (post.terms is None):
            raise StatutoryError(f"posts row {row}: give either start or terms.")
        if post.start is None and post.changes:
            raise StatutoryError(f"posts row {row}: changes need the start of the post.")
        if post.start and terms is None:
            raise StatutoryError("terms is missing: give the school terms, as a post has a start date.")
        if post.start and post.end and post.end < post.start:
            raise StatutoryError(f"posts row {row}: end, {written(post.end)}, is before start.")
        days = [change.start for change in post.changes]
        if days != sorted(set(days)) or (days and days[0] <= post.start):
            raise StatutoryError(f"posts row {row}: changes must be in order and after the start.")


def _from_term_start(post: HeldPost, calendar: Calendar, rules: Rules) -> HeldPost:
    """A post that starts within the first days of a term serves the whole of it (2.12)."""
    for term in calendar:
        if post.start and term.start < post.start <= term.start + rules.whole_term_days * DAY:
            return post._replace(start=term.start)
    return post


def _stretches(
    posts: Sequence[HeldPost], calendar: Calendar, until: date, pending: Sequence[Pending]
) -> Iterator[Stretch]:
    """Posts held at once add up, to full-time at most (3.16)."""
    cuts = [day for each in pending for day in (each.start, each.end + DAY)]
    for place, term in enumerate(calendar, 1):
        if term.start > until:
            return
        end = min(term.end, until)
        held = [post for post in posts if post.start <= end and (post.end is None or post.end >= term.start)]
        edges = {day for post in held for day in (*post.edges(), *cuts) if term.start < day <= end}
        firsts = [term.start, *sorted(edges)]
        for first, following in zip(firsts, [*firsts[1:], end + DAY], strict=True):
            fte = sum((post.fte_on(first) for post in held), Fraction(0))
            if fte and not any(each.start <= first <= each.end for each in pending):
                yield Stretch(place, term, first, following - DAY, min(fte, WHOLE))


def _complete_on(stretches: Iterable[Stretch], required: Fraction, days_added: int) -> date | None:
    """Serve the terms first; then each working day in post serves its part of a day added."""
    days_left = Fraction(days_added)
    for stretch in stretches:
        begin = stretch.start
        if required > 0:
            if stretch.served < required:
                required -= stretch.served
                continue
            needed = -(-required * stretch.term.days // stretch.fte)  # whole days, rounded up
            required = Fraction(0)
            begin += int(needed) * DAY
            if not days_left:
                return begin - DAY
        if begin > stretch.end:
            continue
        served = days_between(begin, stretch.end) * stretch.fte
        if served >= days_left:
            return count_forward(begin - DAY, int(-(-days_left // stretch.fte)))
        days_left -= served
    return None
