"""Reviews and assessments that fall due while the ECT is away (2.49, 2.56, 3.7)."""

from datetime import date, timedelta
from typing import NamedTuple

from .absence import KIND, counts_to_total
from .answer import Step
from .facts import Fact, a_date, one_of, optional, rows
from .question import Found, question
from .rules import Rules
from .schedule import FINAL, FIRST, REVIEW
from .working_days import count_forward

RETURN, CHOICE = "return", "choice"


class Away(NamedTuple):
    """A stretch away from work: its last day, or None while nobody knows it, and when the ECT chose."""

    start: date
    until: date | None
    kind: str
    chosen: date | None

    def covers(self, day: date) -> bool:
        """Whether the ECT is away on a day."""
        return self.start <= day and (self.until is None or day <= self.until)


ABSENCES = Fact(
    "absences",
    rows(
        lambda **row: Away(row["from"], row["until"], row["kind"], row["chosen"]),
        Fact("from", a_date, "the first day of the absence"),
        Fact("until", optional(a_date), "its last day, if it is known", None),
        KIND,
        Fact("chosen", optional(a_date), "the day the ECT decided whether to extend by it", None),
    ),
    "the absences of the induction, each with from and kind",
)


def choice_is_open(away: Away, rules: Rules) -> bool:
    """Whether the ECT has still to choose whether induction is extended by a leave (3.7)."""
    return away.chosen is None and not counts_to_total(away.kind, rules)


@question(
    Fact("event", one_of(REVIEW, FIRST, FINAL), "what falls due"),
    Fact("due", a_date, "the day the schedule has it due"),
    ABSENCES,
    paragraphs=("2.49", "2.56", "3.7"),
    parameters=("statutory_leave", "days_after_return"),
    gives="a mapping of due (a date, or null while it waits) and waits_for (return, choice or null)",
)
def due_with_absences(event: str, due: date, absences: list[Away], rules: Rules) -> Found:
    """When a review or assessment is due, given the ECT's absences (2.49, 2.56, 3.7).

    One that falls due while the ECT is away waits for the return, and a formal assessment that falls in
    statutory leave also for the ECT's choice whether to extend. It is then due some working days later, which the
    guidance leaves open. An absence that begins before the new day puts it off again.
    """
    steps: list[Step] = []
    paragraph = "2.49" if event == REVIEW else "2.56"
    for away in sorted(absences, key=lambda each: each.start):
        if not away.covers(due):
            continue
        if away.until is None:
            line = "The ECT is away from {} and the day of return is not known, so it waits ({})."
            return {"due": None, "waits_for": RETURN}, [*steps, (line, away.start, paragraph)]
        back = away.until + timedelta(days=1)
        steps.append(("The ECT is away on {} and back from {}, so it waits ({}).", due, back, paragraph))
        if event != REVIEW and not counts_to_total(away.kind, rules):
            if away.chosen is None:
                steps.append("It also waits until the ECT has chosen whether to extend (3.7).")
                return {"due": None, "waits_for": CHOICE}, steps
            back = max(back, away.chosen)
            steps.append(("The ECT chose on {} (3.7).", away.chosen))
        due = count_forward(back, rules.days_after_return)
        steps.append(("It is due {} working days after that, on {}.", rules.days_after_return, due))
    return {"due": due, "waits_for": None}, steps or [("The ECT is at work on {} ({}).", due, paragraph)]
