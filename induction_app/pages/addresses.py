"""The address of every record's page: the same scheme for task lists, mails and links."""

from urllib.parse import quote

ROOTS = {
    "ECT": "/cases",
    "Progress Review": "/reviews",
    "Formal Assessment": "/assessments",
    "Observation": "/observations",
    "Action Plan": "/plans",
    "Induction Decision": "/decisions",
    "QM Audit": "/audits",
    "Absence": "/absences",
    "School": "/schools",
    "School Registration": "/schools/requests",
}


def address_of(doctype: str | None, name: str | None, *below: str) -> str:
    """The page of a record, such as `/reviews/PR-000012`; empty where a record type has no page."""
    if doctype not in ROOTS or not name:
        return ""
    return "/".join([ROOTS[doctype], *(quote(part, safe="") for part in (name, *below))])


def pdf_address(doctype: str, name: str, kind: str = "") -> str:
    """Where the PDF of a record is downloaded; `kind` may be `certificate`."""
    address = f"/api/method/induction_app.api.documents.pdf?doctype={quote(doctype)}&name={quote(name)}"
    return f"{address}&kind={quote(kind)}" if kind else address
