"""The kinds of record these pages serve: their words, their text, their questions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from frappe.model.document import Document
from markupsafe import Markup

from induction_app.induction_case.rules import read_why
from induction_app.page_kit.fields import Field
from induction_app.pages.records.steps import Step
from induction_app.workflows.moves import Move

Asking = Callable[..., list[Field]]
Meanings = dict[str | tuple[str, str], str]


@dataclass(frozen=True)
class Beginning:
    """How a record is begun by hand: the page's title, a sentence, what is asked, and what is known."""

    title: Callable[[], str]
    lead: Callable[[], str]
    ask: Asking
    values: Callable[[], dict[str, Any]] = dict


@dataclass(frozen=True)
class Kind:
    """One type of record. `sections` (a heading, and fields) and `steps` are in the order of reading and asking."""

    doctype: str
    noun: Callable[[], str]
    title: Callable[[Document], str]
    sections: Callable[[], list[tuple[str, tuple[str, ...]]]]
    steps: Callable[[Document], list[Step]]
    #: Questions asked together with an action, by the stages it leads from and to (to none: wherever it leads).
    with_move: dict[tuple[str, str | None], Asking] = field(default_factory=dict)
    #: What taking an action means, in a sentence with a place for the ECT's name, by the stage it leads to, or
    #: by the stages it leads from and to.
    meaning: Callable[[Document], Meanings] = lambda doc: {}
    #: The wording of what an action sends out, to be read before it goes.
    preview: Callable[[Document, Move], Markup | None] = lambda doc, move: None
    #: Which completed example helps to write this record.
    example: Callable[[Document], str] = lambda doc: ""

    #: The fields that a title is made of.
    title_fields: tuple[str, ...] = ()

    #: How one is begun, where people begin it; the schedule makes the others.
    beginning: Beginning | None = None

    def reasons(self, record: Mapping[str, Any]) -> dict[str, dict]:
        """Why each computed figure is what it is, by field name."""
        return read_why(record)


def kind_of(doctype: str) -> Kind:
    """The kind of a record type."""
    return kinds_by_type()[doctype]


def kinds_by_type() -> dict[str, Kind]:
    """The kinds by their record types."""
    return {kind.doctype: kind for kind in kinds().values()}


def kinds() -> dict[str, Kind]:
    """The kinds by the first part of their addresses."""
    from induction_app.pages.records import assessment, audit, decision, observation, plan, review

    return {
        "reviews": review.KIND,
        "assessments": assessment.KIND,
        "observations": observation.KIND,
        "plans": plan.KIND,
        "decisions": decision.KIND,
        "audits": audit.KIND,
    }
