"""What the stage of an induction still lets people do: one rule for every report, decision, post and choice."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from induction_app.induction_case.decisions import outcome_of
from induction_app.induction_case.history import History, history_of
from induction_app.induction_case.outlook import last_term_starts, work_out
from induction_app.induction_case.rules import ask_rule

FINAL, DECISION = "final_assessment", "decision"
# What hangs on the length of the induction and on absences.
_DATED = ("first_assessment", FINAL, DECISION)
#: Each kind of formal assessment as the rules name it.
ASSESSMENTS = {"First": "first_assessment", "Interim": "interim_assessment", "Final": FINAL}
_UNSENT = ("drafting", "checking")
_ENDED = ("received", "cancelled")


def check_may_follow(
    step: str,
    ect: str,
    what: str,
    on: date | str | None = None,
    due: date | str | None = None,
    apart_from: str | None = None,
) -> None:
    """Refuse a step that the induction as it stands does not allow.

    `step` is one of the rule's, `what` the label of the field that the sentence begins with, `on` the day of the
    meeting or decision (None: it is only begun), `due` the day an assessment was scheduled for, `apart_from` the
    name of the record itself. Raises frappe.ValidationError with the reason and its paragraph.
    """
    history = history_of(ect) if step in _DATED else None
    decided = day_decided(ect, apart_from)
    answer = ask_rule(
        "may_follow",
        step=step,
        day=on and getdate(on),
        due=due and getdate(due),
        decided=decided,
        with_body=step == FINAL and bool(_undecided(ect, apart_from)),
        under_way=step == FINAL and bool(_another_final(ect, apart_from, begun=on is None)),
        from_day=last_term_starts(history) if step in (FINAL, DECISION) else None,
        absences=[leave.as_fact() for leave in history.leaves] if history else [],
    )
    if not answer.value["may"]:
        reason = answer.value["reasons"][0]
        why = _sentence(reason, history, ect, apart_from, on=on, decided=decided)
        frappe.throw(f"{what}: {why}")


def day_decided(ect: str, apart_from: str | None = None) -> date | None:
    """The day of the decision to pass or fail that stands for an ECT; none while induction can go on.

    The newest notified decision counts, with the outcome of its appeal; without one, the day of completion.
    """
    newest = frappe.get_all(
        "Induction Decision",
        filters={"ect": ect, "notified_on": ("is", "set"), "name": ("!=", apart_from or "")},
        fields=["outcome", "appeal_outcome", "decided_on", "notified_on"],
        order_by="recommendation_received_on desc, creation desc",
        limit=1,
    )
    if not newest:
        return frappe.db.get_value("ECT", ect, "completed_on")
    return (
        newest[0].decided_on or newest[0].notified_on if outcome_of(newest[0]) in ("Pass", "Fail") else None
    )


def _undecided(ect: str, assessment: str | None) -> str | None:
    """A decision on another final assessment of which no notice has been given."""
    others = {"ect": ect, "notified_on": ("is", "not set"), "formal_assessment": ("!=", assessment or "")}
    return frappe.db.get_value("Induction Decision", others)


def _another_final(ect: str, assessment: str | None, begun: bool) -> str | None:
    """Another final assessment on its way; one that is only being written stands against beginning a second."""
    on_their_way = _ENDED if begun else (*_UNSENT, *_ENDED)
    others = {"ect": ect, "assessment_type": "Final", "stage": ("not in", on_their_way)}
    return frappe.db.get_value("Formal Assessment", {**others, "name": ("!=", assessment or "")})


def _sentence(
    reason: str,
    history: History | None,
    ect: str,
    apart_from: str | None,
    on: date | str | None,
    decided: date | None,
) -> str:
    """Why a step is refused, to follow the field's label."""
    match reason:
        case "decided":
            return _(
                "this induction was decided on {0}. There is one induction, and only an appeal changes its "
                "outcome (paragraphs 1.13 and 2.70)."
            ).format(_day(decided))
        case "posts_end_early":
            figures = work_out(history).figures
            return _(
                "the posts recorded so far end before induction is complete: {0} of {1} terms are served. A "
                "final assessment and a decision come after the full period (paragraphs 2.65 and 4.8), and a post "
                "of less than a term completes nothing (paragraph 2.33). When an ECT leaves before, write an "
                "interim assessment (paragraph 2.62)."
            ).format(f"{figures['terms_served']:g}", f"{figures['required_terms']:g}")
        case "not_at_the_end":
            return _(
                "{0} is too early: the final assessment meeting is at the end of the induction, and the decision "
                "follows it; for this ECT in the term from {1} (paragraphs 2.60 and 2.65)."
            ).format(_day(on), _day(last_term_starts(history)))
        case "with_body":
            return _(
                "a recommendation is with the appropriate body, which decides on it first (paragraph 2.67)."
            )
        case "under_way":
            return _(
                "a final assessment is under way already, {0}. There is one at the end of the induction "
                "(paragraph 2.60)."
            ).format(_another_final(ect, apart_from, begun=on is None))
        case "away":
            leave = next(leave for leave in history.leaves if leave.covers(getdate(on)))
            return _(
                "the ECT was absent on {0}, from {1}. The assessment waits for the return (paragraph 2.56). "
                "Correct the absence if it had ended."
            ).format(_day(on), _day(leave.start))
    return _(
        "the ECT has still to choose whether induction is extended by statutory leave. The assessment and the "
        "decision wait for the return and that choice (paragraph 3.7)."
    )


def _day(value: date | str) -> str:
    return formatdate(value, "d MMMM yyyy")
