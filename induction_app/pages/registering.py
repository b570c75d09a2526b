"""The steps of a registration: what each asks, what it saves, and how far a registration has come.

Rules are not here: the record's controller refuses what is wrong as soon as a step is saved, and
`registration.missing` says what the appropriate body still needs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.access.positions import SCHOOL, positions_of
from induction_app.access.rows import roles_with_permission
from induction_app.induction_case import registration
from induction_app.page_kit.fields import Field
from induction_app.pages import cases
from induction_app.pages import registration_questions as questions
from induction_app.prepared import asked, prepared
from induction_app.workflows.moves import may_edit


@dataclass(frozen=True)
class Step:
    """One page of the registration: its place in the address, its heading, its questions and its answers."""

    code: str
    title: str
    ask: Callable[[Document], list[Field]]
    tell: Callable[[Document], list[questions.Told]]
    hint: str = ""

    def questions(self, ect: Document) -> list[Field]:
        """The questions this person may answer."""
        return [field for field in self.ask(ect) if cases.may_write(ect, field.name)]

    def missing(self, ect: Document) -> list[str]:
        """What the appropriate body still needs from this step."""
        asked = {name for name, _value, _text in self.tell(ect)}
        return [name for name in registration.missing(ect) if name in asked]


def steps() -> list[Step]:
    """All steps, in the order in which they are asked."""
    return [
        Step(
            "name",
            _("Name"),
            questions.ask_name,
            questions.tell_name,
            _("As the Teaching Regulation Agency has it."),
        ),
        Step("email", _("Email address"), questions.ask_email, questions.tell_email),
        Step(
            "identity",
            _("Date of birth and teacher reference number"),
            questions.ask_identity,
            questions.tell_identity,
        ),
        Step(
            "qualification",
            _("Qualified teacher status"),
            questions.ask_qualification,
            questions.tell_qualification,
        ),
        Step(
            "induction",
            _("Start of induction and appropriate body"),
            questions.ask_induction,
            questions.tell_induction,
        ),
        Step("post", _("Contract and hours"), questions.ask_post, questions.tell_post),
        Step("programme", _("Training programme"), questions.ask_programme, questions.tell_programme),
        Step("people", _("Induction tutor and mentor"), questions.ask_people, questions.tell_people),
        Step(
            "suitable-post",
            _("Suitable post"),
            questions.ask_conditions,
            questions.tell_conditions,
            _("The thirteen conditions of paragraph 2.18. Tick each one that the post meets."),
        ),
    ]


def step_named(code: str | None) -> Step:
    """The step of an address. Raises frappe.DoesNotExistError."""
    for step in steps():
        if step.code == code:
            return step
    raise frappe.DoesNotExistError


def is_open(ect: Document) -> bool:
    """Whether the person signed in may still fill this registration in for the school."""
    return ect.stage not in ("ab_check", "registered", "withdrawn") and may_edit(ect)


def schools() -> list[tuple[str, str]]:
    """The schools this person may register ECTs at: URN and name of each."""
    roles = roles_with_permission("ECT", "create")
    urns = {p.school for p in positions_of() if p.scope == SCHOOL and p.role in roles}
    rows = _names_of_schools(urns=tuple(urns)) if urns else []
    return [(row.name, row.school_name) for row in rows]


@prepared
def _names_of_schools():
    school = frappe.qb.DocType("School")
    query = frappe.qb.from_(school).select(school.name, school.school_name)
    return query.where(school.name.isin(asked("urns"))).orderby(school.school_name)


def task_rows(ect: Document) -> list[dict[str, str]]:
    """The steps as a task list, each with how far it has come."""
    rows = []
    for step in steps():
        missing, told = step.missing(ect), [name for name, value, _text in step.tell(ect) if value]
        if not missing:
            status, mood = _("Completed"), ""
        else:
            status, mood = (_("Not finished"), "due") if told else (_("Not started"), "going")
        rows.append({"text": step.title, "href": address(ect, step.code), "status": status, "mood": mood})
    return rows


def unfinished(ect: Document) -> list[Step]:
    """The steps from which something is still needed."""
    return [step for step in steps() if step.missing(ect)]


def after(step: Step, ect: Document) -> str:
    """Where the person goes when a step is saved: the next one, and from the last to check the answers."""
    codes = [each.code for each in steps()]
    following = codes[codes.index(step.code) + 1 :]
    return address(ect, following[0] if following else "check")


def address(ect: Document, below: str = "") -> str:
    """An address of the registration's pages."""
    return "/".join(filter(None, ["/cases", ect.name, "registration", below]))


def answers(ect: Document) -> list[dict[str, Any]]:
    """Every answer, step by step, with the address at which to change it. What is optional and empty is left out."""
    missing = set(registration.missing(ect))
    sections = []
    for step in steps():
        rows = []
        for name, value, text in step.tell(ect):
            seen = cases.may_read(ect, name) or cases.may_write(ect, name)
            if seen and not name.startswith("post_") and (value or name in missing):
                rows.append({"label": _label(ect, name), "value": text if value else ""})
        if step.code == "suitable-post":
            rows = _conditions(ect)
        sections.append({"title": step.title, "rows": rows, "href": f"{address(ect, step.code)}?then=check"})
    return sections


def _conditions(ect: Document) -> list[dict[str, str]]:
    """The thirteen conditions in one row where all are met; else those that are not."""
    found = registration.conditions(ect)
    unmet = [df for df in found if not ect.get(df.fieldname)]
    if not unmet:
        return [
            {"label": _("Conditions"), "value": _("All {0} of paragraph 2.18 are met").format(len(found))}
        ]
    return [
        {
            "label": _("Conditions"),
            "value": _("{0} of {1} ticked").format(len(found) - len(unmet), len(found)),
        },
        {"label": _("Not ticked"), "value": "; ".join(_(df.label) for df in unmet)},
    ]


def _label(ect: Document, name: str) -> str:
    return _("Hours") if name == "fte" else _(ect.meta.get_label(name))
