"""Time limits around the final assessment, the decision and what follows it (2.61, 2.67–2.73)."""

from datetime import date, timedelta

from .answer import StatutoryError, Step, written
from .facts import Fact, a_date, one_of
from .question import Found, question
from .rules import Rules
from .working_days import count_forward, is_working_day

OUTCOMES = ("pass", "extend", "fail")
APPEALABLE = ("extend", "fail")
OUTCOME = Fact("outcome", one_of(*OUTCOMES), "the appropriate body's decision: pass, extend or fail")


def last_day(day: date, days: int, rules: Rules) -> date:
    """The last day of a limit of `days` working days that runs from `day`.

    Day 1 is the next working day, as the guidance counts. A body whose policy counts the day of the event,
    as the Regulations word it ("beginning with"), has one day fewer where that day is a working day.
    """
    return _strictly(day, days) if rules.day_of_event_counts else count_forward(day, days)


def _strictly(day: date, days: int) -> date:
    return count_forward(day, days - is_working_day(day))


def _limit(event: str, day: date, days: int, due: date, paragraph: str, regulation: str = "") -> list[Step]:
    steps = [
        (event + " on {}; the limit is {} working days (" + paragraph + ").", day, days),
        ("Leaving out weekends and bank holidays, the last day is {}.", due),
    ]
    if regulation:
        steps.append(
            lambda: (
                f"The Regulations ({regulation}) count the day itself as day 1 when it is a working day; "
                f"counted that way the last day is {written(_strictly(day, days))}."
            )
        )
    return steps


@question(
    Fact("final_meeting", a_date, "the date of the final assessment meeting"),
    paragraphs=("2.61", "2.60"),
    parameters=("report_days", "day_of_event_counts"),
    gives="the last day for the signed final report to reach the appropriate body",
)
def report_due(final_meeting: date, rules: Rules) -> Found:
    """The last day for the signed final assessment report to reach the appropriate body (2.61)."""
    due = last_day(final_meeting, rules.report_days, rules)
    return due, _limit("The assessment meeting was", final_meeting, rules.report_days, due, "2.61")


@question(
    Fact("completed", a_date, "the date the induction period was completed"),
    paragraphs=("2.60", "reg 11(3)"),
    parameters=("recommendation_days", "day_of_event_counts"),
    gives="the last day for the headteacher's written recommendation",
)
def recommendation_due(completed: date, rules: Rules) -> Found:
    """The last day for the headteacher's written recommendation to the appropriate body (reg 11(3))."""
    due = last_day(completed, rules.recommendation_days, rules)
    days = rules.recommendation_days
    return due, _limit("Induction was completed", completed, days, due, "reg 11(3)", "reg 11(3)")


@question(
    Fact("recommendation_received", a_date, "the date the early career teacher received the recommendation"),
    paragraphs=("2.68", "reg 11(4)"),
    parameters=("representation_days", "day_of_event_counts"),
    gives="the last day for the early career teacher's written representations",
)
def representations_close(recommendation_received: date, rules: Rules) -> Found:
    """The last day for the ECT's written representations on the recommendation (2.68, reg 11(4))."""
    due = last_day(recommendation_received, rules.representation_days, rules)
    return due, _limit(
        "The early career teacher received the recommendation",
        recommendation_received,
        rules.representation_days,
        due,
        "reg 11(4)",
        "reg 11(4)",
    )


@question(
    Fact(
        "recommendation_received",
        a_date,
        "the date the appropriate body received the headteacher's recommendation",
    ),
    paragraphs=("2.67", "2.66", "reg 11(5)"),
    parameters=("decision_days", "day_of_event_counts"),
    gives="the last day for the appropriate body's decision",
)
def decision_due(recommendation_received: date, rules: Rules) -> Found:
    """The last day for the appropriate body to decide: pass, extend or fail (2.67)."""
    due = last_day(recommendation_received, rules.decision_days, rules)
    return due, _limit(
        "The recommendation was received",
        recommendation_received,
        rules.decision_days,
        due,
        "2.67",
        "reg 11(5)",
    )


