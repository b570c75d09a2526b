"""An ECT's induction from registration to decision: what happened, what is due and when, in order.

Days of the schedule are shown to everyone who may read the case; the page of a review or assessment is
linked only where this person may read it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, getdate

from induction_app.clock import today
from induction_app.induction_case.doctype.absence.absence import absence_kind
from induction_app.induction_case.history import History, history_of
from induction_app.induction_case.outlook import work_out
from induction_app.organisations.academic_calendar import TermDates
from induction_app.pages.addresses import address_of
from induction_app.workflows.stages import PATHS, STAGES

REVIEW, ASSESSMENT, OBSERVATION = "review", "assessment", "observation"
PLAN, ABSENCE, EXTENSION, DECISION = "plan", "absence", "extension", "decision"
START = "start"
DONE, AHEAD, DUE, LATE = "done", "ahead", "due", "late"
_SOON = timedelta(days=42)


@dataclass(frozen=True)
class Moment:
    """One thing on the timeline: what, when, how it stands, and its page where this person may open it."""

    kind: str
    day: date
    text: str
    state: str
    progress: str = AHEAD
    end: date | None = None
    short: str = ""
    doctype: str = ""
    name: str = ""
    readable: bool = False
    printable: bool = False
    begun: bool = True

    @property
    def href(self) -> str:
        """The record's page; empty where there is none or this person may not open it."""
        return address_of(self.doctype, self.name) if self.readable else ""


@dataclass(frozen=True)
class Timeline:
    """What a picture of one induction needs, and its table says."""

    start: date
    end: date
    now: date
    terms: tuple[TermDates, ...] = ()
    moments: tuple[Moment, ...] = field(default_factory=tuple)

    def of(self, *kinds: str) -> list[Moment]:
        """Moments of some kinds, in order of day."""
        return [moment for moment in self.moments if moment.kind in kinds]

    @property
    def late(self) -> list[Moment]:
        """What is overdue."""
        return [moment for moment in self.moments if moment.progress == LATE]

    @property
    def next_due(self) -> Moment | None:
        """The first review, assessment or decision that is not finished."""
        waiting = (m for m in self.of(REVIEW, ASSESSMENT, DECISION) if m.progress != DONE)
        return next(waiting, None)


def timeline_of(ect: Document) -> Timeline:
    """The timeline of a registered ECT for the person signed in. A fixed number of queries."""
    history = history_of(ect.name)
    moments = [
        Moment(START, history.start, _("Induction starts"), "", _reached(history.start)),
        *_reviews(ect.name),
        *_assessments(ect.name),
        *_observations(ect.name),
        *_plans(ect.name),
        *_absences(ect.name),
        *_decisions(ect.name),
    ]
    moments += _extension(ect, history, moments)
    moments.sort(key=lambda moment: (moment.day, moment.kind))
    last = max(moment.end or moment.day for moment in moments)
    terms = _terms_until(history.terms, last)
    return Timeline(
        start=min(history.start, terms[0].start if terms else history.start),
        end=max(last, terms[-1].end if terms else last),
        now=today(),
        terms=tuple(terms),
        moments=tuple(moments),
    )


def _reviews(ect: str) -> Iterable[Moment]:
    # Dates only, past the row rules: whoever reads the case may know its schedule.
    rows = frappe.get_all(
        "Progress Review",
        filters={"ect": ect, "stage": ("!=", "cancelled")},
        fields=[
            "name",
            "term_number",
            "scheduled_for",
            "due_on",
            "waits_for",
            "reviewed_on",
            "stage",
            "workflow_state",
            "received_on",
        ],
        order_by="scheduled_for",
    )
    rights = _rights("Progress Review", ect)
    for number, row in enumerate(rows, start=1):
        text = _("Progress review {0}").format(row.term_number or number)
        yield _scheduled(
            REVIEW, "Progress Review", row, text, str(row.term_number or number), row.reviewed_on, rights
        )


def _assessments(ect: str) -> Iterable[Moment]:
    rows = frappe.get_all(  # dates only, as for reviews
        "Formal Assessment",
        filters={"ect": ect, "stage": ("!=", "cancelled")},
        fields=[
            "name",
            "assessment_type",
            "scheduled_for",
            "due_on",
            "waits_for",
            "meeting_on",
            "stage",
            "workflow_state",
            "received_on",
        ],
        order_by="scheduled_for",
    )
    rights = _rights("Formal Assessment", ect)
    words = {
        "First": _("First formal assessment"),
        "Final": _("Final assessment"),
        "Interim": _("Interim assessment"),
    }
    for row in rows:
        yield _scheduled(
            ASSESSMENT,
            "Formal Assessment",
            row,
            words[row.assessment_type],
            _(row.assessment_type),
            row.meeting_on,
            rights,
        )


