"""What the appropriate body's own papers say: the letter that gives notice of a decision, and the certificate."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from induction_app.access.positions import people_in
from induction_app.clock import today
from induction_app.documents import case_facts as case
from induction_app.documents.case_facts import day, fact, person
from induction_app.documents.wording import address_lines, long_date, terms
from induction_app.induction_case.decisions import outcome_of
from induction_app.induction_case.history import DECIDED, history_of
from induction_app.induction_case.outlook import Outlook, work_out

_HEADINGS = {
    "Pass": "Statutory induction: completed satisfactorily",
    "Extension": "Statutory induction: your induction period is extended",
    "Fail": "Statutory induction: not completed satisfactorily",
}
_LETTERS = {"Pass": "decision_pass", "Extension": "decision_extension", "Fail": "decision_fail"}


def letter_template(decision: Document) -> str:
    """The letter of a decision's outcome. Raises a sentence while there is no decision."""
    if not decision.outcome:
        frappe.throw(_("There is no letter yet: {0} has no decision.").format(decision.name))
    return f"{_LETTERS[decision.outcome]}.html"


def decision_letter(decision: Document) -> dict:
    """Notice of a decision (2.69), with the right of appeal for an extension or a fail (2.70)."""
    ect = _ect_of(decision)
    body = frappe.get_doc("Appropriate Body", decision.appropriate_body)
    settings = frappe.get_cached_doc("Induction Settings")
    title_and_name = [ect.salutation_title, ect.first_name, ect.last_name]
    return {
        "document": {
            **case.head(decision, _(_HEADINGS[decision.outcome]), ect.full_name),
            "body": body.ab_name,
            "printed_on": None,
            "printed_for": "",
        },
        "body_address": _without_name(body.address, body.ab_name),
        "body_contact": address_lines(body.phone, body.email),
        "dated": day(decision.notified_on),
        "decided_on": day(decision.decided_on),
        "trn": ect.get("trn"),
        "addressee": [" ".join(part for part in title_and_name if part), *_school_address(decision.school)],
        "salutation": f"{ect.salutation_title} {ect.last_name}" if ect.salutation_title else ect.full_name,
        "served": [
            fact(_("School"), case.school_name(decision.school)),
            fact(_("Induction began on"), day(ect.start_date)),
            *_service(decision),
            fact(_("Headteacher’s recommendation"), _(decision.recommendation or "")),
        ],
        "reasons": decision.reasons,
        "signatory_name": body.signatory_name or person(decision.decided_by),
        "signatory_title": body.signatory_title,
        "copies": _copies(decision.school),
        "appeals_body": settings.appeals_body_name,
        "appeals_address": _without_name(settings.appeals_body_address, settings.appeals_body_name),
        "appeals_email": settings.appeals_body_email,
        "notice_received_on": day(decision.notice_received_on),
        "appeal_closes_on": day(decision.appeal_closes_on),
        "complete_later_on": day(_completion(decision)) if _completes_later(decision) else None,
        "extension_terms": decision.extension_terms,
        "extension_assessment": decision.extension_assessment,
        "ask_at": _(" at {0}").format(body.email) if body.email else "",
    }


def outlook_of(decision: Document) -> Outlook:
    """The induction as it was decided on, today before that: always the same in letter and page.

    Before the extension of this decision, if it gives one. A pass or a fail is about the whole induction, up to
    its last day, which may be to come.
    """
    history = history_of(decision.ect).undecided(decision.name)
    on = _decided_on(decision)
    found = work_out(replace(history, as_of=on))
    if decision.outcome in DECIDED and found.complete_on and found.complete_on > on:
        return work_out(replace(history, as_of=found.complete_on))
    return found


def _decided_on(decision: Document) -> date:
    return getdate(decision.decided_on) if decision.decided_on else today()


def _completion(decision: Document) -> date | None:
    """The last day of the induction that was passed or failed (2.65)."""
    return outlook_of(decision).complete_on if decision.outcome in DECIDED else None


def _completes_later(decision: Document) -> bool:
    """Whether a pass or a fail was decided before the last day of induction."""
    complete = _completion(decision)
    return bool(complete) and complete > _decided_on(decision)


def _service(decision: Document) -> list[dict]:
    """The terms served, and the last day of induction; where that was to come when it was decided, it says so."""
    served, complete = outlook_of(decision).figures["terms_served"], _completion(decision)
    number = terms(served) if served else ""
    if not complete:
        return [fact(_("Terms served"), number)]
    if _completes_later(decision):
        return [
            fact(_("Induction is complete on"), day(complete)),
            fact(_("Terms served by that day"), number),
        ]
    return [fact(_("Induction was complete on"), day(complete)), fact(_("Terms served"), number)]


def has_certificate(decision: Mapping[str, Any], completed_on: date | str | None) -> bool:
    """Whether induction was completed with notice of a pass, by decision or on appeal, and its last day has come."""
    return _is_passed(decision) and (not completed_on or getdate(completed_on) <= today())


def _is_passed(decision: Mapping[str, Any]) -> bool:
    return outcome_of(decision) == "Pass" and decision.get("stage") == "closed"


def certificate(decision: Document) -> dict:
    """The certificate of completed induction. Raises a sentence before notice of a pass has been given."""
    if not _is_passed(decision):
        frappe.throw(_("There is no certificate: induction has not been completed with notice of a pass."))
    ect = _ect_of(decision)
    if not has_certificate(decision, ect.completed_on):
        frappe.throw(
            _("There is no certificate yet: induction is complete on {0} (paragraph 2.65).").format(
                long_date(ect.completed_on)
            )
        )
    body = frappe.get_doc("Appropriate Body", decision.appropriate_body)
    names = [ect.first_name, ect.middle_names, ect.last_name]
    return {
        "document": {
            **case.head(decision, _("Certificate of completed induction"), ect.full_name),
            "body": body.ab_name,
        },
        "holder": " ".join(name for name in names if name),
        "school": case.school_name(decision.school),
        "completed_on": day(ect.completed_on) or day(decision.decided_on),
        "decided_on": day(decision.appeal_decided_on) or day(decision.decided_on),
        "signatory_name": body.signatory_name or person(decision.decided_by),
        "signatory_title": body.signatory_title,
        "trn": ect.get("trn"),
    }


def _ect_of(decision: Document) -> Document:
    """The ECT with the fields that the reader may read; with all of them in a letter the service sends."""
    ect = frappe.get_doc("ECT", decision.ect)
    if not decision.flags.sent_by_service:
        ect.apply_fieldlevel_read_permissions()
    return ect


def _school_address(school: str) -> list[str]:
    place = frappe.db.get_value(
        "School", school, ["school_name", "street", "locality", "town", "postcode"], as_dict=True
    )
    return address_lines(*place.values()) if place else []


def _copies(school: str) -> list[str]:
    heads = [_("{0}, headteacher").format(person(user)) for user in people_in("headteacher", school=school)]
    employer = frappe.db.get_value("School", school, "employer_name")
    return [*heads, *([_("{0}, employer").format(employer)] if employer else [])]


def _without_name(address: str | None, name: str | None) -> list[str]:
    """The lines of the address after the name, which letters print above it."""
    lines = address_lines(address)
    return lines[1:] if lines and name and lines[0].casefold() == name.casefold() else lines
