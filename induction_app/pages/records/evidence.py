"""What was recorded earlier: beside the box while someone writes, and all of it for the decision.

Everything is read with the rights of the person signed in.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from induction_app.page_kit.environment import day
from induction_app.pages.addresses import address_of
from induction_app.pages.records.reading import MOODS

if TYPE_CHECKING:
    from induction_app.pages.records.on_page import OnPage
    from induction_app.pages.records.steps import Step

_LATEST = 8  # entries beside a box: enough to remember by, few enough to read


@dataclass(frozen=True)
class Earlier:
    """Something that was recorded before."""

    what: str
    on: date | None
    href: str
    verdict: str = ""
    mood: str = ""
    text: str = ""


@dataclass(frozen=True)
class Beside:
    """What stands beside a box."""

    heading: str
    entries: list[Earlier]
    empty: str


@dataclass
class Written:
    """The records of one ECT that this person may read, oldest first, each with its rows by standard."""

    reviews: list[frappe._dict] = field(default_factory=list)
    assessments: list[frappe._dict] = field(default_factory=list)
    observations: list[frappe._dict] = field(default_factory=list)
    plans: list[frappe._dict] = field(default_factory=list)


def earlier_on_standard(on_page: "OnPage", step: "Step") -> Beside:
    """Earlier judgements, progress and observations of the standard that is being written on."""
    written = written_about(on_page.doc.ect, except_for=on_page.doc.name)
    code = step.code
    found = [
        *_on_standard(written.assessments, code, "judgement", "evidence"),
        *_on_standard(written.reviews, code, "progress", "evidence"),
        *_on_standard(written.observations, code, "", "note"),
        *_targets_on(written, code),
    ]
    return Beside(
        _("Earlier on this standard"),
        _newest_first(found)[:_LATEST],
        _("Nothing has been recorded on this standard before."),
    )


def since_last_review(on_page: "OnPage", step: "Step") -> Beside:
    """What was seen since the last review or assessment, and what that one said."""
    written = written_about(on_page.doc.ect, except_for=on_page.doc.name)
    before = [*written.reviews, *written.assessments]
    last = max(before, key=lambda record: record.on or date.min, default=None)
    since = last.on if last and last.on else None
    found = [_entry(record) for record in written.observations if not since or record.on >= since]
    if last:
        found.append(_entry(last))
    return Beside(
        _("Since the last review"), _newest_first(found)[:_LATEST], _("No observation has been recorded yet.")
    )


def earlier_observations(on_page: "OnPage", step: "Step") -> Beside:
    """Earlier observations, with the needs they named."""
    written = written_about(on_page.doc.ect, except_for=on_page.doc.name)
    found = _newest_first([_entry(record) for record in written.observations])
    return Beside(_("Earlier observations"), found[:_LATEST], _("This is the first observation recorded."))


def recent_concerns(on_page: "OnPage", step: "Step") -> Beside:
    """What reviews and assessments have said where progress was not satisfactory."""
    written = written_about(on_page.doc.ect, except_for=on_page.doc.name)
    late = [_entry(record) for record in (*written.reviews, *written.assessments) if record.mood == "late"]
    for record in (*written.reviews, *written.assessments):
        late += [
            Earlier(
                f"{record.what}: {row.standard}",
                record.on,
                record.href,
                _(row.verdict),
                "late",
                row.evidence or "",
            )
            for row in record.rows
            if MOODS.get(row.verdict) == "late"
        ]
    return Beside(
        _("Concerns recorded so far"),
        _newest_first(late)[:_LATEST],
        _("No review or assessment has named a concern."),
    )


def days_absent_since_last_assessment(doc: Document) -> tuple[float, str]:
    """School days absent that are recorded since the last assessment, and the day they are counted from."""
    last = frappe.get_all(
        "Formal Assessment",
        filters={"ect": doc.ect, "name": ("!=", doc.name), "meeting_on": ("is", "set")},
        pluck="meeting_on",
        order_by="meeting_on desc",
        limit=1,
    )
    since = last[0] if last else frappe.db.get_value("ECT", doc.ect, "start_date")
    filters: dict[str, Any] = {"ect": doc.ect}
    if since:
        filters["starts_on"] = (">=", since)
    days = frappe.get_list("Absence", filters=filters, pluck="days", limit_page_length=0)
    return sum(days), day(since)


def written_about(ect: str, except_for: str = "", plans: bool = False) -> Written:
    """Everything written about an ECT that this person may read, without action plans unless asked for.

    A fixed number of queries, however much there is.
    """
    return Written(
        reviews=_reports("Progress Review", ect, except_for),
        assessments=_reports("Formal Assessment", ect, except_for),
        observations=_observations(ect, except_for),
        plans=_plans(ect) if plans else [],
    )


_OF_A_REPORT = {
    "Progress Review": (
        "reviewed_on",
        "on_track",
        "evidence_summary",
        "standards",
        "Standard Progress",
        "progress",
    ),
    "Formal Assessment": (
        "meeting_on",
        "overall",
        "summary",
        "judgements",
        "Standard Judgement",
        "judgement",
    ),
}


def _reports(doctype: str, ect: str, except_for: str) -> list[frappe._dict]:
    from induction_app.pages.records.kinds import kind_of

    held_on, verdict, text, table, row_doctype, row_verdict = _OF_A_REPORT[doctype]
    if not frappe.has_permission(doctype):
        return []
    records = frappe.get_list(
        doctype,
        filters={
            "ect": ect,
            "name": ("!=", except_for),
            held_on: ("is", "set"),
            "stage": ("!=", "cancelled"),
        },
        fields=["*"],
        order_by=f"{held_on} asc",
        limit_page_length=0,
    )
    kind = kind_of(doctype)
    rows = _rows_of(row_doctype, records, table)
    targets = _rows_of("Development Target", records, "targets")
    for record in records:
        record[table] = rows[record.name]
        record.update(
            doctype=doctype,
            what=kind.title(record),
            on=getdate(record[held_on]),
            href=address_of(doctype, record.name),
            verdict=_(record[verdict] or ""),
            mood=MOODS.get(record[verdict], ""),
            said=record[text] or "",
            rows=[frappe._dict(row, verdict=row[row_verdict]) for row in rows[record.name]],
            targets=targets[record.name],
        )
    return records


def _observations(ect: str, except_for: str) -> list[frappe._dict]:
    if not frappe.has_permission("Observation"):
        return []
    records = frappe.get_list(
        "Observation",
        filters={"ect": ect, "name": ("!=", except_for), "stage": ("!=", "withdrawn")},
        fields=["*"],
        order_by="observed_on asc",
        limit_page_length=0,
    )
    rows = _rows_of("Observed Standard", records, "standards")
    for record in records:
        record.update(
            doctype="Observation",
            what=_("Observation"),
            on=getdate(record.observed_on),
            href=address_of("Observation", record.name),
            verdict="",
            mood="",
            said=record.development_needs or record.strengths or "",
            rows=rows[record.name],
            standards=rows[record.name],
            targets=[],
        )
    return records


def _plans(ect: str) -> list[frappe._dict]:
    if not frappe.has_permission("Action Plan"):
        return []
    plans = frappe.get_list(
        "Action Plan",
        filters={"ect": ect, "stage": ("!=", "withdrawn")},
        fields=["*"],
        order_by="raised_on asc",
        limit_page_length=0,
    )
    targets = _rows_of("Action Plan Target", plans, "targets")
    for plan in plans:
        plan.update(
            doctype="Action Plan",
            what=_("Action plan"),
            on=getdate(plan.raised_on),
            href=address_of("Action Plan", plan.name),
            verdict=_(plan.workflow_state),
            mood="",
            targets=targets[plan.name],
        )
    return plans


def _rows_of(doctype: str, records: list[frappe._dict], table: str) -> dict[str, list[frappe._dict]]:
    """Rows of many records' tables, in one query. The records themselves were read with the person's rights."""
    found = defaultdict(list)
    if records:
        names = [record.name for record in records]
        for row in frappe.get_all(
            doctype,
            filters={"parent": ("in", names), "parentfield": table},
            fields=["*"],
            order_by="parent, idx",
        ):
            found[row.parent].append(row)
    return found


def _entry(record: frappe._dict) -> Earlier:
    return Earlier(record.what, record.on, record.href, record.verdict, record.mood, record.said)


def _on_standard(records: list[frappe._dict], code: str, verdict: str, text: str) -> list[Earlier]:
    return [
        Earlier(
            record.what,
            record.on,
            record.href,
            _(row.get(verdict) or "") if verdict else "",
            MOODS.get(row.get(verdict), "") if verdict else "",
            row.get(text) or "",
        )
        for record in records
        for row in record.rows
        if row.standard == code and (row.get(text) or (verdict and row.get(verdict)))
    ]


def _targets_on(written: Written, code: str) -> list[Earlier]:
    return [
        Earlier(_("Target, {0}").format(record.what), record.on, record.href, text=target.target)
        for record in (*written.reviews, *written.assessments)
        for target in record.targets
        if target.standard == code
    ]


def _newest_first(entries: list[Earlier]) -> list[Earlier]:
    return sorted(entries, key=lambda entry: entry.on or date.min, reverse=True)
