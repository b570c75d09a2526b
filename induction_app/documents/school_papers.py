"""What the school's papers say: registration, observation, review, assessment and action plan."""

from frappe import _
from frappe.model.document import Document

from induction_app.documents import case_facts as case
from induction_app.documents.case_facts import day, fact, person
from induction_app.documents.wording import number, terms

_ASSESSMENTS = {
    "First": "First formal assessment",
    "Final": "Final assessment",
    "Interim": "Interim assessment",
}
_RECOMMENDATIONS = {
    "Satisfactory": "Performance against the Teachers’ Standards is satisfactory",
    "Unsatisfactory": "Performance against the Teachers’ Standards is unsatisfactory",
    "Extension": "An extension of the induction period should be considered",
}


def registration(ect: Document) -> dict:
    """The registration of an ECT (2.9 to 2.13), with what the reader may see of the person."""
    return {
        "document": case.head(ect, _("Registration for induction"), ect.full_name),
        "status": [
            fact(_("State"), _(ect.workflow_state), important=True),
            fact(_("Induction status"), _(ect.induction_status)),
            fact(_("Registered on"), day(ect.registered_on)),
            fact(_("Registered by"), person(ect.registered_by)),
        ],
        "groups": [
            {"heading": _("The early career teacher"), "rows": _person_rows(ect)},
            {"heading": _("The post"), "rows": _post_rows(ect)},
            {"heading": _("Length of induction"), "rows": _length_rows(ect)},
        ],
        "conditions": [
            {"condition": _(df.label), "met": bool(ect.get(df.fieldname))}
            for df in ect.meta.fields
            if df.fieldname.startswith("post_") and df.fieldtype == "Check"
        ],
        "return_reason": ect.return_reason,
    }


def observation(doc: Document) -> dict:
    """Written feedback on an observation (2.46 and 2.47)."""
    holds_qts = _("{0}, who holds qualified teacher status").format(person(doc.observer))
    return {
        "document": case.head(doc, _("Observation"), doc.ect_name),
        "facts": [
            fact(_("Observed on"), day(doc.observed_on)),
            fact(_("Observer"), holds_qts if doc.observer_holds_qts == "Yes" else person(doc.observer)),
            fact(_("Other observers"), doc.joint_observers),
            fact(_("Class and subject"), doc.lesson),
            fact(_("Review meeting"), day(doc.review_meeting_on)),
            fact(_("Written feedback given"), day(doc.feedback_on)),
        ],
        "focus": doc.focus,
        "standards": case.standards_rows(doc.standards, None, "note"),
        "strengths": doc.strengths,
        "development_needs": doc.development_needs,
        "next_steps": doc.next_steps,
        "ect_reflection": doc.ect_reflection,
    }


def progress_review(doc: Document) -> dict:
    """A termly progress review with its signatures (2.48 to 2.54)."""
    return {
        "document": case.head(doc, _("Progress review, term {0}").format(doc.term_number), doc.ect_name),
        "facts": [
            fact(_("Review meeting"), day(doc.reviewed_on)),
            fact(_("Written by"), person(doc.reviewer)),
            *_report_rows(doc),
        ],
        "on_track": _(doc.on_track or ""),
        "evidence_summary": doc.evidence_summary,
        "standards": case.standards_rows(doc.standards, "progress", "evidence"),
        "support_plan": doc.support_plan,
        "targets": case.target_rows(doc.targets),
        "ect_comment": doc.ect_comment,
        "signatures": case.signature_lines(doc),
        "version": doc.version,
    }


def formal_assessment(doc: Document) -> dict:
    """A formal assessment against the Teachers' Standards with its signatures (2.55 to 2.63)."""
    capacity = {"headteacher": _("{0}, as headteacher"), "induction_tutor": _("{0}, as induction tutor")}
    assessed_by = capacity.get(doc.assessor_capacity, "{0}").format(person(doc.assessor))
    return {
        "document": case.head(doc, _(_ASSESSMENTS[doc.assessment_type]), doc.ect_name),
        "facts": [
            fact(_("Assessment meeting"), day(doc.meeting_on)),
            fact(_("Assessed by"), assessed_by),
            fact(_("Terms served"), terms(doc.terms_served) if doc.terms_served else ""),
            fact(_("Days absent since the last assessment"), number(doc.days_absent or 0)),
            *_report_rows(doc),
        ],
        "overall": _(doc.overall or ""),
        "judgements": case.standards_rows(doc.judgements, "judgement", "evidence"),
        "summary": doc.summary,
        "support_plan": doc.support_plan,
        "targets": case.target_rows(doc.targets),
        "recommendation": _recommendation(doc),
        "recommendation_reason": doc.recommendation_reason,
        "ect_comment": doc.ect_comment,
        "signatures": case.signature_lines(doc),
        "version": doc.version,
    }


