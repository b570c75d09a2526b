"""An ECT's induction from registration to decision: what happened, what is due and when, in order.

Days of the schedule are shown to everyone who may read the case; the page of a review or assessment is
linked only where this person may read it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, getdate

from induction_app.clock import today
from induction_app.induction_case.doctype.absence.absence import absence_kind
from induction_app.induction_case.history import History, history_of
from induction_app.induction_case.outlook import work_out
from induction_app.organisations.academic_calendar import TermDates
from induction_app.pages.addresses import address_of
from induction_app.pages.case_records import CaseRecords
from induction_app.workflows.stages import PATHS, STAGES

REVIEW, ASSESSMENT, OBSERVATION = "review", "assessment", "observation"
PLAN, ABSENCE, EXTENSION, DECISION = "plan", "absence", "extension", "decision"
START = "start"
DONE, AHEAD, DUE, LATE = "done", "ahead", "due", "late"
_SOON = timedelta(days=42)
_WAITING = {
    "return": lambda: _("Waits for the ECT’s return"),
    "choice": lambda: _("Waits for the ECT’s choice"),
}


@dataclass(frozen=True)
class Moment:
    """One thing on the timeline: what, when, how it stands, and its page where this person may open it.

    What `waits` falls due at no day yet: the ECT is away, or has a choice to make. A decision `against` the ECT
    is finished, and nothing to tick. What `goes_on` has no end yet, and is drawn up to today.
    """

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
    waits: bool = False
    against: bool = False
    goes_on: bool = False

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


def timeline_of(ect: Document, records: CaseRecords) -> Timeline:
    """The timeline of a registered ECT for the person signed in. A fixed number of queries."""
    history = history_of(ect.name)
    moments = [
        Moment(START, history.start, _("Induction starts"), "", _reached(history.start)),
        *_reviews(records),
        *_assessments(records),
        *_observations(records),
        *_plans(records),
        *_absences(records),
        *_decisions(records),
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


def _dated(rows: list[Any], *days: str) -> list[Any]:
    """The rows of which the reader may know a day: an administrator may hide them."""
    return [row for row in rows if any(row[day] for day in days)]


def _reviews(records: CaseRecords) -> Iterable[Moment]:
    rows = _dated(records.scheduled("Progress Review"), "scheduled_for", "reviewed_on")
    for place, row in enumerate(rows, start=1):
        number = row.term_number or place
        text = _("Progress review {0}").format(number)
        yield _scheduled(REVIEW, row, text, str(number), row.reviewed_on)


def _assessments(records: CaseRecords) -> Iterable[Moment]:
    words = {
        "First": _("First formal assessment"),
        "Final": _("Final assessment"),
        "Interim": _("Interim assessment"),
    }
    for row in _dated(records.scheduled("Formal Assessment"), "scheduled_for", "meeting_on"):
        kind = row.assessment_type
        text = words.get(kind) or _("Formal assessment")
        yield _scheduled(ASSESSMENT, row, text, _(kind or "Assessment"), row.meeting_on)


def _scheduled(kind: str, row: Any, text: str, short: str, held_on: date | None) -> Moment:
    finished = STAGES[row.doctype][row.stage].closed
    if row.waits_for:
        state = _WAITING[row.waits_for]()
    elif row.readable:
        state = _(row.workflow_state)
    else:
        state = _("Finished") if finished else _("Not finished yet")
    return Moment(
        kind,
        getdate((held_on if finished else None) or row.scheduled_for or held_on),
        text,
        state,
        DONE if finished else _urgency(row.due_on),
        short=short,
        doctype=row.doctype,
        name=row.name,
        readable=row.readable,
        printable=row.printable,
        begun=row.stage != PATHS[row.doctype].start,
        waits=bool(row.waits_for),
    )


def _observations(records: CaseRecords) -> Iterable[Moment]:
    for row in _dated(records.readable("Observation"), "observed_on"):
        yield _read(OBSERVATION, row, row.observed_on, _("Observation"), _done_or_due(row))


def _plans(records: CaseRecords) -> Iterable[Moment]:
    for row in _dated(records.readable("Action Plan"), "raised_on"):
        moment = _read(PLAN, row, row.raised_on, _("Action plan"), _done_or_due(row))
        yield replace(moment, end=row.closed_on or max(row.review_on or row.raised_on, row.raised_on))


def _decisions(records: CaseRecords) -> Iterable[Moment]:
    days = ("notified_on", "notice_due_on", "decision_due_on", "recommendation_received_on")
    for row in _dated(records.readable("Induction Decision"), *days):
        day = next(row[name] for name in days if row[name])
        told = bool(row.notified_on)
        moment = _read(DECISION, row, day, _decision_in_words(row), DONE if told else _urgency(day))
        failed = row.outcome == "Fail" and not (row.appeal_outcome or "").startswith("Allowed")
        yield replace(moment, short=_(row.outcome or "Decision"), against=told and failed)


def _decision_in_words(row: Any) -> str:
    if not row.outcome:
        return _("Decision")
    if row.appeal_outcome:
        return _("Decision: {0}. Appeal: {1}").format(_(row.outcome), _(row.appeal_outcome).lower())
    words = _("Decision: {0}") if row.notified_on else _("Notice of the decision: {0}")
    return words.format(_(row.outcome))


def _absences(records: CaseRecords) -> Iterable[Moment]:
    for row in _dated(records.readable("Absence"), "starts_on"):
        days = _("1 school day") if cint(row.days) == 1 else _("{0} school days").format(cint(row.days))
        text = _("Absence: {0}").format(absence_kind(row.kind)) if row.kind else _("Absence")
        end = row.ends_on or max(row.starts_on, today())
        yield Moment(
            ABSENCE,
            row.starts_on,
            text,
            days if row.ends_on else _("Not back yet"),
            DONE,
            end=end,
            doctype="Absence",
            name=row.name,
            readable=True,
            goes_on=not row.ends_on,
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
    why = _(" and ").join(reasons)
    why = why[:1].upper() + why[1:]
    yield Moment(EXTENSION, planned[-1].due, _("Extension"), why, AHEAD, end=max(scheduled))


def _read(kind: str, row: Any, day: date, text: str, progress: str) -> Moment:
    return Moment(
        kind,
        getdate(day),
        text,
        _(row.workflow_state),
        progress,
        doctype=row.doctype,
        name=row.name,
        readable=True,
        printable=row.printable,
    )


def _done_or_due(row: Any) -> str:
    return DONE if STAGES[row.doctype][row.stage].closed else DUE


def _terms_until(terms: Iterable[TermDates], last: date) -> list[TermDates]:
    shown = [term for term in terms if term.start <= last]
    return shown or list(terms)[:1]


def _urgency(due: date | None) -> str:
    if not due or due > today() + _SOON:
        return AHEAD
    return LATE if due < today() else DUE


def _reached(day: date) -> str:
    return DONE if day <= today() else AHEAD
