"""An ECT leaves a post: the interim assessment of it is asked for, and the body is told (2.62, 2.63, 2.74, 5.4)."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, formatdate, getdate

from induction_app.induction_case.events import record_event
from induction_app.induction_case.history import DECIDED, History, history_of
from induction_app.induction_case.rules import ask_rule, why_text
from induction_app.induction_case.scheduled_records import days_ahead, is_untouched
from induction_app.statutory import Answer
from induction_app.workflows.rule_moves import move_by_rule

_ASSESSMENT = "Formal Assessment"


def follow_post(period: Document, before: Document | None) -> None:
    """A post has been recorded or changed: ask for its interim assessment, move it or call it off, and tell."""
    ended = bool(period.ends_on) and period.outcome not in DECIDED
    if ended and before and before.is_open:
        _tell(period)
    was_ended = bool(before and before.ends_on)
    if not ended and not was_ended:
        return
    asked = _asked_for(period)
    needed = _needed(period) if ended else None
    if needed and needed.value:
        if not asked:
            _ask(period, needed)
        elif asked.scheduled_for and asked.stage in ("drafting", "checking"):
            _move(asked, period, needed)
    elif asked and asked.scheduled_for and is_untouched(_ASSESSMENT, asked.name):
        reason = _("No interim assessment is needed: {0}.").format(
            _("the post goes on") if not ended else _("it is assessed otherwise, or was shorter than a term")
        )
        move_by_rule(_ASSESSMENT, asked.name, "cancelled", {"cancelled_reason": reason})


def _tell(period: Document) -> None:
    """The event that the mail to the appropriate body and the school goes with."""
    ect = frappe.get_doc("ECT", period.ect)
    last_day = formatdate(period.ends_on, "d MMMM yyyy")
    school = frappe.db.get_value("School", period.school, "school_name")
    summary = _("{0} leaves {1}. The last day is {2}.").format(ect.full_name, school, last_day)
    record_event("left", summary, doc=ect, details={"period": period.name, "last_day": period.ends_on})


def _needed(period: Document) -> Answer:
    """Whether leaving the post asks for an interim assessment (2.62)."""
    history, last_day = history_of(period.ect), getdate(period.ends_on)
    post = history.posts()[period.name]
    served = ask_rule(
        "induction_progress",
        posts=[{**post, "fte": 1, "changes": []}],
        terms=[term.as_fact() for term in history.terms],
        today=max(last_day, history.as_of),
    )
    return ask_rule(
        "interim_needed",
        terms_in_post=served.value["terms_served"],
        days_to_next_assessment=_days_to_assessment(period, history, last_day),
        leaving=True,
    )


def _days_to_assessment(period: Document, history: History, last_day: date) -> int | None:
    """0 where the post's last term has its formal assessment, written or still owed; None where none is set.

    An assessment that would have come after the last day has been called off by now.
    """
    term = max((term.start for term in history.terms if term.start <= last_day), default=last_day)
    rows = frappe.get_all(
        _ASSESSMENT,
        filters={
            "ect": period.ect,
            "school": period.school,
            "assessment_type": ("!=", "Interim"),
            "stage": ("!=", "cancelled"),
        },
        fields=["scheduled_for", "meeting_on"],
    )
    days = [day for row in rows for day in (row.scheduled_for, row.meeting_on) if day]
    return 0 if any(term <= day <= last_day for day in days) else None


def _asked_for(period: Document) -> frappe._dict | None:
    """The interim assessment of a post, whoever began it."""
    rows = frappe.get_all(
        _ASSESSMENT,
        filters={
            "ect": period.ect,
            "induction_period": period.name,
            "assessment_type": "Interim",
            "stage": ("!=", "cancelled"),
        },
        fields=["name", "scheduled_for", "stage"],
        order_by="creation",
        limit=1,
    )
    return rows[0] if rows else None


def _ask(period: Document, needed: Answer) -> None:
    terms = [term for term in history_of(period.ect).terms if term.start <= getdate(period.ends_on)]
    record = frappe.get_doc(
        {
            "doctype": _ASSESSMENT,
            "assessment_type": "Interim",
            "ect": period.ect,
            "induction_period": period.name,
            "term_number": len(terms),
            **_placed(period, needed),
        }
    )
    record.flags.by_rules = True
    record.insert(ignore_permissions=True)  # the rules ask for it, whoever recorded that the ECT leaves


def _move(asked: frappe._dict, period: Document, needed: Answer) -> None:
    if asked.scheduled_for == getdate(period.ends_on):
        return
    record = frappe.get_doc(_ASSESSMENT, asked.name)
    record.flags.by_rules = True
    record.update({**_placed(period, needed), "overdue_since": None})
    record.save(ignore_permissions=True)  # follows from the post's last day


def _placed(period: Document, needed: Answer) -> dict:
    last_day = getdate(period.ends_on)
    return {
        "scheduled_for": last_day,
        "available_from": add_days(last_day, -days_ahead()),
        "why": why_text({"scheduled_for": needed}),
    }
