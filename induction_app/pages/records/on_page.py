"""The record a page is about: found by its address, checked for reading, logged as seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.pages.addresses import address_of
from induction_app.pages.cases import log_view
from induction_app.pages.records.kinds import Kind, kinds
from induction_app.pages.records.reading import Passage, Section, blocks_of
from induction_app.pages.records.steps import Step
from induction_app.workflows.moves import Move, is_being_written, moves_for, open_fields
from induction_app.workflows.stages import EVERY_FIELD


@dataclass
class OnPage:
    """A record with what its pages need to know about it."""

    kind: Kind
    doc: Document

    @cached_property
    def ect(self) -> frappe._dict:
        """Names and figures of the ECT the record is about; empty for a record about a school."""
        wanted = ["name", "full_name", "first_name", "school", "start_date", "terms_served", "required_terms"]
        named = self.doc.get("ect")
        return frappe.db.get_value("ECT", named, wanted, as_dict=True) if named else frappe._dict()

    @property
    def title(self) -> str:
        return self.kind.title(self.doc)

    @property
    def subject(self) -> str:
        """Whom or what the record is about."""
        return self.doc.get("ect_name") or self.doc.get("school_name") or self.doc.name

    def address(self, *below: str) -> str:
        return address_of(self.doc.doctype, self.doc.name, *below)

    @cached_property
    def moves(self) -> list[Move]:
        """The actions this person may take now."""
        return moves_for(self.doc)

    @cached_property
    def being_written(self) -> bool:
        """Whether this person writes the whole record now."""
        return is_being_written(self.doc)

    @cached_property
    def steps(self) -> list[Step]:
        """The questions this person may answer now, in order."""
        open_now = open_fields(self.doc)
        return [
            step
            for step in self.kind.steps(self.doc)
            if self.doc.stage in step.stages
            and step.needed(self.doc)
            and (open_now is EVERY_FIELD or set(step.fieldnames) <= set(open_now))
        ]

    def sections(self) -> list[Section]:
        """The whole text of the record, to be read."""
        return sections_of(self.kind, self.doc)

    def answers(self, back_to: str) -> list[Section]:
        """The answers to each question that can be changed now, with the address at which to change it.

        The questions of an optional group that nobody has answered stand together, not one by one.
        """
        blank = [step for step in self.steps if step.optional and step.group and step.blank(self.doc)]
        found = [
            self._answer(step, step.title, step.blocks(self.doc), back_to)
            for step in self.steps
            if step not in blank
        ]
        if blank:
            whole = all(step in blank for step in self.steps if step.group == blank[0].group)
            heading = blank[0].group if whole else _("{0}: the others").format(blank[0].group)
            found.append(self._answer(blank[0], heading, [Passage("", "")], back_to))
        return found

    def _answer(self, step: Step, heading: str, blocks: list[Any], back_to: str) -> Section:
        return Section(heading, blocks, f"{self.address('write', step.slug)}?then={back_to}")


def sections_of(kind: Kind, record: Mapping[str, Any]) -> list[Section]:
    """The text of a record of a kind, under its headings: a Document, or a row with its tables filled in."""
    reasons = kind.reasons(record)
    found = []
    for heading, fieldnames in kind.sections():
        if blocks := blocks_of(kind.doctype, record, fieldnames, reasons):
            found.append(Section(heading, blocks))
    return found


def open_record(args: Mapping[str, Any]) -> OnPage:
    """The record that an address such as `/reviews/PR-000012` names.

    Raises frappe.DoesNotExistError for an address of nothing, frappe.PermissionError for a record of others.
    """
    kind, name = kinds().get(args.get("kind") or ""), args.get("record")
    if not kind or not name:
        raise frappe.DoesNotExistError
    doc = frappe.get_doc(kind.doctype, name)
    doc.check_permission("read")
    log_view(kind.doctype, name)
    return OnPage(kind, doc)