@question(
    Fact("decided", a_date, "the date of the decision"),
    paragraphs=("2.69", "reg 11(7)"),
    parameters=("notice_days", "day_of_event_counts"),
    gives="the last day for written notice to the ECT, headteacher and employer",
)
def notice_due(decided: date, rules: Rules) -> Found:
    """The last day for written notice of the decision to the ECT, headteacher and employer (2.69)."""
    due = last_day(decided, rules.notice_days, rules)
    return due, _limit("The decision was made", decided, rules.notice_days, due, "2.69", "reg 11(7)")


@question(
    Fact("decided", a_date, "the date of the decision"),
    OUTCOME,
    paragraphs=("2.69",),
    parameters=("tra_notice_days", "day_of_event_counts"),
    gives="the last day to tell the Teaching Regulation Agency, or null where the termly return does",
)
def tra_notice_due(decided: date, outcome: str, rules: Rules) -> Found:
    """The last day to tell the TRA of a fail or an extension; null for a pass, which the termly return
    carries (2.69)."""
    if outcome not in APPEALABLE:
        return None, ["A pass is reported in the termly return, so no separate notice is due (2.69)."]
    due = last_day(decided, rules.tra_notice_days, rules)
    return due, _limit(f"The decision to {outcome} was made", decided, rules.tra_notice_days, due, "2.69")


@question(
    Fact("sent", a_date, "the date the notice was sent by email"),
    paragraphs=("2.69", "reg 18"),
    parameters=("deemed_receipt_days",),
    gives="the date the notice is taken as received",
)
def notice_received(sent: date, rules: Rules) -> Found:
    """The date notice sent by email is taken as received: the second day after it was sent (reg 18)."""
    received = sent + timedelta(days=rules.deemed_receipt_days)
    return received, [
        (
            "Notice sent by email on {} is taken as received {} days later, on {} (reg 18).",
            sent,
            rules.deemed_receipt_days,
            received,
        ),
    ]


@question(
    Fact("notified", a_date, "the date the early career teacher received notice of the decision"),
    paragraphs=("2.70", "4.9", "sch 3 para 2"),
    parameters=("appeal_days", "day_of_event_counts"),
    gives="the last day to appeal",
)
def appeal_closes(notified: date, rules: Rules) -> Found:
    """The last day for an ECT to appeal to the Teaching Regulation Agency (2.70, 4.9)."""
    due = last_day(notified, rules.appeal_days, rules)
    return due, _limit("Notice was received", notified, rules.appeal_days, due, "2.70", "sch 3 para 2")


@question(
    OUTCOME,
    Fact("notified", a_date, "the date the early career teacher received notice of the decision"),
    Fact("today", a_date, "the date of the question"),
    paragraphs=("2.70", "4.9", "reg 14(1)", "sch 3 para 2"),
    parameters=("appeal_days", "day_of_event_counts"),
    gives="true or false",
)
def may_appeal(outcome: str, notified: date, today: date, rules: Rules) -> Found:
    """Whether the ECT may appeal today: against a fail or an extension, within the limit (2.70, 4.9)."""
    if outcome not in APPEALABLE:
        return False, ["There is an appeal only against a fail or an extension, not a pass (2.70)."]
    closes = last_day(notified, rules.appeal_days, rules)
    return notified <= today <= closes, [
        *_limit("Notice was received", notified, rules.appeal_days, closes, "2.70", "sch 3 para 2"),
        ("The appeal can be made from {} to {}; today is {}.", notified, closes, today),
    ]


def _regulation_limit(sent: date, rules: Rules) -> tuple[date, date]:
    """The day notice sent by email is taken as received, and the last day to appeal that follows."""
    received = sent + timedelta(days=rules.deemed_receipt_days)
    return received, _strictly(received, rules.appeal_days)


def _regulation_steps(sent: date, received: date, last: date, rules: Rules) -> list[Step]:
    days = rules.appeal_days
    return [
        (
            "Notice sent by email on {} is taken as received {} days later, on {} (reg 18).",
            sent,
            rules.deemed_receipt_days,
            received,
        ),
        (
            "The limit is {} working days beginning with that day (sch 3 para 2); leaving out weekends and "
            "bank holidays, the last day is {}.",
            days,
            last,
        ),
        lambda: (
            f"The guidance says {days} working days and not from which (2.70); counted from the day after "
            f"receipt, as its other limits are, the last day would be {written(count_forward(received, days))}. "
            "The Regulations' day is the one that binds."
        ),
    ]


