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
from frappe.utils import flt

from induction_app.access.positions import SCHOOL, positions_of
from induction_app.access.rows import roles_with_permission
from induction_app.induction_case import registration, where_served
from induction_app.page_kit.environment import day
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
    needed: Callable[[Document], bool] = lambda ect: True

    def questions(self, ect: Document) -> list[Field]:
        """The questions this person may answer."""
        return [field for field in self.ask(ect) if cases.may_write(ect, field.name)]

    def missing(self, ect: Document) -> list[str]:
        """What the appropriate body still needs from this step."""
        asked = {name for name, _value, _text in self.tell(ect)}
        return [name for name in registration.missing(ect) if name in asked]

    def opened(self, ect: Document) -> bool:
        """Whether somebody has answered it: what a new record says by itself is nobody's answer."""
        if ect.stage != "drafting" or self.code in _saved(ect):
            return True
        return any(value and not _by_itself(ect, name, value) for name, value, _text in self.tell(ect))

    def finished(self, ect: Document) -> bool:
        """Whether it is answered as far as the appropriate body needs it."""
        return self.opened(ect) and not self.missing(ect)


def steps(ect: Document) -> list[Step]:
    """The steps of a registration, in the order in which they are asked."""
    return [step for step in _all_steps() if step.needed(ect)]


def _all_steps() -> list[Step]:
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
        Step(
            "earlier",
            _("Induction served before"),
            questions.ask_earlier,
            questions.tell_earlier,
            needed=lambda ect: ect.registration_type != registration.NEW,
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


def note_saved(ect: Document, code: str) -> None:
    """Remember that a step was answered, also where nothing was changed; the record is saved by the caller."""
    ect.steps_saved = " ".join(sorted({*_saved(ect), code}))


def _saved(ect: Document) -> set[str]:
    return set((ect.steps_saved or "").split())


def _by_itself(ect: Document, name: str, value: Any) -> bool:
    """Whether a value is the one that a new record begins with."""
    df = ect.meta.get_field(name)
    if df.fieldtype in ("Float", "Int", "Check"):
        return flt(value) == flt(df.default)
    return str(value) == str(df.default or "")


def step_named(code: str | None, ect: Document) -> Step:
    """The step of an address. Raises frappe.DoesNotExistError."""
    for step in steps(ect):
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
    for step in steps(ect):
        if step.finished(ect):
            status, mood = _("Completed"), ""
        else:
            status, mood = (_("Not finished"), "due") if step.opened(ect) else (_("Not started"), "going")
        rows.append({"text": step.title, "href": address(ect, step.code), "status": status, "mood": mood})
    return rows


def unfinished(ect: Document) -> list[Step]:
    """The steps from which something is still needed."""
    return [step for step in steps(ect) if not step.finished(ect)]


def after(step: Step, ect: Document) -> str:
    """Where the person goes when a step is saved: the next one, and from the last to check the answers."""
    codes = [each.code for each in steps(ect)]
    following = codes[codes.index(step.code) + 1 :]
    return address(ect, following[0] if following else "check")


def address(ect: Document, below: str = "") -> str:
    """An address of the registration's pages."""
    return "/".join(filter(None, ["/cases", ect.name, "registration", below]))


def answers(ect: Document) -> list[dict[str, Any]]:
    """Every answer, step by step, with the address at which to change it. What is optional and empty is left out.

    Only of the National Insurance number is it said that none was given: nobody at the school can look.
    """
    missing = set(registration.missing(ect))
    sections = []
    for step in steps(ect):
        rows = []
        for name, _value, text in step.tell(ect):
            seen = cases.may_read(ect, name) or cases.may_write(ect, name)
            if seen and not name.startswith("post_") and (text or name in missing):
                rows.append({"label": _label(ect, name), "value": text or ""})
        if step.code == "suitable-post":
            rows = _conditions(ect)
        sections.append({"title": step.title, "rows": rows, "href": f"{address(ect, step.code)}?then=check"})
    return sections


def returned(ect: Document) -> dict[str, str] | None:
    """Why, by whom and when a registration that the school has again came back."""
    if ect.stage != "returned" or not ect.return_reason:
        return None
    row = frappe.db.get_value(
        "Induction Event",
        {"reference_doctype": "ECT", "reference_name": ect.name, "stage": "returned", "event": "moved"},
        ["person_name", "happened_at"],
        order_by="happened_at desc",
        as_dict=True,
    )
    who = f"{row.person_name}, {day(row.happened_at)}" if row else ""
    return {"reason": ect.return_reason, "who": who}


def _conditions(ect: Document) -> list[dict[str, str]]:
    """The thirteen conditions in one row where all are met; else those that are not."""
    found = where_served.conditions()
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
