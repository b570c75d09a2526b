"""Keeping records and who may see them (2.77, 2.79–2.80, 5.3, 5.11)."""

from datetime import date

from .answer import Step
from .facts import Fact, a_date, one_of, yes_or_no
from .question import Found, question
from .rules import Rules

GOVERNOR = "governor"
ROLES = ("ect", "induction_tutor", "mentor", "headteacher", "appropriate_body", GOVERNOR, "other")


def years_after(day: date, years: int) -> date:
    """The same date that many years on; 29 February becomes 28 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@question(
    Fact("completed", a_date, "the date induction was completed"),
    paragraphs=("2.77", "5.3", "5.11"),
    parameters=("retention_years",),
    gives="the day after which records may go",
)
def retain_until(completed: date, rules: Rules) -> Found:
    """The last day records are kept, six years on; after it they may go (2.77, 5.3, 5.11)."""
    until = years_after(completed, rules.retention_years)
    return until, [
        ("{} years from {} is {} (2.77).", rules.retention_years, completed, until),
        "They may be kept longer where data protection law allows it (2.77).",
    ]


@question(
    Fact("role", one_of(*ROLES), "the role of the person who would see it"),
    Fact("record", one_of("assessment", "general_report"), "what would be seen"),
    Fact("directly_involved", yes_or_no, "whether the person takes part in this ECT's induction"),
    Fact("ect_told", yes_or_no, "whether the ECT has been told of the access", False),
    Fact("grievance_raised", yes_or_no, "whether the ECT has raised a grievance about it", False),
    paragraphs=("2.79", "2.80", "2.78", "5.13"),
    gives="{may, reasons}; reasons not_involved, governor, ect_not_told",
)
def may_see_record(
    role: str, record: str, directly_involved: bool, ect_told: bool, grievance_raised: bool, rules: Rules
) -> Found:
    """Whether a person may see an ECT's assessment or a general report on progress (2.79, 2.80).

    Assessments are for those directly involved, and the ECT is told who has access. Governors may have a
    general report each term, and an assessment only to look into a grievance.
    """
    if record == "general_report" and role == GOVERNOR:
        return {"may": True, "reasons": []}, ["Governors may ask for a general report each term (2.80)."]
    own = role == "ect"
    governor = role == GOVERNOR and not grievance_raised
    found = {
        "not_involved": not (directly_involved or own or role == GOVERNOR),
        "governor": governor,
        "ect_not_told": not (ect_told or own),
    }
    reasons = [reason for reason, holds in found.items() if holds]
    steps: list[Step] = [ACCESS_REASONS[reason] for reason in reasons]
    return {"may": not reasons, "reasons": reasons}, [
        *steps,
        "Induction and its assessments are confidential at all times (2.79).",
    ]


ACCESS_REASONS = {
    "not_involved": "The person is not directly involved in this induction (2.79).",
    "governor": "A governor has no automatic right to an individual's assessments (2.80).",
    "ect_not_told": "The ECT has not been told of the access (2.79).",
}
