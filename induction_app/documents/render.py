"""The PDF of a record: checks the reader's rights, gathers what it says, sets it, and notes who took it."""

from collections.abc import Callable
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.access.view_log import add_view
from induction_app.documents import decision_papers, school_papers, typeset
from induction_app.documents import governor_report as governors


@dataclass(frozen=True)
class Paper:
    """A document that can be made of a record: its template, and what gathers its data."""

    template: str | Callable[[Document], str]
    gather: Callable[[Document], dict]

    def html(self, doc: Document) -> str:
        """The document as HTML, with what the record holds."""
        template = self.template if isinstance(self.template, str) else self.template(doc)
        return typeset.html(template, self.gather(doc), translate=_)


# By record type and kind; the kind "" is what a record's PDF is when nothing else is asked for.
PAPERS: dict[tuple[str, str], Paper] = {
    ("ECT", ""): Paper("registration.html", school_papers.registration),
    ("Observation", ""): Paper("observation.html", school_papers.observation),
    ("Progress Review", ""): Paper("progress_review.html", school_papers.progress_review),
    ("Formal Assessment", ""): Paper("formal_assessment.html", school_papers.formal_assessment),
    ("Action Plan", ""): Paper("action_plan.html", school_papers.action_plan),
    ("Induction Decision", ""): Paper(decision_papers.letter_template, decision_papers.decision_letter),
    ("Induction Decision", "certificate"): Paper("certificate.html", decision_papers.certificate),
}


def pdf_of(doctype: str, name: str, kind: str = "") -> bytes:
    """A record as a tagged PDF for the person signed in, with the fields they may read; logged as a download.

    `kind` is "" or, for a decision, "certificate". Raises frappe.PermissionError without the right to read
    and print the record, frappe.DoesNotExistError, and a sentence where there is no such document.
    """
    paper = PAPERS.get((doctype, kind))
    if not paper:
        frappe.throw(_("There is no PDF of this kind for {0}.").format(_(doctype)))
    doc = frappe.get_doc(doctype, name)
    doc.check_permission("read")
    doc.check_permission("print")
    doc.apply_fieldlevel_read_permissions()
    content = typeset.pdf(paper.html(doc))
    note_download(doctype, name, kind)
    return content


def letter_pdf(doc: Document, kind: str = "") -> bytes:
    """The letter the service sends by itself about a record, whoever's act brings it about. Not for downloads."""
    doc.flags.sent_by_service = True
    try:
        return typeset.pdf(PAPERS[doc.doctype, kind].html(doc))
    finally:
        doc.flags.sent_by_service = False


def governor_report_pdf(school: str, academic_term: str) -> bytes:
    """The governors' report of a school and term as a PDF, logged. Raises frappe.PermissionError."""
    governors.check_may_read(school)
    data = governors.governor_report(school, academic_term)
    content = typeset.pdf(typeset.html("governor_report.html", data, translate=_))
    note_download("School", school, "governors' report")
    return content


def note_download(doctype: str, name: str, kind: str) -> None:
    """Keep who took which paper away: ECTs are told who had access to their records (2.79)."""
    add_view(doctype, name)
    frappe.get_doc(
        {
            "doctype": "Access Log",
            "user": frappe.session.user,
            "export_from": doctype,
            "reference_document": name,
            "file_type": "PDF",
            "method": kind or "PDF",
        }
    ).insert(ignore_permissions=True)  # people may not write logs themselves
