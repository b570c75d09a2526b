"""The page of any record that is written, signed or decided: what it says, where it is, what to do."""

import frappe
from frappe import _
from frappe.utils import getdate

from induction_app.clock import today
from induction_app.page_kit import Page
from induction_app.pages.addresses import address_of, pdf_address
from induction_app.pages.cases import due_in_words
from induction_app.pages.records.history import history_of, signatures_of
from induction_app.pages.records.on_page import open_record
from induction_app.pages.records.task_list import task_groups
from induction_app.workflows.next_actors import people_who_may_act
from induction_app.workflows.stages import STAGES
from induction_app.workflows.way import way_of


class Record(Page):
    """One record, read by whoever may read it, with the buttons of whoever may act."""

    def title(self) -> str:
        return f"{self.on_page.title}: {self.on_page.subject}"

    def load(self) -> None:
        self.on_page = open_record(self.args)

    def get(self):
        on_page, doc = self.on_page, self.on_page.doc
        stage = STAGES[doc.doctype][doc.stage]
        moves = on_page.moves
        return {
            "on_page": on_page,
            "doc": doc,
            "stage": stage,
            "state": _(doc.workflow_state),
            "onward": [move for move in moves if move.goes_on],
            "otherwise": [move for move in moves if not move.goes_on],
            "task_groups": task_groups(on_page) if on_page.steps else [],
            "sections": [] if on_page.being_written else on_page.sections(),
            "waiting_for": self._waiting_for(),
            "way": way_of(doc),
            "due": due_in_words(getdate(doc.due_on) if doc.due_on else None),
            "due_why": self._due_why(),
            "signatures": signatures_of(doc),
            "history": history_of(doc),
            "pdf": pdf_address(doc.doctype, doc.name) if self._has_paper() else "",
            "not_yet": self._not_yet(),
        }

    def back(self) -> str:
        return address_of("ECT", self.on_page.doc.get("ect")) or "/"

    def _waiting_for(self) -> list[str]:
        """Names of the people whose turn it is."""
        if STAGES[self.on_page.doc.doctype][self.on_page.doc.stage].closed:
            return []
        return [frappe.utils.get_fullname(user) for user in people_who_may_act(self.on_page.doc)]

    def _due_why(self) -> dict | None:
        """The reasons of the date that is due, where the record keeps them."""
        due = str(self.on_page.doc.due_on or "")
        reasons = self.on_page.kind.reasons(self.on_page.doc)
        return next((why for why in reasons.values() if due and why.get("value") == due), None)

    def _has_paper(self) -> bool:
        from induction_app.documents.render import PAPERS

        doc = self.on_page.doc
        written = not self.on_page.being_written
        return written and (doc.doctype, "") in PAPERS and bool(doc.has_permission("print"))

    def _not_yet(self) -> str:
        """The day from which a report can be written, where that is still to come."""
        day = self.on_page.doc.get("available_from")
        return day if day and getdate(day) > today() else ""
