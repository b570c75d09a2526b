"""The general termly report for governors: figures of the school, small ones hidden, and nothing else."""

from urllib.parse import urlencode

import frappe
from frappe import _

from induction_app.documents.governor_report import check_may_read, governor_report
from induction_app.page_kit import Page
from induction_app.pages import governing

_PDF = "/api/method/induction_app.api.documents.governor_report"


class Governors(Page):
    def title(self) -> str:
        return _("Report to governors")

    def load(self) -> None:
        self.schools = governing.schools()
        self.school = governing.chosen(self.schools, self.args.get("school"))
        if not self.school:
            raise frappe.PermissionError
        check_may_read(self.school)
        self.terms = governing.terms(self.school)
        self.term = governing.chosen(self.terms, self.args.get("term"))

    def get(self):
        if not self.term:
            return {"report": None, "school_name": self.schools[self.school]}
        return {
            "report": governor_report(self.school, self.term),
            "school_name": self.schools[self.school],
            "schools": self.schools,
            "school": self.school,
            "terms": self.terms,
            "term": self.term,
            "pdf": f"{_PDF}?{urlencode({'school': self.school, 'academic_term': self.term})}",
        }