def _scheduled(
    kind: str, doctype: str, row: Any, text: str, short: str, held_on: date | None, rights
) -> Moment:
    finished = STAGES[doctype][row.stage].closed
    readable, printable = rights(row.name)
    day = (held_on if finished else None) or row.scheduled_for or held_on
    if readable:
        state = _(row.workflow_state)
    else:
        state = _("Finished") if finished else _("Not finished yet")
    if row.waits_for:
        state = {"return": _("Waits for the ECT’s return"), "choice": _("Waits for the ECT’s choice")}[
            row.waits_for
        ]
    return Moment(
        kind,
        getdate(day),
        text,
        state,
        DONE if finished else _urgency(row.due_on),
        short=short,
        doctype=doctype,
        name=row.name,
        readable=readable,
        printable=printable,
        begun=row.stage != PATHS[doctype].start,
    )


def _observations(ect: str) -> Iterable[Moment]:
    for row in _readable("Observation", ect, ["observed_on", "focus"], "observed_on"):
        text = _("Observation")
        finished = STAGES["Observation"][row.stage].closed
        yield _read(OBSERVATION, "Observation", row, row.observed_on, text, DONE if finished else DUE)


def _plans(ect: str) -> Iterable[Moment]:
    for row in _readable("Action Plan", ect, ["raised_on", "closed_on", "review_on"], "raised_on"):
        finished = STAGES["Action Plan"][row.stage].closed
        moment = _read(PLAN, "Action Plan", row, row.raised_on, _("Action plan"), DONE if finished else DUE)
        yield replace(moment, end=row.closed_on or max(row.review_on or row.raised_on, row.raised_on))


def _decisions(ect: str) -> Iterable[Moment]:
    fields = ["decided_on", "notified_on", "decision_due_on", "outcome", "recommendation_received_on"]
    for row in _readable("Induction Decision", ect, fields, "recommendation_received_on"):
        day = row.notified_on or row.decided_on or row.decision_due_on or row.recommendation_received_on
        text = _("Decision: {0}").format(_(row.outcome)) if row.outcome else _("Decision")
        urgency = DONE if row.notified_on else _urgency(row.decision_due_on)
        yield replace(
            _read(DECISION, "Induction Decision", row, day, text, urgency), short=_(row.outcome or "Decision")
        )


def _absences(ect: str) -> Iterable[Moment]:
    if not frappe.has_permission("Absence"):
        return
    rows = frappe.get_list(
        "Absence",
        filters={"ect": ect},
        fields=["name", "kind", "starts_on", "ends_on", "days", "extend", "choice_made_on"],
        order_by="starts_on",
        limit_page_length=0,
    )
    for row in rows:
        days = _("1 school day") if cint(row.days) == 1 else _("{0} school days").format(cint(row.days))
        text = _("Absence: {0}").format(absence_kind(row.kind))
        end = row.ends_on or max(row.starts_on, today())
        yield Moment(
            ABSENCE, row.starts_on, text, days, DONE, end=end, doctype="Absence", name=row.name, readable=True
        )


def _extension(ect: Document, history: History, moments: list[Moment]) -> Iterable[Moment]:
    """The time by which the induction is longer than it would be without absence and extension."""
    if not (cint(ect.absence_extension_days) or flt(ect.extension_terms)):
        return
    planned = work_out(replace(history, leaves=(), extension_terms=0)).events
    scheduled = [m.day for m in moments if m.kind in (REVIEW, ASSESSMENT)]
    if not planned or not scheduled or max(scheduled) <= planned[-1].due:
        return
    reasons = []
    if cint(ect.absence_extension_days):
        reasons.append(_("{0} days of absence").format(cint(ect.absence_extension_days)))
    if flt(ect.extension_terms):
        reasons.append(_("by decision of the appropriate body"))
    yield Moment(
        EXTENSION, planned[-1].due, _("Extension"), _(" and ").join(reasons), AHEAD, end=max(scheduled)
    )


def _readable(doctype: str, ect: str, fields: list[str], order_by: str) -> list:
    """Records of the case that this person may read."""
    if not frappe.has_permission(doctype):
        return []
    rows = frappe.get_list(
        doctype,
        filters={"ect": ect, "stage": ("not in", ("withdrawn", "cancelled"))},
        fields=["name", "stage", "workflow_state", *fields],
        order_by=f"{order_by} asc",
        limit_page_length=0,
    )
    printable = frappe.has_permission(doctype, "print")
    for row in rows:
        row.printable = printable
    return rows


def _read(kind: str, doctype: str, row: Any, day: date, text: str, progress: str) -> Moment:
    return Moment(
        kind,
        getdate(day),
        text,
        _(row.workflow_state),
        progress,
        doctype=doctype,
        name=row.name,
        readable=True,
        printable=row.printable,
    )


def _rights(doctype: str, ect: str):
    """For each record of the case: may this person read it, and print it? Two queries for all of them."""
    if not frappe.has_permission(doctype):
        return lambda _name: (False, False)
    names = set(frappe.get_list(doctype, filters={"ect": ect}, pluck="name", limit_page_length=0))
    printable = frappe.has_permission(doctype, "print")
    return lambda name: (name in names, name in names and printable)


def _terms_until(terms: Iterable[TermDates], last: date) -> list[TermDates]:
    shown = [term for term in terms if term.start <= last]
    return shown or list(terms)[:1]


def _urgency(due: date | None) -> str:
    if not due or due > today() + _SOON:
        return AHEAD
    return LATE if due < today() else DUE


def _reached(day: date) -> str:
    return DONE if day <= today() else AHEAD
