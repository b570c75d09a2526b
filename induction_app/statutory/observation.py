"""Observation of the ECT's teaching (2.46–2.47)."""

from datetime import date
from fractions import Fraction

from .answer import Step
from .checklist import conditions, unmet, working
from .facts import Fact, a_date, listed
from .question import Found, question
from .rules import Rules
from .schedule import TERMS, Calendar, Term
from .working_days import count_forward

HALF = Fraction(1, 2)


@question(
    Fact("observations", listed(a_date), "the dates of observations"),
    TERMS,
    Fact("today", a_date, "the date of the question"),
    paragraphs=("2.46", "2.47"),
    gives="a list of {term, half} for half-terms begun with no observation",
)
def observation_gap(observations: list[date], terms: Calendar, today: date, rules: Rules) -> Found:
    """The half-terms begun by `today` in which no teaching has been observed (2.46).

    A term's first half runs to its middle day, the second from the day after. The guidance says only "at
    regular intervals"; each half-term is the usual local minimum.
    """
    held = [day for day in observations if day <= today]
    gaps = []
    steps: list[Step] = []
    for number, term in enumerate(terms, 1):
        for half, (first, last) in enumerate(halves(term), 1):
            if first <= today and not any(first <= day <= last for day in held):
                gaps.append({"term": number, "half": half})
                line = "Term {}, half {}, {} to {}: begun and no observation yet (2.46)."
                steps.append((line, number, half, first, last))
    return gaps, [
        *(steps or ["Every half-term begun has an observation (2.46)."]),
        "The guidance expects regular intervals; one each half-term is a local minimum (2.46).",
    ]


def halves(term: Term) -> tuple[tuple[date, date], tuple[date, date]]:
    """The first and last day of each half of a term."""
    middle = term.part_way(HALF)
    return (term.start, middle), (date.fromordinal(middle.toordinal() + 1), term.end)


RECORD = conditions(
    observer_has_qts="the observer holds QTS",
    meeting_arranged="the review meeting was arranged beforehand",
    written_record="there is a brief written record",
    needs_named="the record names any development needs",
)


@question(
    *RECORD,
    Fact("observed", a_date, "the date of the observation"),
    Fact("feedback_given", a_date, "the date feedback was given, or null", None),
    paragraphs=("2.47", "2.46"),
    parameters=("feedback_days",),
    gives="{complete, missing, feedback_due}; missing lists what is not there",
)
def observation_record(observed: date, feedback_given: date | None, rules: Rules, **met: bool) -> Found:
    """Whether an observation meets what is expected, what it lacks, and when feedback is due (2.47).

    The guidance says feedback is prompt; the figure for that is the appropriate body's to set.
    """
    due = count_forward(observed, rules.feedback_days)
    missing = unmet(met)
    steps = working(missing, RECORD, "2.47", "Observer, meeting and record are as expected")
    if feedback_given is None or feedback_given > due:
        missing = [*missing, "prompt_feedback"]
    line = "Feedback on an observation on {} is prompt up to {} (2.47)."
    return {"complete": not missing, "missing": missing, "feedback_due": due}, [*steps, (line, observed, due)]
