"""Induction served in more than one institution at once (3.14-3.16)."""

from fractions import Fraction
from typing import NamedTuple

from .answer import Step
from .facts import Fact, a_length, an_fte, rows, text, yes_or_no
from .length import post_counts
from .question import Found, question
from .rules import Rules


class HeldAtOnce(NamedTuple):
    """One of several posts held at once: its lead headteacher, and the appropriate body for it."""

    terms: Fraction
    fte: Fraction
    lead_headteacher: bool
    appropriate_body: str


@question(
    Fact(
        "posts",
        rows(
            HeldAtOnce,
            Fact("terms", a_length, "how long the post lasts, in calendar terms"),
            Fact("fte", an_fte, "the full-time equivalent, from 0.1 to 1"),
            Fact("lead_headteacher", yes_or_no, "whether its headteacher takes the lead", False),
            Fact("appropriate_body", text, "the appropriate body that takes the lead for it"),
        ),
        "the posts held at once",
    ),
    paragraphs=("3.14", "3.15", "3.16", "2.31", "2.33", "reg 10(2)"),
    parameters=("minimum_post_terms",),
    gives="{may, reasons}; reasons no_lead_headteacher, several_lead_headteachers, "
    "several_appropriate_bodies, post_under_minimum, over_full_time",
)
def may_serve_at_once(posts: list[HeldAtOnce], rules: Rules) -> Found:
    """Whether posts held at once can all serve induction, and every reason why not (3.14-3.16).

    One headteacher and one appropriate body take the lead, and each contract meets the minimum itself.
    """
    leads = sum(post.lead_headteacher for post in posts)
    together = sum((post.fte for post in posts), Fraction(0))
    found = {
        "no_lead_headteacher": leads == 0,
        "several_lead_headteachers": leads > 1,
        "several_appropriate_bodies": len({post.appropriate_body for post in posts}) > 1,
        "post_under_minimum": not all(post_counts(post.terms, rules) for post in posts),
        "over_full_time": together > 1,
    }
    reasons = [reason for reason, holds in found.items() if holds]
    steps: list[Step] = [
        "One headteacher takes the lead and gathers the evidence of the others (3.14).",
        "One appropriate body takes the lead in deciding (3.15).",
        ("The contracts add up to {} FTE; each meets the minimum by itself (3.16).", together),
        *(("In the way: {}.", reason) for reason in reasons),
    ]
    return {"may": not reasons, "reasons": reasons}, steps