def action_plan(doc: Document) -> dict:
    """The support plan of an ECT who is not on track (4.1 to 4.6)."""
    return {
        "document": case.head(doc, _("Action plan"), doc.ect_name),
        "facts": [
            fact(_("State"), _(doc.workflow_state), important=True),
            fact(_("Raised on"), day(doc.raised_on)),
            fact(_("Raised by"), person(doc.raised_by)),
            fact(_("Shared with the ECT on"), day(doc.shared_with_ect_on)),
            fact(_("Review meeting"), day(doc.review_on)),
            fact(_("Closed on"), day(doc.closed_on)),
        ],
        "concern": doc.concern,
        "targets": case.target_rows(doc.targets),
        "ect_comment": doc.ect_comment,
        "review_notes": doc.review_notes,
    }


def _report_rows(doc: Document) -> list[dict]:
    return [
        fact(_("State"), _(doc.workflow_state)),
        fact(_("Due"), day(doc.scheduled_for)),
        fact(_("Sent to the appropriate body"), day(doc.submitted_on)),
        fact(_("Received by the appropriate body"), day(doc.received_on)),
        fact(_("Reason not required"), doc.cancelled_reason),
    ]


def _recommendation(doc: Document) -> str:
    text = _(_RECOMMENDATIONS.get(doc.recommendation, ""))
    if doc.recommendation == "Extension" and doc.extension_terms_proposed:
        return _("{0}: {1} proposed").format(text, terms(doc.extension_terms_proposed))
    return text


def _person_rows(ect: Document) -> list[dict]:
    """Date of birth, TRN and award are in the record only where the reader may see them."""
    names = [ect.salutation_title, ect.first_name, ect.middle_names, ect.last_name]
    return [
        fact(_("Name"), " ".join(name for name in names if name)),
        fact(_("Email"), ect.email),
        fact(_("Date of birth"), day(ect.get("date_of_birth"))),
        fact(_("Teacher reference number"), ect.get("trn")),
        fact(_("Qualified teacher status awarded"), day(ect.get("qts_awarded_on"))),
        fact(_("Registration"), _(ect.registration_type)),
        fact(_("Served before, as the school says"), _said_before(ect)),
    ]


def _said_before(ect: Document) -> str:
    said = terms(ect.terms_said_served) if ect.get("terms_said_served") else ""
    return ", ".join(part for part in (said, ect.get("served_before_at")) if part)


def _post_rows(ect: Document) -> list[dict]:
    contract = _("{0}, full-time equivalent {1}").format(_(ect.contract), number(ect.fte))
    return [
        fact(_("School"), _("{0}, URN {1}").format(case.school_name(ect.school), ect.school)),
        fact(_("Contract"), contract),
        fact(
            _("Year groups and subject"), ", ".join(part for part in (ect.year_groups, ect.subject) if part)
        ),
        fact(_("Induction starts on"), day(ect.start_date)),
        fact(_("Training programme"), _(ect.programme_type)),
        fact(_("Training provider"), ect.training_provider),
        fact(_("Induction tutor"), person(ect.induction_tutor)),
        fact(_("Mentor"), person(ect.mentor)),
        fact(_("Safeguards, as tutor and mentor are one person"), ect.same_person_safeguards),
        fact(_("Appropriate body"), ect.appropriate_body),
        fact(_("Named contact"), person(ect.get("named_contact"))),
    ]


def _length_rows(ect: Document) -> list[dict]:
    return [
        fact(_("To serve"), terms(ect.get("required_terms")) if ect.get("required_terms") else ""),
        fact(_("Reduced to"), terms(ect.get("reduced_to_terms")) if ect.get("reduced_to_terms") else ""),
        fact(_("Served so far"), terms(ect.terms_served) if ect.terms_served else ""),
        fact(_("Earliest final assessment"), day(ect.earliest_final_assessment)),
    ]
