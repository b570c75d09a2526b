"""What a mail may say: the words an administrator can use in a text, and nothing confidential.

A text gets these facts, not the record: whoever reads the mail learns that a record waits, is due or has
arrived, and signs in to read it. The letter that gives notice of a decision goes along as a PDF.
"""

from collections.abc import Mapping
from datetime import date

from frappe import _
from frappe.utils import cint, get_url, get_url_to_form, getdate

from induction_app.correspondence.recipients import Directory, Recipient
from induction_app.documents.wording import long_date
from induction_app.pages.addresses import address_of
from induction_app.workflows.stages import STAGES

_ASSESSMENTS = {
    "First": "First formal assessment",
    "Final": "Final assessment",
    "Interim": "Interim assessment",
}

# Each word with its meaning, in the order of the administrator's page.
WORDS = {
    "name": "the name of the person the mail goes to",
    "ect_name": "the name of the ECT",
    "school": "the name of the school",
    "appropriate_body": "the name of the appropriate body",
    "record": "what the mail is about, for example Progress review, term 2",
    "reference": "the reference of the record",
    "state": "where the record is in its workflow, as you have named it",
    "task": "what the person whose turn it is does",
    "due": "the day it is due, as 1 September 2025",
    "days": "the number of days to or since that day",
    "when": "the same in words: in 14 days, today, 3 days ago",
    "paragraph": "the paragraph of the guidance the date comes from",
    "extension_days": "days by which absence extends the induction",
    "link": "the address of the record, for people who can sign in",
}


def facts_for(record: Mapping, recipient: Recipient, directory: Directory, on: date) -> dict[str, str]:
    """The words a text can use for one record and one recipient, as plain unescaped text."""
    due = getdate(record["due_on"]) if record.get("due_on") else None
    ect, body = directory.ect_of(record), directory.body_of(record)
    stage = STAGES.get(directory.doctype, {}).get(record.get("stage"))
    days = (due - on).days if due else 0
    return {
        "name": recipient.name,
        "ect_name": ect.full_name or "",
        "school": directory.school_of(record).school_name or "",
        "appropriate_body": body.ab_name or "",
        "record": record_label(directory.doctype, record),
        "reference": record["name"],
        "state": _(record.get("workflow_state") or ""),
        "task": _(stage.task) if stage else "",
        "due": long_date(due),
        "days": str(abs(days)),
        "when": _in_words(days) if due else "",
        "paragraph": record.get("due_paragraph") or "",
        "extension_days": str(cint(ect.absence_extension_days)),
        "link": link_to(directory.doctype, record["name"]),
    }


def record_label(doctype: str, record: Mapping) -> str:
    """What people call a record, for example `Final assessment`."""
    if doctype == "Progress Review" and record.get("term_number"):
        return _("Progress review, term {0}").format(record["term_number"])
    if doctype == "Formal Assessment" and record.get("assessment_type"):
        return _(_ASSESSMENTS[record["assessment_type"]])
    if doctype == "ECT":
        return _("Registration")
    if doctype == "QM Audit":
        return _("Quality audit")
    return _(doctype).capitalize()


def link_to(doctype: str, name: str) -> str:
    """The full address of a record's page; a record type without one is read in Desk."""
    page = address_of(doctype, name)
    return get_url(page) if page else get_url_to_form(doctype, name)


def _in_words(days: int) -> str:
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    return _("in {0} days").format(days) if days > 0 else _("{0} days ago").format(-days)
