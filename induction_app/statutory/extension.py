"""An extension is served from the day it was granted; the days before, pending it, are no induction (3.8)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from .answer import Step
from .facts import Fact, a_date, a_required_length, rows
from .history import DAY, HISTORY_FACTS, Pending, read_history
from .question import Found, question
from .rules import Rules
from .schedule import Calendar


class Extension(NamedTuple):
    """An extension in terms, and the day the teacher was told of it."""

    granted: date
    terms: Fraction


_OWN = ("extension_terms", "pending")


@question(
    *(fact for fact in HISTORY_FACTS if fact.name not in _OWN),
    Fact(
        "extensions",
        rows(
            Extension,
            Fact("granted", a_date, "the day of the notice, or the day the outcome of the appeal was told"),
            Fact("terms", a_required_length, "its length in FTE terms"),
        ),
        "the extensions granted, each with granted and terms",
    ),
    paragraphs=("3.8", "4.9", "reg 11(1)", "reg 14(4)", "sch 1 para 2", "sch 1 para 3", "2.12", "2.65"),
    parameters=("required_terms", "minimum_post_terms", "absence_days", "statutory_leave", "whole_term_days"),
    gives="a list of {from, until}: days in a post after induction was complete and before an extension",
)
def days_pending(rules: Rules, extensions: Sequence[Extension], **facts: object) -> Found:
    """The days between the end of induction and the grant of an extension, which are no induction (3.8).

    A teacher employed pending a decision or an appeal does not serve induction (sch 1 paras 2 and 3). Each
    extension is served from the day it was granted; one granted in the first days of a term is served from
    that term's start, as a post begun then is (2.12). One granted before the end follows on without a break.
    Raises StatutoryError when the facts do not agree with each other.
    """
    added, pending, steps = Fraction(0), [], []
    for extension in sorted(extensions):
        history = read_history(rules, **facts, extension_terms=added, pending=pending)
        complete, begins = history.complete_on, _begins(extension.granted, history.calendar, rules)
        added += extension.terms
        if complete is None or begins <= complete + DAY:
            steps.append(("The extension granted on {} follows on without a break (3.8).", extension.granted))
            continue
        pending.append(Pending(complete + DAY, begins - DAY))
        steps += _steps(extension, complete, begins)
    return [{"from": each.start, "until": each.end} for each in pending], steps


def _begins(granted: date, calendar: Calendar, rules: Rules) -> date:
    for term in calendar:
        if term.start < granted <= term.start + rules.whole_term_days * DAY:
            return term.start
    return granted


def _steps(extension: Extension, complete: date, begins: date) -> list[Step]:
    line = "Induction was complete on {}, and an extension of {} terms was granted on {} (3.8)."
    return [
        (line, complete, extension.terms, extension.granted),
        ("It is served from {}; the days between are no induction (reg 11(1), sch 1).", begins),
    ]
