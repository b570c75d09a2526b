"""The record of a progress review, and what unsatisfactory progress calls for (2.50–2.54, 4.1–4.6)."""

from .checklist import conditions, unmet, working
from .facts import Fact, one_of, yes_or_no
from .question import Found, question
from .rules import Rules
from .schedule import FINAL, FIRST, REVIEW

RECORD = conditions(
    on_track_stated="the record says whether the ECT is on track",
    evidence_summarised="the record sums up the evidence in brief",
    targets_agreed="the record states the agreed targets",
    given_to_ect="the ECT has the record",
    sent_to_appropriate_body="the appropriate body has the record",
    head_updated="the headteacher is up to date",
)


@question(
    *RECORD,
    Fact("on_track", yes_or_no, "whether the ECT is on track"),
    Fact("support_plan", yes_or_no, "whether a support plan is set out", False),
    paragraphs=("2.50", "2.51", "2.52", "2.53", "2.54", "4.1", "4.5"),
    gives="{complete, missing}; missing lists what is not there",
)
def review_record(on_track: bool, support_plan: bool, rules: Rules, **met: bool) -> Found:
    """Whether the record of a progress review is complete, and what it lacks (2.52–2.54).

    Where progress is not satisfactory it also sets out a support plan (2.54, 4.1).
    """
    missing = unmet(met)
    steps = [
        "The guidance expects these of each review (2.52–2.54).",
        *working(missing, RECORD, "2.52–2.54", "The record has all that is expected"),
    ]
    if not on_track and not support_plan:
        missing = [*missing, "support_plan"]
        steps.append("Progress is not satisfactory, so a support plan is set out (2.54, 4.1).")
    return {"complete": not missing, "missing": missing}, steps


SUPPORT = {
    "state_in_record": "the record states plainly that progress is not satisfactory (4.1, 4.5)",
    "support_plan": "a support plan is set out (4.1)",
    "share_with_ect": "record and plan are shared with the ECT (4.3)",
    "share_with_head": "record and plan are shared with the headteacher (4.3)",
    "notify_appropriate_body": "the appropriate body is told and has record and plan (4.1, 4.2)",
    "additional_monitoring": "the headteacher puts more monitoring and support in place at once (4.2)",
    "revise_objectives": "objectives and plan are reviewed and revised (4.3)",
    "explain_consequences": "the tutor explains what failing would mean and goes through the plan (4.4)",
    "issues_in_report": "the report gives the rate of progress and the issues in brief (4.6)",
}

ALWAYS = ("state_in_record", "support_plan", "share_with_ect", "share_with_head", "notify_appropriate_body")


@question(
    Fact("event", one_of(REVIEW, FIRST, FINAL), "where progress was judged"),
    Fact("satisfactory", yes_or_no, "whether progress is satisfactory"),
    Fact("after_first_assessment", yes_or_no, "whether the first assessment has been held before", False),
    paragraphs=("4.1", "4.2", "4.3", "4.4", "4.5", "4.6"),
    gives="a list of actions, empty when progress is satisfactory",
)
def support_needed(event: str, satisfactory: bool, after_first_assessment: bool, rules: Rules) -> Found:
    """What unsatisfactory progress calls for, by where it was found (4.1–4.6)."""
    if satisfactory:
        return [], ["Progress is satisfactory, so nothing more is called for (4.1)."]
    actions = [*ALWAYS]
    if event == FIRST:
        actions.append("additional_monitoring")
    if event == REVIEW and after_first_assessment:
        actions += ["revise_objectives", "explain_consequences"]
    if event in (FIRST, FINAL):
        actions.append("issues_in_report")
    return actions, [f"Because progress is not satisfactory, {SUPPORT[action]}." for action in actions]
