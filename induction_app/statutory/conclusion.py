"""What an induction still lets happen: until it is decided, at its end, and afterwards (1.13, 2.60, 2.65, 4.8)."""

from datetime import date

from .answer import Step
from .facts import Fact, a_date, one_of, optional, yes_or_no
from .question import Found, question
from .rules import Rules
from .schedule import FINAL, FIRST, REVIEW
from .waiting import ABSENCES, Away, choice_is_open

INTERIM, DECISION, POST, CHOICE = "interim_assessment", "decision", "post", "leave_choice"
STEPS = (REVIEW, FIRST, INTERIM, FINAL, DECISION, POST, CHOICE)
# What is of the end of an induction, and what would begin another or lengthen this one.
_AT_THE_END = (FINAL, DECISION)
_NEVER_AFTER = (FINAL, DECISION, POST, CHOICE)


@question(
    Fact("step", one_of(*STEPS), "what is to happen: " + ", ".join(STEPS)),
    Fact(
        "day",
        optional(a_date),
        "the day of the meeting or of the decision, or null for a report that is only begun",
        None,
    ),
    Fact("due", optional(a_date), "the day the schedule had the assessment due, if it had one", None),
    Fact("decided", optional(a_date), "the day of the decision to pass or fail that stands, or null", None),
    Fact("with_body", yes_or_no, "whether a recommendation waits for the appropriate body's decision", False),
    Fact("under_way", yes_or_no, "whether another final assessment is under way", False),
    Fact(
        "from_day",
        optional(a_date),
        "the first day for the final assessment, or null when the posts so far end before induction is complete",
        None,
    ),
    ABSENCES,
    paragraphs=(
        "1.13", "2.55", "2.56", "2.60", "2.63", "2.65", "2.67", "3.7", "3.8", "4.8",
        "reg 8(4)", "reg 9", "reg 11(1)",
    ),
    parameters=("statutory_leave",),
    gives="{may, reasons}; reasons are decided, with_body, under_way, posts_end_early, not_at_the_end, away "
    "and choice_open",
)  # fmt: skip
def may_follow(
    step: str,
    day: date | None,
    due: date | None,
    decided: date | None,
    with_body: bool,
    under_way: bool,
    from_day: date | None,
    absences: list[Away],
    rules: Rules,
) -> Found:
    """Whether an induction as it stands lets a review, assessment, decision, post or choice follow.

    One induction is decided once: after a pass or a fail only the record of an earlier meeting is finished
    (1.13, regs 9 and 11). A final assessment and a decision come at the end of an induction that was served in
    full (2.60, 2.65, 4.8), one recommendation at a time (2.67). A formal assessment waits for an absent ECT's
    return and choice (2.56, 3.7), an interim one does not (2.63).
    """
    steps: list[Step] = []
    if decided and (step in _NEVER_AFTER or day is None or day >= decided):
        line = "The induction was decided on {}; nobody serves another, and only an appeal changes it ({})."
        return {"may": False, "reasons": ["decided"]}, [(line, decided, "1.13, reg 9")]
    reasons = []
    if step in _AT_THE_END:
        reasons += _not_at_the_end(day, from_day, steps)
    if step == FINAL and with_body:
        reasons.append("with_body")
        steps.append("A recommendation is with the appropriate body, which decides on it first (2.67).")
    if step == FINAL and under_way:
        reasons.append("under_way")
        steps.append(
            "Another final assessment is under way; there is one at the end of induction (2.55, 2.60)."
        )
    if day and step in (FIRST, FINAL) and any(away.covers(day) for away in absences):
        reasons.append("away")
        steps.append(("The ECT is away on {}, so it waits for the return (2.56).", day))
    if day and any(_must_choose_first(step, day, due, away, rules) for away in absences):
        reasons.append("choice_open")
        steps.append("The ECT has still to choose whether to extend by statutory leave (3.7).")
    return {"may": not reasons, "reasons": reasons}, steps or ["Nothing stands against it (2.55, 2.65)."]


def _not_at_the_end(day: date | None, from_day: date | None, steps: list[Step]) -> list[str]:
    if from_day is None:
        steps.append(
            "The posts so far end before induction is complete; it has to be served in full (2.65, 4.8)."
        )
        return ["posts_end_early"]
    if day and day < from_day:
        steps.append(("Induction is at its end from {} (2.60, 2.65, reg 8(4)).", from_day))
        return ["not_at_the_end"]
    return []


def _must_choose_first(step: str, day: date, due: date | None, away: Away, rules: Rules) -> bool:
    """The choice settles the length of induction, so its end waits; the first assessment where it fell in the leave."""
    if away.start > day or not choice_is_open(away, rules):
        return False
    return step in _AT_THE_END or (step == FIRST and due is not None and away.covers(due))