@question(
    Fact("sent", a_date, "the date the notice of the decision was sent by email"),
    paragraphs=("2.70", "4.9", "reg 18", "sch 3 para 2"),
    parameters=("appeal_days", "deemed_receipt_days"),
    gives="the last day to appeal, as the Regulations count",
)
def last_day_to_appeal(sent: date, rules: Rules) -> Found:
    """The last day to appeal against a decision of which notice was sent by email (reg 18, sch 3 para 2).

    The notice is taken as received on the second day after it was sent, and the limit begins with that day.
    """
    received, last = _regulation_limit(sent, rules)
    return last, _regulation_steps(sent, received, last, rules)


@question(
    OUTCOME,
    Fact("sent", a_date, "the date the notice of the decision was sent by email"),
    Fact("made", a_date, "the date the appeal was made"),
    paragraphs=("2.70", "4.9", "reg 14(1)", "reg 18", "sch 3 para 2"),
    parameters=("appeal_days", "deemed_receipt_days"),
    gives="true or false",
)
def appeal_in_time(outcome: str, sent: date, made: date, rules: Rules) -> Found:
    """Whether an appeal made on a day was in time, as the Regulations count (2.70, sch 3 para 2).

    An appeal is judged by the day it was made, not by the day it became known. A teacher who has the notice
    in hand may appeal before it is taken as received.
    """
    if outcome not in APPEALABLE:
        return False, ["There is an appeal only against a fail or an extension, not a pass (2.70)."]
    received, last = _regulation_limit(sent, rules)
    return sent <= made <= last, [
        *_regulation_steps(sent, received, last, rules),
        ("The appeal was made on {}.", made),
    ]


DISMISSAL_EVENTS = {
    "no_appeal_notice": "The early career teacher gave notice of not appealing",
    "appeal_closed": "The time to appeal ran out",
    "appeal_outcome_told": "The employer was told the outcome of the appeal",
}


@question(
    Fact("no_appeal_notice", a_date, "the date the ECT gave notice of not appealing", None),
    Fact("appeal_closed", a_date, "the date the time to appeal ran out", None),
    Fact("appeal_outcome_told", a_date, "the date the employer was told the appeal had failed", None),
    paragraphs=("2.72", "reg 12"),
    parameters=("dismissal_days", "day_of_event_counts"),
    gives="the last day for dismissal from a relevant school",
)
def dismissal_due(rules: Rules, **events: date | None) -> Found:
    """The last day for a relevant school to dismiss an ECT who has failed (2.72).

    Runs from exactly one of three dates; raises StatutoryError when none or several are given.
    """
    given = [(name, day) for name, day in events.items() if day]
    if len(given) != 1:
        raise StatutoryError(f"Give exactly one of {', '.join(DISMISSAL_EVENTS)}, not {len(given)}.")
    name, day = given[0]
    due = last_day(day, rules.dismissal_days, rules)
    return due, _limit(DISMISSAL_EVENTS[name], day, rules.dismissal_days, due, "2.72", "reg 12")


@question(
    OUTCOME,
    Fact("appeal_closes", a_date, "the last day to appeal"),
    Fact("today", a_date, "the date of the question"),
    Fact("appeal", one_of("none", "open", "dismissed", "allowed"), "where the appeal stands", "none"),
    paragraphs=("2.73", "1.13", "reg 13"),
    gives="{may, reasons}; reasons not_failed, appeal_still_possible, appeal_open, appeal_allowed",
)
def may_be_listed(outcome: str, appeal_closes: date, today: date, appeal: str, rules: Rules) -> Found:
    """Whether the TRA may add the name to the list of those who have failed induction (2.73).

    Only after a fail, and only once the time to appeal is over or the appeal has been dismissed.
    """
    reasons = []
    if outcome != "fail":
        reasons.append("not_failed")
    if appeal == "none" and today <= appeal_closes:
        reasons.append("appeal_still_possible")
    if appeal == "open":
        reasons.append("appeal_open")
    if appeal == "allowed":
        reasons.append("appeal_allowed")
    return {"may": not reasons, "reasons": reasons}, [
        "Only a decision that the early career teacher has failed puts a name on the list (2.73).",
        ("The time to appeal runs to {}; today is {}; appeal: {}.", appeal_closes, today, appeal),
        "The name is added only after that time, or once an appeal has been dismissed (2.73).",
    ]
