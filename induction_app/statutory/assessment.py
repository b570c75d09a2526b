"""Formal and interim assessments: which, by whom, and what a finished report holds (2.55–2.63, 3.4)."""

from fractions import Fraction

from .answer import Step
from .checklist import conditions, unmet, working
from .facts import Fact, a_length, a_required_length, listed, one_of, optional, whole_number, yes_or_no
from .question import Found, question
from .rules import Rules
from .schedule import FINAL, FIRST

HEAD, TUTOR, MENTOR, OTHER = "headteacher", "induction_tutor", "mentor", "other"


@question(
    Fact("required_terms", a_required_length, "the full-time equivalent terms required"),
    paragraphs=("2.55", "3.4", "2.59", "2.60", "5.6"),
    parameters=("lowest_reduced_terms",),
    gives="a list of events",
)
def assessments_required(required_terms: Fraction, rules: Rules) -> Found:
    """The formal assessments induction of that length needs: one term only the final (2.55, 3.4)."""
    if required_terms <= rules.lowest_reduced_terms:
        return [FINAL], ["Induction reduced to one term needs only the final assessment (3.4)."]
    return [FIRST, FINAL], ["There are two formal assessments, the second at the end of induction (2.55)."]


@question(
    Fact("role", one_of(HEAD, TUTOR, MENTOR, OTHER), "the role of the person"),
    Fact("also_tutor", yes_or_no, "whether the person also acts as the induction tutor", False),
    paragraphs=("2.55", "2.45", "5.6"),
    gives="true or false",
)
def may_assess(role: str, also_tutor: bool, rules: Rules) -> Found:
    """Whether a person may carry out a formal assessment: headteacher or induction tutor, and a mentor
    only as the tutor (2.55)."""
    may = role in (HEAD, TUTOR) or also_tutor
    return may, [
        "The headteacher or the induction tutor carries out formal assessments (2.55).",
        "The person acts as one of them." if may else ("A {} does not, unless also the tutor (2.55).", role),
    ]


REPORT = conditions(
    standards_assessed="performance is assessed against each of the Teachers' Standards",
    evidence_from_practice="the evidence comes from the ECT's work as a teacher",
    ect_commented="the ECT has had the chance to comment",
    tutor_signed="the induction tutor has signed",
    head_signed="the headteacher has signed",
    ect_signed="the ECT has signed",
    copy_to_ect="the ECT has the original",
    copy_to_appropriate_body="the appropriate body has a copy",
)
RECOMMENDATIONS = ("satisfactory", "unsatisfactory", "extension")


@question(
    *REPORT,
    Fact("final", yes_or_no, "whether it is the final assessment", False),
    Fact("recommendation", one_of(*RECOMMENDATIONS), "the headteacher's recommendation", None),
    paragraphs=("2.57", "2.59", "2.60", "2.61", "2.55"),
    gives="{complete, missing}; missing lists what is not there",
)
def assessment_report(final: bool, recommendation: str | None, rules: Rules, **met: bool) -> Found:
    """Whether a formal assessment report is complete, and what it lacks (2.57, 2.59–2.61).

    The final report also carries the headteacher's recommendation (2.60).
    """
    missing = unmet(met)
    steps = working(missing, REPORT, "2.57–2.61", "The report has its assessment, comments and signatures")
    if final and recommendation is None:
        missing = [*missing, "recommendation"]
        steps = [*steps, "The final report needs the headteacher's recommendation (2.60)."]
    return {"complete": not missing, "missing": missing}, steps


@question(
    Fact("satisfactory", yes_or_no, "whether the assessment finds performance satisfactory"),
    Fact("earlier_on_track", listed(yes_or_no), "for each earlier review, whether it said on track"),
    paragraphs=("2.58", "2.50", "1.9"),
    gives="true or false",
)
def unexpected(satisfactory: bool, earlier_on_track: list[bool], rules: Rules) -> Found:
    """Whether an assessment's judgement would come as a surprise: not satisfactory, though no earlier
    review said so (2.50, 2.58)."""
    surprise = not satisfactory and all(earlier_on_track)
    return surprise, [
        "There should be nothing unexpected in a formal assessment (2.58).",
        "No earlier review gave a sign of it (2.50)." if surprise else "It follows what reviews have said.",
    ]


@question(
    Fact("terms_in_post", a_length, "the calendar terms spent in the post"),
    Fact(
        "days_to_next_assessment",
        optional(whole_number),
        "the days until the next formal assessment, or null when none is set",
    ),
    Fact("leaving", yes_or_no, "whether the ECT is leaving the post"),
    paragraphs=("2.62", "2.63", "2.34", "3.10", "5.4"),
    parameters=("minimum_post_terms",),
    gives="true or false",
)
def interim_needed(
    terms_in_post: Fraction, days_to_next_assessment: int | None, leaving: bool, rules: Rules
) -> Found:
    """Whether an interim assessment is needed: the ECT leaves after a term or more, before the next formal
    assessment (2.62, 2.63). Leaving in the final term or in an extension makes no difference."""
    long_enough = terms_in_post >= rules.minimum_post_terms
    before = days_to_next_assessment is None or days_to_next_assessment > 0
    steps: list[Step] = [
        "The ECT is leaving the post (2.62)." if leaving else "The ECT is not leaving the post (2.62).",
        ("{} terms in post, against a minimum of {} (2.62).", terms_in_post, rules.minimum_post_terms),
        "A formal assessment has still to come (2.62)." if before else "It is assessed on leaving (2.62).",
    ]
    if leaving and long_enough and before:
        steps.append("It is written even where it cannot be done before the ECT leaves (2.63).")
    return leaving and long_enough and before, steps
