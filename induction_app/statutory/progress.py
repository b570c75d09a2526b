"""A whole history in one figure: terms served, terms left, and when induction is complete."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from .answer import Step, figure
from .facts import Fact, a_date
from .history import HISTORY_FACTS, History, Stretch, read_history
from .length import post_counts
from .question import Found, question
from .rules import Rules


@question(
    *HISTORY_FACTS,
    Fact("today", a_date, "the date up to which service is counted", lambda rules: rules.day),
    paragraphs=(
        "2.30", "2.33", "2.34", "2.36", "2.65", "2.12", "2.14", "2.20", "2.55", "2.60", "2.74", "2.75", "3.2",
        "3.5", "3.6", "3.7", "3.8", "3.14", "3.15", "3.16",
    ),
    parameters=(
        "required_terms", "minimum_post_terms", "full_year_terms", "absence_days", "statutory_leave",
        "event_lead_days", "whole_term_days",
    ),
    gives="{required_terms, terms_served, terms_left, extension_days, year, complete_on, "
    "earliest_final_assessment}; the dates are null when the terms and posts given do not reach them",
)  # fmt: skip
def induction_progress(today: date, rules: Rules, **facts: object) -> Found:
    """Terms served, terms left and the earliest final assessment for a whole history (2.30-2.36, 3.6-3.16).

    A post under one term counts nothing until it reaches one. Part of a term is its days in the post over
    all its days. Posts held at once add up, to no more than full-time. Posts without an end go on as they
    are. Days added for absence are served on the ECT's own working days after the terms are complete.
    Raises StatutoryError when the facts do not agree with each other.
    """
    history = read_history(rules, **facts)
    so_far = list(history.stretches(today))
    served = figure(sum((each.served for each in so_far), history.before))
    complete = history.complete_on
    value = {
        "required_terms": figure(history.required),
        "terms_served": served,
        "terms_left": figure(max(Fraction(0), history.required - Fraction(served))),
        "extension_days": history.days_added,
        "year": 1 if served < rules.full_year_terms else 2,
        "complete_on": complete,
        "earliest_final_assessment": complete and _earliest_meeting(complete, history),
    }
    return value, lambda: list(_working(history, so_far, value, facts["reduced_to"], today))


def _earliest_meeting(complete: date, history: History) -> date:
    """The first day in a term, no earlier than the usual lead before induction is complete (2.60)."""
    earliest = complete - timedelta(days=history.rules.event_lead_days)
    return min(max(term.start, earliest) for term in history.calendar if term.end >= earliest)


def _working(
    history: History, so_far: list[Stretch], value: dict, reduced_to: Fraction | None, today: date
) -> Iterator[Step]:
    yield ("{} terms are required (2.30).", history.length)
    if reduced_to:
        yield "That is the length the appropriate body reduced it to (3.2, 3.5)."
    if history.extension:
        yield ("The appropriate body added {}: {} in all (3.8).", history.extension, history.required)
    yield from _post_steps(history, today)
    if history.before:
        yield ("{} terms were served before, or in posts without dates (2.34, 2.75).", history.before)
    for each in so_far:
        line = "Term {}, {} to {}: {} of {} days at {} FTE is {}."
        yield (line, each.place, each.start, each.end, each.days, each.term.days, each.fte, each.served)
    yield ("Together {} terms are served up to {} (2.34, 3.16).", value["terms_served"], today)
    line = "{} required less {} served leaves {}."
    yield (line, value["required_terms"], value["terms_served"], value["terms_left"])
    for each in history.pending:
        yield ("From {} to {} an extension was not granted yet: no induction (3.8).", each.start, each.end)
    if history.days_added:
        yield ("Absence adds {} days, served after the terms (3.6, 3.7).", history.days_added)
    if value["complete_on"] is None:
        yield "The posts and terms given end before induction is complete."
    else:
        yield ("Induction is complete on {} (2.65).", value["complete_on"])
        yield ("The final assessment can be from {} (2.60).", value["earliest_final_assessment"])


def _post_steps(history: History, today: date) -> Iterator[Step]:
    for number, post in enumerate(history.posts, 1):
        terms = post.length(history.calendar, today)
        if post_counts(terms, history.rules):
            yield ("Post {}: {} calendar terms by {}, so it counts (2.33).", number, terms, today)
        elif post.supply:
            yield ("Post {}: short-term supply of {} terms counts nothing (2.14).", number, terms)
        else:
            line = "Post {}: {} calendar terms is under {}, so it does not count yet (2.33)."
            yield (line, number, terms, history.rules.minimum_post_terms)
