"""What the records of the access tests say."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import frappe
from frappe.utils import add_days

from tests import factory

if TYPE_CHECKING:
    from tests.app.access.world import Case

# Records that belong to a school or a body, whoever its ECTs are.
OF_A_PLACE = (
    "School",
    "Appropriate Body",
    "Academic Term",
    "Induction Staff",
    "QM Audit",
    "School Registration",
    "Term Figures",
)
# Records without personal data, one for everybody.
SHARED = ("Appropriate Body", "Teachers Standard", "Induction Role", "Mail Rule")
NI_NUMBER = "AB123456C"
_days, _years = itertools.count(1), itertools.count()


def records(case: Case) -> dict[str, dict]:
    """Records of a case that move through no workflow, by type."""
    return {
        "Induction Period": {**_place(case), **period(case, 2020), "ect_name": "Eve Early"},
        "Absence": {
            **_place(case),
            **absence(case, "2025-01-13"),
            "kind": "Maternity",
            "choice_made_on": "2025-01-20",  # until it is made, nothing is decided
        },
    }


def staged(case: Case, doctype: str, stage: str) -> dict:
    """A record that is complete enough to take any action its stage offers."""
    if doctype == "ECT":
        return _registration(case)
    if doctype == "QM Audit":
        return {**_audit(case), **_at(case)}
    return {**_place(case), **_BY_TYPE[doctype](case), "ect_name": "Eve Early"}


def new(case: Case, doctype: str, asker: str) -> dict:
    """Values with which somebody might create a record of a type on a case, over REST."""
    n = factory.number()
    own = {"ect": case.ect}
    match doctype:
        case "ECT":
            return {
                "first_name": "New",
                "last_name": f"Teacher {n}",
                "school": case.place.school,
                "fte": 1,
                "trn": f"{4_000_000 + n}",
            }
        case "Induction Period":
            day = add_days("2024-07-01", next(_days))  # between the start and the open post
            return {**own, **_at(case), **period(case, 2024), "starts_on": day, "ends_on": day}
        case "Absence":
            return {**own, **absence(case, add_days("2024-09-02", next(_days)))}
        case "Observation":
            return {**own, "observer": asker, "observed_on": "2025-02-03", "focus": case.secret}
        case "Progress Review":
            return {**own}
        case "Formal Assessment":
            return {**own, "assessment_type": "Interim"}
        case "Action Plan":
            return {**own, "raised_on": "2025-03-03", "concern": case.secret}
        case "Induction Decision":
            return {**own, "formal_assessment": _undecided(case)}
        case "Induction Signature":
            return {**_place(case), **signature(case, "Progress Review", case.records["Progress Review"])}
        case "Induction Event":
            return {**_place(case), **event(case)}
        case "Correspondence":
            return {**_place(case), **letter(case, asker)}
        case "QM Audit":
            return {
                **_at(case),
                "audit_type": "Visit",
                "planned_on": "2025-04-01",
                "qa_officer": case.place.quality,
            }
        case "School":
            return {"urn": str(300_000 + n), "school_name": f"New {n}", "appropriate_body": case.place.body}
        case "School Registration":
            return registration_request(case)
        case "Appropriate Body":
            return {"ab_name": f"New body {n}", "ab_type": "National"}
        case "Term Figures":
            return {key: value for key, value in term_figures(case).items() if key != "name"}
        case "Academic Term":
            return _term_of(2030 + next(_years), case)
        case "Induction Staff":
            return {
                "user": case.place.governor,
                "role": "Mentor",
                "school": case.place.school,
                "starts_on": f"{1000 + n % 900}-01-01",
                "ends_on": f"{1000 + n % 900}-01-02",
            }
        case "Teachers Standard":
            return {"code": f"N{n}", "title": "Another", "part": "Two"}
        case "Induction Role":
            return {"role": "Guest speaker", "capacity": "school_colleague", "scope": "School"}
        case "Mail Rule":
            rule = frappe.get_doc("Mail Rule", case.records["Mail Rule"]).as_dict()
            kept = ("happens_when", "event", "days", "document_type", "stage", "to_ect", "email_template")
            return {
                **{key: str(rule[key]) for key in kept if rule[key] is not None},
                "rule_name": f"New rule {n}",
                "to_ect": 1,
            }
    return {}


def registration_request(case: Case) -> dict:
    """A confirmed request to register the school, as its body reads it."""
    return {
        **_at(case),
        "first_name": "Rita",
        "last_name": case.secret,
        "email": f"rita.{factory.number()}@example.com",
        "role": "Headteacher",
        "status": "Waiting",
    }


def period(case: Case, year: int) -> dict:
    """A post of one past or coming school year."""
    return {
        "ect": case.ect,
        "programme_type": "Provider-led",
        "starts_on": f"{year}-09-01",
        "ends_on": f"{year + 1}-07-20",
        "fte": 1,
    }


def absence(case: Case, day: str) -> dict:
    """One day's absence."""
    return {"ect": case.ect, "kind": "Ad hoc", "starts_on": day, "ends_on": day, "days": 1}


