"""Reducing an induction (3.2–3.5)."""

from fractions import Fraction

from .answer import Step
from .facts import Fact, a_length, one_of, yes_or_no
from .question import Found, question
from .rules import Rules

PRIOR, PART_TIME = "prior_experience", "part_time"


@question(
    Fact("ground", one_of(PRIOR, PART_TIME), "why: prior_experience or part_time"),
    Fact("to_terms", a_length, "the terms it would be reduced to", None),
    Fact("ect_agrees", yes_or_no, "whether the ECT agrees"),
    Fact("head_consulted", yes_or_no, "whether the headteacher has been consulted", None),
    Fact("calendar_terms_covered", a_length, "the calendar terms a part-timer has covered", None),
    Fact("meets_standards", yes_or_no, "whether the ECT meets the Teachers' Standards", None),
    paragraphs=("3.2", "3.3", "3.4", "3.5", "2.32", "2.38", "2.65", "5.4", "5.11", "reg 7(3)"),
    parameters=("lowest_reduced_terms", "part_time_reduction_terms"),
    gives="{may, reasons}; reasons ect_disagrees, head_not_consulted, below_one_term, too_early, "
    "standards_not_met",
)
def may_reduce(
    ground: str,
    to_terms: Fraction | None,
    ect_agrees: bool,
    head_consulted: bool | None,
    calendar_terms_covered: Fraction | None,
    meets_standards: bool | None,
    rules: Rules,
) -> Found:
    """Whether the appropriate body may reduce an induction, and every reason why not (3.2–3.5).

    For prior experience: to no less than one term, the ECT agreeing. For a part-timer: only after a period
    covering two full years. What is not yet known counts against a part-timer's reduction.
    """
    part_time = ground == PART_TIME
    found = {
        "ect_disagrees": not ect_agrees,
        "head_not_consulted": _wanting(head_consulted, part_time),
        "below_one_term": to_terms is not None and to_terms < rules.lowest_reduced_terms,
        "too_early": part_time and (calendar_terms_covered or 0) < rules.part_time_reduction_terms,
        "standards_not_met": _wanting(meets_standards, part_time),
    }
    reasons = [reason for reason, holds in found.items() if holds]
    steps: list[Step] = [REASONS[reason] for reason in reasons]
    if not reasons:
        steps.append("The conditions are met, so the appropriate body may reduce it (3.2, 3.5).")
    steps.append("An ECT who wishes to serve the full length must be let do so (3.3).")
    return {"may": not reasons, "reasons": reasons}, steps


def _wanting(known: bool | None, part_time: bool) -> bool:
    return part_time if known is None else not known


REASONS = {
    "ect_disagrees": "The ECT must agree and does not (3.3, 3.5).",
    "head_not_consulted": "The headteacher has not been consulted (3.3, 3.5, 5.11).",
    "below_one_term": "Induction cannot be reduced below one term (3.2).",
    "too_early": "The part-timer has not covered two full years in post (3.5).",
    "standards_not_met": "The ECT has not been found to meet the Teachers' Standards (3.5, reg 7(3)).",
}
