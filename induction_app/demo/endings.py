"""Where each early career teacher's story leads: passed, extended, off track, away, moved, or simply going on."""

from collections.abc import Callable
from datetime import date, timedelta

import frappe

from induction_app.demo import writing
from induction_app.demo.case import ASSESSMENT, REVIEW, Case
from induction_app.demo.days import working_day
from induction_app.induction_case.where_served import conditions


def goes_on(case: Case) -> None:
    """Observed and reviewed as the schedule says, the newest report as far as the cohort's file has it."""
    case.be_observed()
    case.hold_reports(stops_at=case.about.get("stops_at"))
    if days := case.about.get("days_ill"):
        is_ill(case, days)


def is_ill(case: Case, days: int) -> None:
    """Days of illness in the last weeks, near the 30 that extend induction (3.6)."""
    first = max(case.start, case.diary.today - timedelta(days=days + 14))
    last = first + timedelta(days=days + 8)
    if case.diary.has_come(last):
        case.write(
            case.administrator,
            last,
            "Absence",
            ect=case.name,
            kind="Ad hoc",
            starts_on=first,
            ends_on=last,
            days=days,
        )


def passes(case: Case) -> None:
    """Two years, a satisfactory final assessment, and notice of the pass."""
    case.be_observed(until=case.diary.terms[case.first_place + 5].end)
    final = finish(case, writing.recommendation("Satisfactory"))
    notify(case, decide(case, final, writing.decision("Pass")))


def is_extended(case: Case) -> None:
    """Two years, then an extension of a year, in which reviews go on."""
    case.be_observed()
    final = finish(case, writing.recommendation("Extension", terms=3))
    notified, decision = notify(case, decide(case, final, writing.decision("Extension", terms=3)))
    waived = working_day(notified, 5)
    case.act(case.user, waived, "Induction Decision", decision, "I will not appeal")
    case.hold_reports()


def awaits_a_decision(case: Case) -> None:
    """The final assessment reached the body a week ago, whatever the schedule's day."""
    today = case.diary.today
    meeting = working_day(today - timedelta(days=18))
    case.be_observed(until=meeting - timedelta(days=7))
    case.hold_reports(until=meeting - timedelta(days=1))
    final = final_of(case)
    case.hold_report(ASSESSMENT, final, meeting, recommended=writing.recommendation("Satisfactory"))


def has_an_action_plan(case: Case) -> None:
    """Not on track at the newest report; the review of the plan that followed is three days late."""
    case.be_observed()
    case.hold_reports()
    raised = working_day(case.diary.today - timedelta(days=35))
    review_on = case.diary.today - timedelta(days=3)
    newest = frappe.get_all(
        REVIEW,
        filters={"ect": case.name, "stage": "received"},
        pluck="name",
        order_by="scheduled_for desc",
        limit=1,
    )
    source = {"source_doctype": REVIEW, "source_name": newest[0]} if newest else {}
    plan = case.write(
        case.tutor,
        raised,
        "Action Plan",
        ect=case.name,
        raised_on=raised,
        review_on=review_on,
        **source,
        **writing.action_plan(review_on - timedelta(days=2)),
    )
    case.act(case.tutor, raised, "Action Plan", plan.name, "Share plan")
    words = {"ect_comment": writing.plan_words("comment")}
    case.act(case.user, working_day(raised, 2), "Action Plan", plan.name, "Send comment", values=words)


def is_on_maternity_leave(case: Case) -> None:
    """Served a year or more, then on leave for two months so far; the choice to extend is still open (3.7)."""
    begins = working_day(case.diary.today - timedelta(days=60))
    case.be_observed(until=begins)
    case.hold_reports(until=begins - timedelta(days=14))
    case.write(
        case.administrator, begins, "Absence", ect=case.name, kind="Maternity", starts_on=begins, days=43
    )


