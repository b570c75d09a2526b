"""The audit of a school's induction: what the QA officer is asked (paragraphs 5.8 to 5.11), and its text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.pages.records.kinds import Beginning, Kind
from induction_app.pages.records.questions import ask_choice, ask_day, ask_line, ask_text
from induction_app.pages.records.steps import RowsStep, Step

DOCTYPE = "QM Audit"
_ACTION = "school_action"  # a form keeps the name `action` for its buttons


@dataclass(frozen=True)
class FindingsStep(RowsStep):
    """Findings, each with the action that the school takes."""

    def values(self, doc: Document, row: str = "") -> dict[str, Any]:
        values = super().values(doc, row)
        return {**values, _ACTION: values["action"]}

    def keep(self, doc: Document, answers: Mapping[str, Any], row: str = "") -> None:
        super().keep(
            doc, {"action" if name == _ACTION else name: text for name, text in answers.items()}, row
        )


def _steps(doc: Document) -> list[Step]:
    return [
        Step(
            slug="plan",
            title=_("Kind and day"),
            heading=_("Kind and day of the audit"),
            fieldnames=("audit_type", "planned_on"),
            ask=_ask_plan,
        ),
        Step(
            slug="scope",
            title=_("What is looked at"),
            fieldnames=("scope",),
            ask=lambda on_page: [ask_text("scope", _("What will you look at?"), heading=True)],
            stages=("drafting", "visiting"),
            optional=True,
        ),
        Step(
            slug="visited",
            title=_("Day of the visit"),
            fieldnames=("visited_on",),
            ask=lambda on_page: [
                ask_day("visited_on", _("When did you visit, or review the records?"), heading=True)
            ],
            stages=("visiting", "reporting"),
        ),
        FindingsStep(
            slug="findings",
            title=_("Findings and actions"),
            heading=_("Findings and actions"),
            fieldnames=("findings",),
            stages=("visiting", "reporting", "following_up"),
            table="findings",
            row_noun=_("finding"),
            row_fields=("area", "finding", "action", "by_when", "done_on"),
            ask=_ask_finding,
            optional=True,
        ),
        Step(
            slug="judgement",
            title=_("Judgement"),
            fieldnames=("judgement",),
            ask=lambda on_page: [
                ask_choice(DOCTYPE, "judgement", _("What is your judgement?"), heading=True)
            ],
            stages=("visiting", "reporting"),
        ),
        Step(
            slug="report",
            title=_("Report"),
            fieldnames=("report",),
            ask=lambda on_page: [ask_text("report", _("What does the report say?"), heading=True, rows=14)],
            stages=("visiting", "reporting"),
        ),
    ]


def _ask_plan(on_page) -> list:
    return [
        ask_choice(
            DOCTYPE,
            "audit_type",
            _("What kind of audit is it?"),
            required=_("Select the kind of audit"),
        ),
        ask_day("planned_on", _("When is it planned for?"), required=_("Enter the day it is planned for")),
    ]


def _ask_finding(on_page) -> list:
    done = [ask_day("done_on", _("When was the action done?"))] if on_page.doc.stage == "following_up" else []
    return [
        ask_line("area", _("Which area is it about?"), required=_("Enter the area")),
        ask_text("finding", _("What did you find?"), rows=4, required=_("Enter what you found")),
        ask_text(_ACTION, _("What action does the school take?"), rows=3),
        ask_day("by_when", _("By when?")),
        *done,
    ]


def _ask_response(on_page) -> list:
    return [
        ask_text(
            "school_response",
            _("The school's response"),
            hint=_("What you will do, and what you see otherwise."),
        )
    ]


def _sections() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (
            _("The audit"),
            ("judgement", "audit_type", "planned_on", "visited_on", "qa_officer", "closed_on", "scope"),
        ),
        (_("Report"), ("report",)),
        (_("Findings and actions"), ("findings",)),
        (_("The school's response"), ("school_response",)),
    ]


KIND = Kind(
    doctype=DOCTYPE,
    noun=lambda: _("audit"),
    title=lambda doc: _("Quality audit: {0}").format(_(doc.audit_type).lower()),
    title_fields=("audit_type",),
    sections=_sections,
    steps=_steps,
    with_move={("school_response", "following_up"): _ask_response},
    meaning=lambda doc: {
        "visiting": _("The school can see from now on that the audit is under way."),
        "reporting": _("You then write the report. The school does not see it before you send it."),
        "school_response": _("The school then reads the report and responds."),
        "following_up": _("The actions are then followed up until they are done."),
        "closed": _("The audit is then complete."),
    },
    beginning=Beginning(
        title=lambda: _("Begin a quality audit"),
        lead=lambda: _(
            "You can stop after any page and come back. {0} sees nothing before the visit is set."
        ),
        ask=_ask_plan,
        values=lambda: {"qa_officer": frappe.session.user},
    ),
)