def signature(case: Case, doctype: str, name: str) -> dict:
    """The tutor's signature on a report, with the text that was signed."""
    return {
        **_place(case),
        "reference_doctype": doctype,
        "reference_name": name,
        "version": 1,
        "person": case.place.tutor,
        "person_name": "The Tutor",
        "capacity": "seeded",
        "signed_at": "2025-01-20 10:00:00",
        "content_hash": "0" * 64,
        "content": case.secret,
        "signature_key": f"seeded {factory.number()}",
    }


def letter(case: Case, to: str) -> dict:
    """A mail as it was sent to somebody."""
    return {
        **_place(case),
        "kind": "Mail",
        "subject": "About the induction",
        "to_person": to,
        "to_email": to,
        "body": case.secret,
        "made_at": "2025-02-01 09:00:00",
        "send_key": f"seeded {factory.number()}",
    }


def event(case: Case) -> dict:
    """Something that happened on a case."""
    return {
        **_place(case),
        "event": "seeded",
        "summary": "Something happened",
        "happened_at": "2025-02-01 09:00:00",
        "person": case.place.tutor,
        "person_name": "The Tutor",
        "details": case.secret,
        "reference_doctype": "ECT",
        "reference_name": case.ect,
    }


def term_figures(case: Case) -> dict:
    """What was counted of the school's induction in a term."""
    year = 1800 + next(_years)
    return {
        "name": f"{case.place.school} {year}",
        "school": case.place.school,
        "academic_year": f"{year}/{(year + 1) % 100:02d}",
        "term": "Autumn",
        "starts_on": f"{year}-09-02",
        "ends_on": f"{year}-12-19",
        "figures": '{"total": 1, "progress": {"concern": 1}, "outcome": {}, "programme": {}}',
    }


def term(case: Case) -> dict:
    """A term of the school's own."""
    return _term_of(1900 + next(_years), case)


def _term_of(year: int, case: Case) -> dict:
    return {
        "academic_year": f"{year}/{(year + 1) % 100:02d}",
        "term": "Autumn",
        "school": case.place.school,
        "starts_on": f"{year}-09-02",
        "ends_on": f"{year}-12-19",
    }


# Stages that some of the readers of a case do not see: what happens in them is not told to them either.
TOLD_BY_EVENTS = {
    "of a plan being written": ("Action Plan", "drafting"),
    "of a plan withdrawn": ("Action Plan", "withdrawn"),
    "of a plan at work": ("Action Plan", "active"),
    "of a review being signed": ("Progress Review", "head_signature"),
}

# Protected fields of an ECT: as they are on a parked registration, and as somebody tries to write them.
FIELDS = {
    "ni_number": ("CE123456D", "AB654321A"),
    "date_of_birth": ("1998-05-06", "1997-04-05"),
    "previous_last_name": ("Earlier", "Later"),
    "qts_awarded_on": ("2024-07-01", "2024-06-28"),
    "exemption_reason": ("A reason", "Another reason"),
    "prior_terms_served": (2.0, 1.0),
}


def on_the_way(case: Case, action: str) -> dict | None:
    """Fields that are filled in together with an action."""
    return {
        "Authorise": {"named_contact": case.place.contact},
        "Decide": {"outcome": "Extension", "extension_terms": 1},
        "Record appeal": {"appeal_made_on": "2025-01-10", "appeal_recorded_late": "The TRA wrote later."},
        "Record outcome of appeal": {"appeal_outcome": "Dismissed", "appeal_decided_on": "2025-03-03"},
    }.get(action)


def made_ready(action: str, name: str) -> None:
    """What has to be so before an action.

    A decision is taken at the end of induction. The ECT appeals while there is time, others are asked when it is over.
    """
    if action == "Decide":
        ect = frappe.db.get_value("Induction Decision", name, "ect")
        frappe.db.set_value("ECT", ect, "reduced_to_terms", 1)
        frappe.db.commit()
    if action == "I have appealed":
        days = {"decided_on": "2025-03-03", "notified_on": "2025-03-04", "appeal_closes_on": "2025-04-01"}
        frappe.db.set_value("Induction Decision", name, days)
        frappe.db.commit()


