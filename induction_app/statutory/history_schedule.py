"""When reviews and assessments fall over a whole history: posts, changing hours, absence, extension."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from .absence import YEARS, Year, year_extension
from .answer import StatutoryError, Step
from .facts import Fact, a_length, a_required_length
from .length import REQUIRED_TERMS, post_counts
from .progress import POSTS, HeldPost, Stretch, _check, _complete_on, _length, _stretches
from .question import Found, question
from .rules import Rules
from .schedule import (
    FINAL,
    FIRST,
    REVIEW,
    TERMS,
    Calendar,
    Term,
    _move_first_review,
    first_assessment_point,
)


class _Served(NamedTuple):
    """What is served in one term of the calendar, and the full-time equivalent at its end."""

    place: int
    term: Term
    served: Fraction
    fte: Fraction
    end: date


@question(
    POSTS,
    TERMS,
    Fact(YEARS.name, YEARS.read, YEARS.about, ()),
    REQUIRED_TERMS,
    Fact("reduced_to", a_required_length, "the length the appropriate body reduced it to, in terms", None),
    Fact("extension_terms", a_length, "the extension the appropriate body decided, in terms", Fraction(0)),
    paragraphs=("2.48", "2.49", "2.55", "2.34", "2.36", "2.60", "2.65", "3.4", "3.6", "3.8"),
    parameters=(
        "required_terms",
        "event_lead_days",
        "first_assessment_terms",
        "late_start_portion",
        "whole_term_days",
        "minimum_post_terms",
    ),
    gives="a list of {event, term, due} in order of date",
)
def history_events(
    posts: list[HeldPost],
    terms: Calendar,
    years: Sequence[Year],
    required_terms: Fraction,
    reduced_to: Fraction | None,
    extension_terms: Fraction,
    rules: Rules,
) -> Found:
    """The reviews and assessments of an induction with a history (2.48, 2.49, 2.55).

    For one full-length post it answers as `events_due`. The first assessment falls in the term in which
    its FTE terms are complete over all posts, the final one in the term in which induction is complete
    with every extension; every other term in post has a review.
    Raises StatutoryError when no post falls in the terms given.
    """
    _check(posts, terms)
    required = min(required_terms, reduced_to or required_terms)
    first_at = first_assessment_point(required, rules)
    has_first = required > 1
    required += extension_terms
    added = sum(year_extension(year.absences, rules) for year in years)
    brought = sum(
        (post.terms * post.fte for post in posts if post.start is None and post_counts(post.terms, rules)),
        Fraction(0),
    )
    last = terms[-1].end
    held = [_from_term_start(post, terms, rules) for post in posts if post.start]
    stretches = list(
        _stretches([p for p in held if post_counts(_length(p, terms, last), rules)], terms, last)
    )
    served = _by_term(stretches)
    if not served:
        raise StatutoryError("posts: none of them is served in the terms given, so nothing falls due.")
    complete = _complete_on(stretches, required - brought, added)
    plan = _plan(served, brought, first_at if has_first else None, complete, required)
    events = _events(plan, served, rules)
    start = min(post.start for post in posts if post.start)
    moved = start > served[0].term.part_way(rules.late_start_portion)
    if moved and plan and plan[0] == REVIEW and events:
        _move_first_review(events, [each.term for each in served[1:]], [*plan, None], rules)
    return events, lambda: _working(events, served, brought, (first_at, required, added), complete, rules)


def _from_term_start(post: HeldPost, terms: Calendar, rules: Rules) -> HeldPost:
    """A post that starts within the first days of a term serves the whole of it."""
    for term in terms:
        if term.start < post.start <= term.start + timedelta(days=rules.whole_term_days):
            return post._replace(start=term.start)
    return post


def _by_term(stretches: Sequence[Stretch]) -> list[_Served]:
    found: dict[int, _Served] = {}
    for each in stretches:
        before = found.get(each.place)
        total = each.served + (before.served if before else 0)
        found[each.place] = _Served(each.place, each.term, total, each.fte, each.end)
    return list(found.values())


def _plan(
    served: list[_Served],
    brought: Fraction,
    first_at: Fraction | None,
    complete: date | None,
    required: Fraction,
) -> list[str | None]:
    """The event of each term served. A part-timer's review is not held where an assessment's FTE terms are
    complete within the next term (2.49)."""
    plan: list[str | None] = []
    points: dict[int, Fraction] = {}
    total = brought
    for index, each in enumerate(served):
        event = REVIEW
        if first_at is not None and total < first_at <= total + each.served:
            event, points[index] = FIRST, (first_at - total) / each.served
        if total < required <= total + each.served:
            points[index] = (required - total) / each.served
        total += each.served
        final = complete is not None and (complete <= each.term.end or index == len(served) - 1)
        plan.append(FINAL if final else event)
        if final:
            break
    for index in range(len(plan) - 1):
        soon = plan[index + 1] != REVIEW and points.get(index + 1, Fraction(1)) < 1
        if soon and plan[index] == REVIEW and served[index + 1].fte < 1:
            plan[index] = None
    return plan


def _events(plan: list[str | None], served: list[_Served], rules: Rules) -> list[dict]:
    lead = timedelta(days=rules.event_lead_days)
    events = []
    for event, each in zip(plan, served, strict=False):
        if event is None or (event == REVIEW and each.end < each.term.end):
            continue  # not held: too near an assessment (2.49), or the post ended before the review fell due
        events.append({"event": event, "term": each.place, "due": each.term.end - lead})
    return events


def _working(
    events: list[dict],
    served: list[_Served],
    brought: Fraction,
    figures: tuple[Fraction, Fraction, int],
    complete: date | None,
    rules: Rules,
) -> list[Step]:
    first_at, required, added = figures
    lead = rules.event_lead_days
    due = {each["term"]: each for each in events}
    steps: list[Step] = [("{} terms are required in all, with what was added (2.30, 3.8).", required)]
    if brought:
        steps.append(("{} terms were served before (2.34).", brought))
    if added:
        steps.append(("Absence adds {} days to serve (3.6, 3.7).", added))
    total = brought
    for each in served[
        : events and next((i for i, s in enumerate(served) if s.place == events[-1]["term"]), 0) + 1
    ]:
        total += each.served
        event = due.get(each.place)
        if event is None:
            steps.append(
                (
                    "Term {}: no review, as an assessment or the end of the post comes first (2.49).",
                    each.place,
                )
            )
        elif event["event"] == REVIEW:
            steps.append(
                (
                    "Term {}: {} terms served by its end, so a review by {} (2.48).",
                    each.place,
                    total,
                    event["due"],
                )
            )
        elif event["event"] == FIRST:
            line = "Term {}: {} terms are complete, so the first assessment, {} days before its end: {} (2.55)."
            steps.append((line, each.place, first_at, lead, event["due"]))
        else:
            line = "Term {}: induction is complete on {}, so the final assessment by {} (2.60, 2.65)."
            steps.append((line, each.place, complete, event["due"]))
    if complete is None:
        steps.append(
            "Induction is not complete within the terms and posts given: no final assessment yet."
        )
    return steps
