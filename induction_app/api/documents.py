"""PDFs over HTTP: each call reads one record and answers with a file."""

import re

import frappe
from frappe import _

from induction_app.documents import render


@frappe.whitelist(methods=["GET"])
def pdf(doctype: str, name: str, kind: str = "") -> None:
    """Download a record as a PDF. Needs the right to read and print it; `kind` may be `certificate`."""
    _send(render.pdf_of(str(doctype), str(name), str(kind)), str(kind) or str(doctype), str(name))


@frappe.whitelist(methods=["GET"])
def governor_report(school: str, academic_term: str) -> None:
    """Download the governors' general report of a school for a term (paragraph 2.80)."""
    content = render.governor_report_pdf(str(school), str(academic_term))
    _send(content, _("Report to governors"), str(school))


def _send(content: bytes, what: str, name: str) -> None:
    filename = re.sub(r"[^\w. -]", "", f"{name} {what}").strip()
    frappe.local.response.filename = f"{filename}.pdf"
    frappe.local.response.filecontent = content
    frappe.local.response.type = "pdf"
    frappe.db.commit()  # the log of the download: the framework does not commit a GET