def put_back(case: Case, doctype: str, name: str, stage: str) -> None:
    """A record as it was parked, after an action has moved it on."""
    from tests.app.access.world import state_of

    frappe.db.rollback()  # a fresh view of what the server wrote
    values = {
        key: value for key, value in staged(case, doctype, stage).items() if not isinstance(value, list)
    }
    kept = ("trn", "email", "full_name", "last_name", "formal_assessment")
    values = {key: value for key, value in values.items() if key not in kept}
    fields = ("no_appeal_notice_on", "appeal_made_on", "appeal_recorded_late", "appeal_outcome")
    cleared = dict.fromkeys(fields)
    values |= cleared if doctype == "Induction Decision" else {}
    values |= {"stage": stage, "workflow_state": state_of(doctype, stage)}
    frappe.db.set_value(doctype, name, values)
    frappe.db.set_value("ECT", case.ect, "reduced_to_terms", 0)
    if frappe.get_meta(doctype).has_field("version"):
        frappe.db.delete("Induction Signature", {"reference_name": name, "capacity": ("!=", "seeded")})
    frappe.db.commit()


def _at(case: Case) -> dict:
    return {"school": case.place.school, "appropriate_body": case.place.body}


def _place(case: Case) -> dict:
    return {"ect": case.ect, **_at(case)}


def _registration(case: Case) -> dict:
    n = factory.number()
    conditions = {
        df.fieldname: 1
        for df in frappe.get_meta("ECT").fields
        if df.fieldname.startswith("post_") and df.fieldtype == "Check"
    }
    return {
        **_at(case),
        **conditions,
        "first_name": "Parked",
        "last_name": f"Teacher {n}",
        "full_name": f"Parked Teacher {n}",
        "email": f"parked.{n}@example.com",
        **{name: before for name, (before, _after) in FIELDS.items()},
        "trn": f"{5_000_000 + n}",
        "start_date": "2025-04-22",
        "fte": 1,
        "induction_tutor": case.place.tutor,
        "mentor": case.place.mentor,
        "named_contact": case.place.contact,
        "user": case.user,
    }


def _observation(case: Case) -> dict:
    return {
        "observer": case.place.mentor,
        "observer_holds_qts": "Yes",
        "observed_on": "2025-02-03",
        "focus": case.secret,
        "strengths": case.secret,
        "development_needs": case.secret,
        "standards": [{"standard": "7", "note": case.secret}],
    }


def _review(case: Case) -> dict:
    return {
        "version": 1,
        "term_number": 2,
        "reviewed_on": "2025-03-03",
        "on_track": "On track",
        "evidence_summary": case.secret,
        "targets": [{"standard": "7", "target": case.secret}],
        "standards": [{"standard": "7", "progress": "On track", "evidence": case.secret}],
    }


def _assessment(case: Case) -> dict:
    standards = frappe.get_all("Teachers Standard", order_by="position", pluck="name")
    return {
        "version": 1,
        "assessment_type": "First",
        "meeting_on": "2025-03-03",
        "overall": "Satisfactory",
        "summary": case.secret,
        "judgements": [
            {"standard": code, "judgement": "Satisfactory", "evidence": case.secret} for code in standards
        ],
    }


def _plan(case: Case) -> dict:
    return {
        "raised_on": "2025-02-03",
        "review_on": "2025-03-17",
        "concern": case.secret,
        "review_notes": case.secret,
        "targets": [
            {
                "standard": "7",
                "target": case.secret,
                "success_criteria": case.secret,
                "by_when": "2025-03-14",
                "result": "Met",
            }
        ],
    }


def _decision(case: Case) -> dict:
    """An extension, after which induction goes on, whose notice is old enough for the right of appeal to have gone."""
    return {
        "formal_assessment": _undecided(case),
        "recommendation": "Extension",
        "recommendation_received_on": "2024-12-02",
        "outcome": "Extension",
        "extension_terms": 1,
        "reasons": case.secret,
        "decided_on": "2024-12-16",
        "notified_on": "2024-12-17",
        "appeal_closes_on": "2025-01-17",
    }


def _undecided(case: Case) -> str:
    """An assessment that none of the case's decisions is about: each is about one of its own."""
    reports = [name for (doctype, _stage), name in case.parked.items() if doctype == "Formal Assessment"]
    decided = frappe.get_all("Induction Decision", {"ect": case.ect}, pluck="formal_assessment")
    return next(name for name in reports if name not in decided)


def _audit(case: Case) -> dict:
    return {
        "school_name": "The School",
        "audit_type": "Visit",
        "planned_on": "2025-02-03",
        "visited_on": "2025-02-03",
        "qa_officer": case.place.quality,
        "judgement": "Meets with actions",
        "report": case.secret,
        "school_response": case.secret,
        "findings": [{"area": "Time", "finding": case.secret, "action": "Do it", "done_on": "2025-03-03"}],
    }


_BY_TYPE = {
    "Observation": _observation,
    "Progress Review": _review,
    "Formal Assessment": _assessment,
    "Action Plan": _plan,
    "Induction Decision": _decision,
}
