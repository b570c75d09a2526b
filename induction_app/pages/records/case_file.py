"""Everything the appropriate body takes into account when it decides (paragraph 2.68), in one place."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from induction_app.clock import today
from induction_app.documents.decision_papers import outlook_of
from induction_app.induction_case.doctype.absence.absence import absence_kind
from induction_app.induction_case.outlook import explain
from induction_app.page_kit.environment import day
from induction_app.pages.cases import terms
from induction_app.pages.records.evidence import Written, written_about
from induction_app.pages.records.kinds import kind_of
from induction_app.pages.records.on_page import sections_of
from induction_app.pages.records.reading import MOODS, Section, blocks_of, standard_heading, standards
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
    recommended: list[Any]
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
        "appeal_window": (_day_before_receipt(decision), decision.appeal_closes_on, "appeal_closes_on"),
    }.get(decision.stage)
    if not started or not all(started[:2]):
        return None
    since, due, why = getdate(started[0]), getdate(started[1]), decision.why_of().get(started[2])
    limit = days_between(since, due) - days_between(since, since)
    left = days_between(today(), due) - days_between(today(), today())
    if today() > due:
        left = -(days_between(due, today()) - days_between(due, due))
    return Clock(due, limit - left, limit, left, why)


def _day_before_receipt(decision: Document) -> date | None:
    """The limit begins with the day of receipt (sch 3 para 2), the others with the day after what they run from."""
    received = decision.notice_received_on
    return getdate(received) - timedelta(days=1) if received else None


def case_file_of(decision: Document) -> CaseFile:
    """The whole evidence on an ECT, read with the rights of the person signed in."""
    written = written_about(decision.ect, plans=True)
    return CaseFile(
        figures=_figures(decision),
        recommended=_recommended(decision, written),
        grid=_grid(written),
        voices=_voices(written),
        papers=_papers(written),
        absences=_absences(decision),
    )


def _figures(decision: Document) -> list[dict[str, Any]]:
    ect = frappe.get_doc("ECT", decision.ect)
    outlook = outlook_of(decision)
    reasons = explain(outlook)
    return [
        {"label": _("School"), "value": frappe.db.get_value("School", decision.school, "school_name")},
        {"label": _("Induction began on"), "value": day(ect.start_date)},
        {
            "label": _("Terms to serve"),
            "value": terms(outlook.figures["required_terms"]),
            "why": reasons.get("required_terms"),
        },
        {
            "label": _("Terms served"),
            "value": terms(outlook.figures["terms_served"]),
            "why": reasons.get("terms_served"),
        },
        {"label": _("Induction tutor"), "value": frappe.utils.get_fullname(ect.induction_tutor)},
    ]


def _recommended(decision: Document, written: Written) -> list[Any]:
    """The headteacher's recommendation with its reasons."""
    final = next(
        (record for record in written.assessments if record.name == decision.formal_assessment), None
    )
    fields = ("recommendation", "extension_terms_proposed", "recommendation_reason")
    return blocks_of("Formal Assessment", final, fields) if final else []


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


def _voices(written: Written) -> list[Voice]:
    """What the ECT wrote on each record, the newest first."""
    records = [*written.assessments, *written.reviews, *written.observations, *written.plans]
    said = [(record, record.get("ect_comment") or record.get("ect_reflection")) for record in records]
    said.sort(key=lambda pair: pair[0].on, reverse=True)
    return [Voice(f"{record.what}, {day(record.on)}", record.href, text) for record, text in said if text]


def _papers(written: Written) -> list[tuple[str, list[Paper]]]:
    """Every record in full, by kind, the newest first."""
    groups = [
        (_("Formal assessments"), written.assessments),
        (_("Progress reviews"), written.reviews),
        (_("Observations"), written.observations),
        (_("Action plans"), written.plans),
    ]
    return [
        (heading, [_paper(record) for record in reversed(records)]) for heading, records in groups if records
    ]


def _paper(record: frappe._dict) -> Paper:
    sections = sections_of(kind_of(record.doctype), record)
    return Paper(record.what, record.on, record.href, record.verdict, record.mood, sections)


def _absences(decision: Document) -> list[frappe._dict]:
    if not frappe.has_permission("Absence"):
        return []
    rows = frappe.get_list(
        "Absence",
        filters={"ect": decision.ect},
        fields=["kind", "starts_on", "ends_on", "days", "extend"],
        order_by="starts_on desc",
        limit_page_length=0,
    )
    for row in rows:
        row.kind = absence_kind(row.kind).capitalize()
    return rows
