"""Everything the appropriate body takes into account when it decides (paragraph 2.68), in one place."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from induction_app.clock import today
from induction_app.page_kit.environment import day
from induction_app.pages.cases import terms
from induction_app.pages.records.evidence import Written, written_about
from induction_app.pages.records.kinds import kinds
from induction_app.pages.records.on_page import OnPage
from induction_app.pages.records.reading import MOODS, Section, standard_heading, standards
from induction_app.statutory.working_days import days_between


@dataclass(frozen=True)
class Clock:
    """How much of a limit in working days has gone."""

    due: date
    gone: int
    limit: int
    left: int
    why: dict | None

    @property
    def mood(self) -> str:
        return "late" if self.left < 0 else "due" if self.left <= 5 else ""


@dataclass(frozen=True)
class Voice:
    """Something the ECT wrote."""

    what: str
    href: str
    text: str


@dataclass(frozen=True)
class Paper:
    """One record of the case, to be opened and read."""

    title: str
    on: date | None
    href: str
    verdict: str
    mood: str
    sections: list[Section]


@dataclass(frozen=True)
class Grid:
    """Verdicts by standard over time: `rows` has a standard, and a verdict with its mood for each column."""

    columns: list[tuple[str, str, str]]
    rows: list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class CaseFile:
    """What stands on the page of a decision."""

    figures: list[dict[str, Any]]
    recommendation: Paper | None
    recommended: list[Section]
    grid: Grid
    voices: list[Voice]
    papers: list[tuple[str, list[Paper]]]
    absences: list[frappe._dict]


def clock_of(decision: Document) -> Clock | None:
    """The limit that runs now, where one does: deciding, giving notice, appealing."""
    started = {
        "considering": (decision.recommendation_received_on, decision.decision_due_on, "decision_due_on"),
        "checking": (decision.recommendation_received_on, decision.decision_due_on, "decision_due_on"),
        "decided": (decision.decided_on, decision.notice_due_on, "notice_due_on"),
        "appeal_window": (decision.notified_on, decision.appeal_closes_on, "appeal_closes_on"),
    }.get(decision.stage)
    if not started or not all(started[:2]):
        return None
    since, due, why = getdate(started[0]), getdate(started[1]), decision.why_of().get(started[2])
    limit = days_between(since, due) - days_between(since, since)
    left = days_between(today(), due) - days_between(today(), today())
    if today() > due:
        left = -(days_between(due, today()) - days_between(due, due))
    return Clock(due, limit - left, limit, left, why)


def case_file_of(decision: Document) -> CaseFile:
    """The whole evidence on an ECT, read with the rights of the person signed in."""
    written = written_about(decision.ect)
    final = next(
        (record for record in written.assessments if record.name == decision.formal_assessment), None
    )
    final_page = _on_page("Formal Assessment", final.name) if final else None
    return CaseFile(
        figures=_figures(decision),
        recommendation=_paper(final, final_page) if final else None,
        recommended=_recommended(final_page),
        grid=_grid(written),
        voices=_voices(decision, written),
        papers=_papers(decision, written),
        absences=_absences(decision),
    )


def _figures(decision: Document) -> list[dict[str, Any]]:
    ect = frappe.get_doc("ECT", decision.ect)
    reasons = frappe.parse_json(ect.why or "{}")
    return [
        {"label": _("School"), "value": frappe.db.get_value("School", decision.school, "school_name")},
        {"label": _("Induction began on"), "value": day(ect.start_date)},
        {
            "label": _("Terms to serve"),
            "value": terms(ect.required_terms),
            "why": reasons.get("required_terms"),
        },
        {"label": _("Terms served"), "value": terms(ect.terms_served), "why": reasons.get("terms_served")},
        {"label": _("Induction tutor"), "value": frappe.utils.get_fullname(ect.induction_tutor)},
    ]


def _recommended(final: OnPage | None) -> list[Section]:
    """The headteacher's recommendation with its reasons."""
    if not final:
        return []
    return [
        section for section in final.sections() if section.heading == _("The headteacher's recommendation")
    ]


def _grid(written: Written) -> Grid:
    records = sorted([*written.reviews, *written.assessments], key=lambda record: record.on)
    columns = [(record.what, day(record.on), record.href) for record in records]
    rows = []
    for code in standards():
        cells = []
        for record in records:
            verdict = next((row.verdict for row in record.rows if row.standard == code), "") or ""
            cells.append((_(verdict), MOODS.get(verdict, "")))
        rows.append((standard_heading(code), cells))
    together = [(record.verdict, record.mood) for record in records]
    return Grid(columns, [*rows, (_("Together"), together)])


def _voices(decision: Document, written: Written) -> list[Voice]:
    comments = [(record, record.ect_comment) for record in (*written.assessments, *written.reviews)]
    reflections = [(record, record.ect_reflection) for record in written.observations]
    plans = [(plan, plan.ect_comment) for plan in _plans(decision)]
    said = sorted([*comments, *reflections, *plans], key=lambda pair: pair[0].on, reverse=True)
    return [Voice(f"{record.what}, {day(record.on)}", record.href, text) for record, text in said if text]


def _plans(decision: Document) -> list[frappe._dict]:
    from induction_app.pages.addresses import address_of

    if not frappe.has_permission("Action Plan"):
        return []
    plans = frappe.get_list(
        "Action Plan",
        filters={"ect": decision.ect, "stage": ("!=", "withdrawn")},
        fields=["*"],
        order_by="raised_on",
    )
    for plan in plans:
        plan.update(
            what=_("Action plan"),
            on=getdate(plan.raised_on),
            href=address_of("Action Plan", plan.name),
            verdict=_(plan.workflow_state),
            mood="",
        )
    return plans


def _papers(decision: Document, written: Written) -> list[tuple[str, list[Paper]]]:
    """Every record in full, by kind, the newest first."""
    groups = [
        (_("Formal assessments"), "Formal Assessment", written.assessments),
        (_("Progress reviews"), "Progress Review", written.reviews),
        (_("Observations"), "Observation", written.observations),
        (_("Action plans"), "Action Plan", _plans(decision)),
    ]
    return [
        (heading, [_paper(record, _on_page(doctype, record.name)) for record in reversed(records)])
        for heading, doctype, records in groups
        if records
    ]


def _paper(record: frappe._dict, on_page: OnPage) -> Paper:
    return Paper(record.what, record.on, record.href, record.verdict, record.mood, on_page.sections())


def _on_page(doctype: str, name: str) -> OnPage:
    kind = next(kind for kind in kinds().values() if kind.doctype == doctype)
    return OnPage(kind, frappe.get_doc(doctype, name))


def _absences(decision: Document) -> list[frappe._dict]:
    if not frappe.has_permission("Absence"):
        return []
    return frappe.get_list(
        "Absence",
        filters={"ect": decision.ect},
        fields=["kind", "starts_on", "ends_on", "days", "extend"],
        order_by="starts_on desc",
        limit_page_length=0,
    )