def moved_school(case: Case) -> None:
    """Two terms at one school, an interim assessment, then on at another school with another body."""
    leaves = case.diary.terms[case.first_place + 1].end
    joins = case.diary.terms[case.first_place + 2].start
    if not case.diary.has_come(joins):
        return goes_on(case)
    case.be_observed(until=leaves - timedelta(days=20))
    case.hold_reports(until=leaves - timedelta(days=30))
    interim = case.write(
        case.tutor, working_day(leaves, -15), ASSESSMENT, ect=case.name, assessment_type="Interim"
    )
    case.hold_report(ASSESSMENT, interim.name, working_day(leaves, -14))
    release(case, leaves)
    join(case, working_day(joins, -10), joins)
    case.report_claim()
    case.hold_reports(stops_at=case.about.get("stops_at"))
    return None


def release(case: Case, on: date) -> None:
    """The school they leave records the last day; the period is reported as a release."""
    with case.diary.acting(case.administrator, on):
        period = frappe.get_doc("Induction Period", {"ect": case.name, "is_open": 1})
        period.update({"ends_on": on, "outcome": "Release", "leaving_reason": "Moves to another school"})
        period.save()


def join(case: Case, agreed: date, starts: date) -> None:
    """The service moves the case to the new school and body. They agree the post, and the body opens it (2.18)."""
    case.be_at(case.about["school"])
    with case.diary.acting("Administrator", agreed):
        ect = frappe.get_doc("ECT", case.name)
        ect.update(
            {
                "school": case.school,
                "appropriate_body": case.body,
                "induction_tutor": case.tutor,
                "mentor": case.mentor,
                "named_contact": case.ab_named_contact,
            }
        )
        ect.save()
    with case.diary.acting(case.administrator, agreed):
        ect = frappe.get_doc("ECT", case.name)
        ect.update({field.fieldname: 1 for field in conditions()})
        ect.save()
    case.write(
        case.ab_officer,
        starts,
        "Induction Period",
        ect=case.name,
        school=case.school,
        appropriate_body=case.body,
        starts_on=starts,
        fte=case.about.get("fte", 1),
    )


def finish(case: Case, recommended: dict) -> str:
    """Reviews and assessments of two years, the final one with the head's recommendation. Returns its name."""
    last_term = case.diary.terms[case.first_place + 5]
    case.hold_reports(until=last_term.start)
    final = final_of(case)
    due = frappe.db.get_value(ASSESSMENT, final, "scheduled_for")
    case.hold_report(ASSESSMENT, final, working_day(due, -14), recommended=recommended)
    return final


def decide(case: Case, final: str, words: dict) -> tuple[date, str]:
    """The body decides when the last term is over."""
    decided = working_day(case.diary.terms[case.first_place + 5].end, 1)
    decision = frappe.db.get_value("Induction Decision", {"formal_assessment": final})
    case.act(case.ab_decision_maker, decided, "Induction Decision", decision, "Decide", values=words)
    return decided, decision


def notify(case: Case, decided: tuple[date, str]) -> tuple[date, str]:
    """Notice goes out the day after; the TRA is told of an extension at once."""
    on, decision = working_day(decided[0], 1), decided[1]
    doc = case.act(case.ab_officer, on, "Induction Decision", decision, "Send notice")
    if doc.outcome != "Pass":
        with case.diary.acting(case.ab_officer, on):
            doc = frappe.get_doc("Induction Decision", decision)
            doc.tra_notified_on = on
            doc.save()
    return on, decision


def final_of(case: Case) -> str:
    """The final assessment on the schedule."""
    filters = {"ect": case.name, "assessment_type": "Final", "stage": "drafting"}
    return frappe.db.get_value(ASSESSMENT, filters)


STORIES: dict[str, Callable[[Case], None]] = {
    "passes": passes,
    "is extended": is_extended,
    "awaits a decision": awaits_a_decision,
    "has an action plan": has_an_action_plan,
    "is on maternity leave": is_on_maternity_leave,
    "moved school": moved_school,
}
