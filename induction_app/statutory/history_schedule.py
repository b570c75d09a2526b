"""When reviews and assessments fall over a whole history: posts, changing hours, absence, extension."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from .answer import StatutoryError, Step
from .history import HISTORY_FACTS, HeldPost, History, Stretch, read_history
from .question import Found, question
from .rules import Rules
from .schedule import FINAL, FIRST, REVIEW, Calendar, Term, first_assessment_point, move_first_review


class Served(NamedTuple):
    """What is served in one term of the calendar, the FTE at its end, and the last day in post in it."""

    place: int
    term: Term
    served: Fraction
    fte: Fraction
    end: date


@question(
    *HISTORY_FACTS,
    paragraphs=(
        "2.48",
        "2.49",
        "2.55",
        "2.33",
        "2.34",
        "2.36",
        "2.60",
        "2.65",
        "2.12",
        "3.4",
        "3.6",
        "3.7",
        "3.8",
    ),
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
def history_events(rules: Rules, **facts: object) -> Found:
    """The reviews and assessments of an induction with a history (2.48, 2.49, 2.55).

    For one post without changes it answers as `events_due`. The first assessment falls in the term in which
    its FTE terms are complete over all posts, the final one in the term in which induction is complete with
    every extension; every other term in post has a review. Nothing falls due in posts too short to count
    (2.33). Raises StatutoryError when no post falls in the terms given, or the facts do not agree with each
    other.
    """
    history = read_history(rules, **facts)
    served = _by_term(_until_complete(history)) if history.calendar else []
    if not served and any(_lies_in(history.calendar, post) for post in history.posts):
        return [], ["No post has lasted long enough to count, so nothing falls due (2.33)."]
    if not served:
        raise StatutoryError("posts: none of them is served in the terms given, so nothing falls due.")
    first_at = first_assessment_point(history.length, rules) if history.length > 1 else None
    plan = _plan(served, history, first_at)
    events = _events(plan, served, rules)
    start = min(post.start for post in history.posts if post.start)
    if plan[0] == REVIEW and events and start > served[0].term.part_way(rules.late_start_portion):
        move_first_review(events, [each.term for each in served[1:]], [*plan, None], rules)
    return events, lambda: list(_working(events, served[: len(plan)], history, first_at))


def _lies_in(calendar: Calendar, post: HeldPost) -> bool:
    if not calendar or not post.start:
        return False
    return post.start <= calendar[-1].end and (post.end is None or post.end >= calendar[0].start)


def _until_complete(history: History) -> Iterator[Stretch]:
    """The stretches up to the end of the term in which induction is complete, or of the terms given."""
    last, complete = history.last_day, history.complete_on
    until = last if complete is None else min(term.end for term in history.calendar if term.end >= complete)
    return history.stretches(until, counted_by=last)


def _by_term(stretches: Iterable[Stretch]) -> list[Served]:
    found: dict[int, Served] = {}
    for each in stretches:
        before = found[each.place].served if each.place in found else Fraction(0)
        found[each.place] = Served(each.place, each.term, before + each.served, each.fte, each.end)
    return list(found.values())


def _plan(served: Sequence[Served], history: History, first_at: Fraction | None) -> list[str | None]:
    """The event of each term served, up to the final assessment.

    A part-timer's review is not held where an assessment's FTE terms are complete within the next term; it
    has None (2.49).
    """
    complete = history.complete_on
    plan: list[str | None] = []
    part_way: set[int] = set()
    total = history.before
    for index, each in enumerate(served):
        after = total + each.served
        if any(point is not None and total < point < after for point in (first_at, history.required)):
            part_way.add(index)
        first = first_at is not None and total < first_at <= after
        total = after
        if complete is not None and index == len(served) - 1:
            plan.append(FINAL)
            break
        plan.append(FIRST if first else REVIEW)
    for index, event in enumerate(plan[:-1]):
        soon = plan[index + 1] != REVIEW and index + 1 in part_way
        if soon and event == REVIEW and served[index + 1].fte < 1:
            plan[index] = None
    return plan


def _events(plan: Sequence[str | None], served: Sequence[Served], rules: Rules) -> list[dict]:
    lead = timedelta(days=rules.event_lead_days)
    return [
        {"event": event, "term": each.place, "due": each.term.end - lead}
        for event, each in zip(plan, served, strict=False)
        if event and not (event == REVIEW and each.end < each.term.end)  # the post ended before the review
    ]


def _working(
    events: Sequence[dict], served: Sequence[Served], history: History, first_at: Fraction | None
) -> Iterator[Step]:
    due = {each["term"]: each for each in events}
    yield ("{} terms are required in all, with what was added (2.30, 3.8).", history.required)
    if history.before:
        yield ("{} terms were served before, or in posts without dates (2.34).", history.before)
    if history.days_added:
        yield ("Absence adds {} days to serve (3.6, 3.7).", history.days_added)
    total = history.before
    for each in served:
        total += each.served
        yield _term_step(each, due.get(each.place), total, first_at, history)
    if not events or events[-1]["event"] != FINAL:
        yield "Induction is not complete within the terms and posts given: no final assessment yet."


def _term_step(
    each: Served, event: dict | None, total: Fraction, first_at: Fraction | None, history: History
) -> Step:
    place = each.place
    if event is None:
        return ("Term {}: no review, as an assessment or the end of the post comes first (2.49).", place)
    if event["event"] == REVIEW:
        line = "Term {}: {} {} served by its end, so a review by {} (2.48)."
        return (line, place, total, "term" if total == 1 else "terms", event["due"])
    if event["event"] == FIRST:
        line = "Term {}: {} terms are complete, so the first assessment by {} (2.55)."
        return (line, place, first_at, event["due"])
    line = "Term {}: induction is complete on {}, so the final assessment by {} (2.60, 2.65)."
    return (line, place, history.complete_on, event["due"])
