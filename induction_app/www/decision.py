"""The page of a decision: the whole evidence for those who decide, the notice and the appeal for the others."""

import frappe

from induction_app.access.positions import capacities_of
from induction_app.documents.decision_papers import has_certificate
from induction_app.pages.addresses import pdf_address
from induction_app.pages.records.case_file import case_file_of, clock_of
from induction_app.pages.records.letter import notice_if_sent_today
from induction_app.pages.records.on_page import open_record
from induction_app.www.record import Record

_OF_THE_BODY = {"ab_officer", "ab_decision_maker", "administrator", "ab_colleague"}
_NOT_SENT_YET = ("considering", "checking")


class Decision(Record):
    """A record like the others, with what it is decided on."""

    def load(self) -> None:
        self.on_page = open_record({**self.args, "kind": "decisions"})

    def get(self):
        decision = self.on_page.doc
        for_the_body = bool(capacities_of() & _OF_THE_BODY)
        return {
            **super().get(),
            "clock": clock_of(decision),
            "case": case_file_of(decision) if for_the_body else None,
            "letter": None if decision.stage in _NOT_SENT_YET else notice_if_sent_today(decision),
            "letter_sent": bool(decision.notified_on),
            "certificate": self._certificate(),
        }

    def _certificate(self) -> str:
        """Where this person downloads the certificate, if there is one and they may have it."""
        decision = self.on_page.doc
        completed_on = frappe.db.get_value("ECT", decision.ect, "completed_on")
        if not (has_certificate(decision, completed_on) and decision.has_permission("print")):
            return ""
        return pdf_address(decision.doctype, decision.name, "certificate")
