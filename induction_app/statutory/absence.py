"""Absence and the extension it brings before induction is complete (3.6, 3.7, 5.4)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from .answer import Step
from .facts import Fact, a_date, one_of, rows, whole_number, yes_or_no
from .question import Found, question
from .rules import Rules
from .working_days import count_forward

AD_HOC = "ad_hoc"
KINDS = (AD_HOC, "maternity", "paternity", "adoption", "shared_parental", "parental_bereavement", "carers")
DAYS = Fact("days", whole_number, "the days absent")
KIND = Fact("kind", one_of(*KINDS), "the kind of absence: " + ", ".join(KINDS))


class Absence(NamedTuple):
    """Days absent of one kind; `extend` is the ECT's choice for a statutory kind."""

    days: int
    kind: str
    extend: bool = False


class Year(NamedTuple):
    """The absences of one year of induction; for a part-timer, of the time it takes to serve that year."""

    absences: list[Absence]


class DatedAbsence(NamedTuple):
    """Days absent from a date."""

    start: date
    days: int
    kind: str


YEARS = Fact(
    "years",
    rows(
        Year,
        Fact(
            "absences",
            rows(
                Absence,
                DAYS,
                KIND,
                Fact("extend", yes_or_no, "whether the ECT chooses to extend by statutory leave", False),
            ),
            "the absences of that year of induction",
        ),
    ),
    "the years of induction in order, each with its absences",
)


def counts_to_total(kind: str, rules: Rules) -> bool:
    """Whether a kind of absence counts to the total that extends a year (3.6, 3.7)."""
    return kind not in rules.statutory_leave


def year_extension(absences: Iterable[Absence], rules: Rules) -> int:
    """The days by which one year is extended: the whole ad hoc total once it reaches the limit (3.6), and
    the statutory leave the ECT has chosen to make up (3.7)."""
    total = chosen = 0
    for absence in absences:
        if counts_to_total(absence.kind, rules):
            total += absence.days
        elif absence.extend:
            chosen += absence.days
    return (total if total >= rules.absence_days else 0) + chosen


@question(
    YEARS,
    paragraphs=("3.6", "3.7", "5.4", "reg 8"),
    parameters=("absence_days", "statutory_leave"),
    gives="a list of days, one for each year",
)
def absence_extension(years: list[Year], rules: Rules) -> Found:
    """The days by which each year of induction is extended for absence (3.6, 3.7).

    For a part-timer a year is the time it takes to serve the equivalent of a full-time year.
    """
    steps = [step for number, year in enumerate(years, 1) for step in _year_steps(number, year, rules)]
    return [year_extension(year.absences, rules) for year in years], steps


def _year_steps(number: int, year: Year, rules: Rules) -> list[Step]:
    limit = rules.absence_days
    ad_hoc = sum(absence.days for absence in year.absences if counts_to_total(absence.kind, rules))
    leave = [absence for absence in year.absences if not counts_to_total(absence.kind, rules)]
    if ad_hoc >= limit:
        line = "Year {}: {} days of ad hoc absence is {} or more, so all {} are added (3.6)."
        steps = [(line, number, ad_hoc, limit, ad_hoc)]
    else:
        steps = [("Year {}: {} days of ad hoc absence is under {}, so none (3.6).", number, ad_hoc, limit)]
    for absence in leave:
        choice = "the ECT chooses to add them" if absence.extend else "the ECT has not chosen to add them"
        line = "Year {}: {} days of {} leave do not count to the {}; " + choice + " (3.7)."
        steps.append((line, number, absence.days, absence.kind, limit))
    return steps


@question(
    Fact(
        "absences",
        rows(
            lambda **row: DatedAbsence(row["from"], row["days"], row["kind"]),
            Fact("from", a_date, "the first day of the absence"),
            DAYS,
            KIND,
        ),
        "the absences of one year of induction, each with from, days and kind",
    ),
    paragraphs=("5.4", "3.6"),
    parameters=("absence_days", "statutory_leave"),
    gives="the date the limit was reached and the appropriate body must be told, or null",
)
def absence_notice_due(absences: list[DatedAbsence], rules: Rules) -> Found:
    """The date on which ad hoc absence in a year of induction reaches the limit, when the headteacher tells
    the appropriate body (5.4); null while it has not. Each absence runs over working days from its start."""
    total, steps = 0, []
    for absence in sorted(each for each in absences if counts_to_total(each.kind, rules)):
        still = rules.absence_days - total
        if absence.days >= still:
            first = count_forward(absence.start, 0)
            reached = count_forward(first, still - 1) if still > 1 else first
            steps.append(("Day {} of absence falls on {} (3.6).", rules.absence_days, reached))
            return reached, [*steps, "The headteacher tells the appropriate body as soon as it comes (5.4)."]
        total += absence.days
        steps.append(("{} days from {}: {} so far.", absence.days, absence.start, total))
    return None, [*steps, ("{} days in all is under {} (3.6).", total, rules.absence_days)]


@question(
    Fact("due", a_date, "the date the review or assessment is due"),
    Fact("absent_from", a_date, "the first day of the absence"),
    Fact("returns", a_date, "the day the ECT is back at work"),
    Fact("kind", one_of(*KINDS), "the kind of absence", AD_HOC),
    Fact("choice_made", a_date, "the day the ECT decided whether to extend by statutory leave", None),
    Fact("assessment", yes_or_no, "whether it is a formal assessment and not a progress review", False),
    paragraphs=("2.49", "2.56", "3.7"),
    parameters=("statutory_leave",),
    gives="the earliest day it may be held, or null while an assessment waits for the ECT's choice",
)
def due_after_absence(
    due: date,
    absent_from: date,
    returns: date,
    kind: str,
    choice_made: date | None,
    assessment: bool,
    rules: Rules,
) -> Found:
    """The earliest day a review or assessment due during an absence may be held (2.49, 2.56, 3.7).

    It waits for the return; after statutory leave an assessment also waits until the ECT has decided
    whether to extend induction, and the answer is null until then.
    """
    if not absent_from <= due < returns:
        return due, [("The ECT is at work on {}, so it stands (2.49, 2.56).", due)]
    steps: list[Step] = [("The ECT is absent on {} and returns on {} (2.49, 2.56).", due, returns)]
    if not assessment or counts_to_total(kind, rules):
        return returns, steps
    if choice_made is None:
        return None, [*steps, "The assessment waits until the ECT has chosen whether to extend (3.7)."]
    return max(returns, choice_made), [*steps, ("The ECT chose on {} (3.7).", choice_made)]
