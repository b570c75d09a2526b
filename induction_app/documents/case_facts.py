"""What several documents say about a case, taken from its records in plain values."""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate

from induction_app.clock import today
from induction_app.documents.wording import long_date
from induction_app.workflows.stages import STAGES

# How a signature's capacity reads in print, whatever the administrator calls the role.
_CAPACITIES = {
    "induction_tutor": "Induction tutor",
    "headteacher": "Headteacher",
    "ect": "Early career teacher",
    "mentor": "Mentor",
    "induction_coordinator": "Induction coordinator",
    "ab_officer": "Appropriate body",
    "ab_decision_maker": "Appropriate body",
}
_CODE_LENGTH = 12


def head(doc: Document, heading: str, about: str, reference: str | None = None) -> dict:
    """What a document says about itself: title, whom it is about, reference, confidentiality (2.79)."""
    school = school_name(doc.get("school"))
    return {
        "title": f"{heading}: {about}",
        "heading": heading,
        "about": about,
        "detail": school if school != about else "",
        "description": _("{0} of {1}").format(heading, about),
        "body": doc.get("appropriate_body") or "",
        "reference": reference or doc.name,
        "confidential": True,
        "printed_on": today(),
        "printed_for": person(frappe.session.user),
    }


def fact(label: str, value: object, important: bool = False) -> dict:
    """A row of a table of facts; dates are written out. Rows without a value are not printed."""
    text = long_date(value) if isinstance(value, date) else str(value or "")
    return {"label": label, "value": text, "important": important}


def day(value: date | str | None) -> date | None:
    """A date field's value as a date: a record not yet read back may hold text."""
    return getdate(value) if value else None


def person(user: str | None) -> str:
    """A person's name as in their account; nothing for nobody."""
    return frappe.utils.get_fullname(user) if user else ""


def school_name(school: str | None) -> str:
    """A school's name by its URN."""
    return (frappe.db.get_value("School", school, "school_name") or "") if school else ""


def standards_rows(rows: list[Document], judgement: str | None, text: str) -> list[dict]:
    """A row a standard, in the order of the standards; `judgement` and `text` name the child row's fields."""
    headings = {
        row.name: row
        for row in frappe.get_all("Teachers Standard", fields=["name", "code", "title", "part", "position"])
    }
    known = [row for row in rows if row.standard in headings]
    return [
        {
            "code": _standard_code(headings[row.standard]),
            "title": _(headings[row.standard].title),
            "judgement": _(row.get(judgement) or "") if judgement else None,
            "text": row.get(text),
        }
        for row in sorted(known, key=lambda row: headings[row.standard].position)
    ]


def target_rows(rows: list[Document]) -> list[dict]:
    """The agreed development targets as printed."""
    titles = {
        row.name: f"{_standard_code(row)} {_(row.title)}"
        for row in frappe.get_all("Teachers Standard", fields=["name", "code", "title", "part"])
    }
    return [
        {
            "standard": titles.get(row.standard),
            "target": row.target,
            "success_criteria": row.get("success_criteria"),
            "support": row.support,
            "by_when": day(row.by_when),
            "result": _(row.get("result") or ""),
        }
        for row in rows
    ]


def signature_lines(doc: Document) -> list[dict]:
    """A line for each signature the record needs, signed or not, then any a workflow has added (2.61)."""
    given = {signature.capacity: signature for signature in doc.signatures()}
    needed = [stage.signs for stage in STAGES[doc.doctype].values() if stage.signs]
    return [_signature_line(capacity, given.get(capacity)) for capacity in dict.fromkeys([*needed, *given])]


def _signature_line(capacity: str, signature: frappe._dict | None) -> dict:
    line = {
        "capacity": _(_CAPACITIES.get(capacity, capacity.replace("_", " ").capitalize())),
        "signed_at": None,
    }
    if not signature:
        return line
    code = signature.content_hash[:_CODE_LENGTH]
    both = frappe.db.get_value("Induction Signature", signature.name, "both_capacities")
    return {
        **line,
        "name": signature.person_name,
        "signed_at": signature.signed_at,
        "both_capacities": bool(cint(both)),
        "check_code": " ".join(code[i : i + 4] for i in range(0, _CODE_LENGTH, 4)),
    }


def _standard_code(standard: frappe._dict) -> str:
    return standard.code if standard.part == "One" else _("Part Two")
