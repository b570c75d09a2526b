"""How long induction is, and how much of it a post serves (1.4–1.8, 2.14–2.17, 2.30–2.38, 3.14–3.16)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from .answer import Step, figure
from .facts import Fact, a_date, a_length, a_required_length, an_fte, rows, yes_or_no
from .question import Found, question
from .rules import Rules


class Post(NamedTuple):
    """A post: its length in calendar terms, its full-time equivalent, and whether it is supply."""

    terms: Fraction
    fte: Fraction
    supply: bool = False


POSTS = Fact(
    "posts",
    rows(
        Post,
        Fact("terms", a_length, "how long the post lasted, in calendar terms"),
        Fact("fte", an_fte, "the full-time equivalent, from 0.1 to 1"),
        Fact("supply", yes_or_no, "whether it was supply teaching", False),
    ),
    "the posts held, each with terms and fte",
)
REQUIRED_TERMS = Fact(
    "required_terms",
    a_required_length,
    "the full-time equivalent terms required",
    lambda rules: Fraction(rules.required_terms),
)
COUNTING = ("2.30", "2.33", "2.34", "2.36", "2.14", "2.16", "2.17", "3.14", "3.15", "3.16", "reg 7(2)")


def post_counts(terms: Fraction, rules: Rules) -> bool:
    """Whether a post of this many calendar terms counts: FTE is not considered (2.33)."""
    return terms >= rules.minimum_post_terms


def terms_counted(posts: Sequence[Post], rules: Rules) -> Fraction:
    """The FTE terms the posts serve: terms times FTE for each post that meets the minimum (2.34, 3.16)."""
    return sum((post.terms * post.fte for post in posts if post_counts(post.terms, rules)), Fraction(0))


def _counting_steps(posts: Sequence[Post], rules: Rules) -> list[Step]:
    steps: list[Step] = []
    for number, post in enumerate(posts, 1):
        if post_counts(post.terms, rules):
            line = "Post {}: {} terms at {} FTE is {} terms served (2.34)."
            steps.append((line, number, post.terms, post.fte, post.terms * post.fte))
        elif post.supply:
            steps.append(("Post {}: short-term supply of {} terms never counts (2.14).", number, post.terms))
        else:
            line = "Post {}: {} terms is under the minimum of {} in continuous employment, so 0 (2.33)."
            steps.append((line, number, post.terms, rules.minimum_post_terms))
    if len(posts) > 1:
        steps.append("Each contract meets the minimum by itself; those that count are added up (3.16).")
    return steps


@question(
    POSTS,
    paragraphs=COUNTING,
    parameters=("minimum_post_terms",),
    gives="the FTE terms that count",
)
def terms_served(posts: list[Post], rules: Rules) -> Found:
    """The FTE terms of induction that the posts have served (2.33–2.34, 3.16).

    A post under one calendar term counts nothing, whatever its FTE, and so short-term supply never counts
    (2.14); a long-term supply post counts as any other (2.33).
    """
    served = terms_counted(posts, rules)
    return figure(served), [*_counting_steps(posts, rules), ("Together {} terms are served.", served)]


@question(
    POSTS,
    REQUIRED_TERMS,
    paragraphs=(*COUNTING, "2.65", "2.75"),
    parameters=("required_terms", "minimum_post_terms"),
    gives="the FTE terms left, not below 0",
)
def terms_remaining(posts: list[Post], required_terms: Fraction, rules: Rules) -> Found:
    """The FTE terms still to serve: required less served, not below 0 (2.30, 2.34)."""
    served = figure(terms_counted(posts, rules))
    left = figure(max(Fraction(0), required_terms - Fraction(served)))
    return left, [
        *_counting_steps(posts, rules),
        ("{} terms required less {} served leaves {} (2.30).", required_terms, served, left),
    ]


@question(
    REQUIRED_TERMS,
    Fact("fte", an_fte, "the full-time equivalent, from 0.1 to 1"),
    paragraphs=("2.30", "2.36", "2.37", "2.38"),
    parameters=("required_terms", "lowest_fte"),
    gives="the calendar terms to serve at that FTE",
)
def calendar_terms_needed(required_terms: Fraction, fte: Fraction, rules: Rules) -> Found:
    """The calendar terms it takes to serve the required FTE terms at one FTE throughout (2.36)."""
    needed = required_terms / fte
    return figure(needed), [
        ("{} terms required, divided by {} FTE, is {} calendar terms (2.36).", required_terms, fte, needed),
        "The headteacher and appropriate body settle what is fair for the working pattern (2.37).",
    ]


@question(
    Fact("start", a_date, "the date induction started"),
    Fact("three_terms_concluded", a_date, "the date a three-term induction was concluded, if it was", None),
    Fact("extension_terms", a_length, "the extension the appropriate body decided, in terms", Fraction(0)),
    Fact("reduced_to", a_required_length, "the length the appropriate body reduced it to, in terms", None),
    paragraphs=("1.4", "1.5", "1.6", "1.7", "1.8", "2.30", "2.31", "2.32", "3.2", "3.8", "3.11"),
    parameters=("required_terms", "two_year_induction_from", "three_term_induction_closes"),
    gives="the FTE terms required in all",
)
def required_terms(
    start: date,
    three_terms_concluded: date | None,
    extension_terms: Fraction,
    reduced_to: Fraction | None,
    rules: Rules,
) -> Found:
    """The FTE terms of induction an ECT must serve, by the date it started (1.4–1.8, 2.30).

    Before September 2021 it was three terms if concluded before 1 September 2023; otherwise two years, of
    which what has been served counts. An extension decided by the appropriate body is added (3.8).
    """
    length, step = _standard_length(start, three_terms_concluded, rules)
    steps = [step]
    if reduced_to is not None and reduced_to < length:
        length = reduced_to
        steps.append(("The appropriate body reduced it to {} terms (2.32, 3.2).", reduced_to))
    if extension_terms:
        length += extension_terms
        steps.append(("An extension of {} terms is added: {} in all (1.6, 3.8).", extension_terms, length))
    return figure(length), steps


def _standard_length(start: date, concluded: date | None, rules: Rules) -> tuple[Fraction, Step]:
    new, closes = rules.two_year_induction_from, rules.three_term_induction_closes
    year = Fraction(rules.full_year_terms)
    if start >= new:
        return year * 2, ("Started on or after {}: {} terms (1.4, 2.30).", new, year * 2)
    if concluded is not None and concluded < closes:
        line = "Started before {} and three terms concluded before {}: {} terms (1.5, 1.6)."
        return year, (line, new, closes, year)
    if rules.day < closes:
        line = "Started before {}, with until {} to conclude three terms: {} terms (1.5)."
        return year, (line, new, closes, year)
    line = "Started before {} and not concluded before {}: {} terms, not started again (1.8)."
    return year * 2, (line, new, closes, year * 2)
