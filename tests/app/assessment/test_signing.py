"""Signatures: whose, on what text, and that signed text stays."""

import hashlib
import json

import frappe
import pytest

from induction_app.workflows.act import act
from tests import factory
from tests.factory import acting_as


@pytest.fixture
def case(site):
    """An ECT whose first review the ECT has commented on: it waits for the tutor's signature."""
    at = factory.shared_place()
    ect = factory.registered_ect(at)
    review = factory.review_of(ect, 1)
    with factory.on_day("2024-12-05"):
        factory.write_review(at, review, "2024-12-04")
        with acting_as(factory.user_of(ect)):
            act("Progress Review", review, "Send comment", values={"ect_comment": "Thank you."})
        yield frappe._dict(at=at, ect=ect, review=review)


def signatures(case) -> list:
    return frappe.get_doc("Progress Review", case.review).signatures()


def test_a_signature_holds_person_capacity_time_and_the_hash_of_the_text(case):
    with acting_as(case.at.tutor):
        act("Progress Review", case.review, "Sign as tutor")
    (signature,) = signatures(case)
    assert (signature.person, signature.capacity) == (case.at.tutor, "induction_tutor")
    assert str(signature.signed_at).startswith("2024-12-05")
    assert signature.content_hash == hashlib.sha256(signature.content.encode()).hexdigest()
    content = json.loads(signature.content)
    assert content["evidence_summary"] == "Planning, books and three observations."
    assert content["ect_comment"] == "Thank you."


def test_signing_another_text_than_the_one_shown_is_refused(case):
    with (
        acting_as(case.at.tutor),
        pytest.raises(frappe.TimestampMismatchError, match="not the one you were shown"),
    ):
        act("Progress Review", case.review, "Sign as tutor", seen_hash="0" * 64)
    assert signatures(case) == []


def test_nobody_signs_for_another(case):
    other_head = factory.person("Other", "Headteacher", school=factory.place(case.at.body).school)
    with acting_as(case.at.tutor):
        act("Progress Review", case.review, "Sign as tutor")
    for impostor in (case.at.tutor, case.at.coordinator, other_head, "Administrator"):
        with acting_as(impostor), pytest.raises((frappe.PermissionError, frappe.ValidationError)):
            act("Progress Review", case.review, "Sign as headteacher")
    assert [row.capacity for row in signatures(case)] == ["induction_tutor"]


def test_a_step_cannot_be_skipped_by_writing_the_state(case):
    for state in ("Waiting for ECT's signature", "Sent to appropriate body", "Review received"):
        with acting_as(case.at.tutor):
            doc = frappe.get_doc("Progress Review", case.review)
            doc.workflow_state = state
            with pytest.raises((frappe.PermissionError, frappe.ValidationError)):
                doc.save()
    assert frappe.db.get_value("Progress Review", case.review, "stage") == "tutor_signature"


def test_the_stage_cannot_be_written_at_all(case):
    with acting_as(case.at.tutor):
        doc = frappe.get_doc("Progress Review", case.review)
        doc.update({"stage": "received", "received_on": "2024-12-05", "version": 9})
        doc.save()
    stored = frappe.get_doc("Progress Review", case.review)
    assert (stored.stage, stored.received_on, stored.version) == ("tutor_signature", None, 1)


def test_signed_text_stays_and_a_change_needs_new_signatures(case):
    with acting_as(case.at.tutor):
        act("Progress Review", case.review, "Sign as tutor")
        doc = frappe.get_doc("Progress Review", case.review)
        doc.evidence_summary = "Something else"
        with pytest.raises(frappe.PermissionError, match="Evidence in brief cannot be changed"):
            doc.save()
    with acting_as("Administrator"):
        doc = frappe.get_doc("Progress Review", case.review)
        doc.flags.by_rules = True
        doc.evidence_summary = "Something else"
        with pytest.raises(frappe.ValidationError, match="has signed this text"):
            doc.save()
    with acting_as(case.at.head):
        act("Progress Review", case.review, "Return to tutor", reason="Name the targets.")
    doc = frappe.get_doc("Progress Review", case.review)
    assert (doc.stage, doc.version, doc.signatures()) == ("drafting", 2, [])
    factory.write_review(case.at, case.review, "2024-12-04", evidence_summary="Three observations, named.")
    assert frappe.db.count("Induction Signature", {"reference_name": case.review, "version": 1}) == 1


def test_a_return_needs_a_reason(case):
    with acting_as(case.at.tutor):
        act("Progress Review", case.review, "Sign as tutor")
    with acting_as(case.at.head), pytest.raises(frappe.ValidationError, match="Reason for returning"):
        act("Progress Review", case.review, "Return to tutor")


def test_one_person_signs_in_two_capacities_only_knowingly(site):
    at = factory.shared_place()
    factory.position(at.head, "Induction Tutor", school=at.school)
    ect = factory.registered_ect(at, induction_tutor=at.head)
    review = factory.review_of(ect, 1)
    at.people["tutor"] = at.head
    with factory.on_day("2024-12-05"):
        factory.write_review(at, review, "2024-12-04")
        with acting_as(factory.user_of(ect)):
            act("Progress Review", review, "Send comment")
        with acting_as(at.head):
            act("Progress Review", review, "Sign as tutor")
            with factory.refused(frappe.ValidationError, match="another capacity already"):
                act("Progress Review", review, "Sign as headteacher")
            act("Progress Review", review, "Sign as headteacher", both_capacities=True)
    rows = frappe.get_doc("Progress Review", review).signatures()
    assert [(row.capacity, row.person) for row in rows] == [
        ("induction_tutor", at.head),
        ("headteacher", at.head),
    ]


def test_signatures_and_events_are_never_changed_or_deleted(case):
    with acting_as(case.at.tutor):
        act("Progress Review", case.review, "Sign as tutor")
    signature = frappe.get_doc("Induction Signature", signatures(case)[0].name)
    signature.person_name = "Somebody else"
    with pytest.raises(frappe.ValidationError):
        signature.save(ignore_permissions=True)
    with pytest.raises(frappe.ValidationError):
        signature.delete(ignore_permissions=True)
    event = frappe.get_last_doc("Induction Event", {"ect": case.ect})
    with pytest.raises(frappe.ValidationError):
        event.delete(ignore_permissions=True)


def test_two_at_once_one_wins_and_the_other_is_told(case):
    first = frappe.get_doc("Progress Review", case.review)
    with acting_as(case.at.tutor):
        act("Progress Review", case.review, "Rewrite", reason="I forgot a target.")
        first.return_reason = "I sign after all"
        with pytest.raises(frappe.TimestampMismatchError):
            first.save()
        with pytest.raises(frappe.TimestampMismatchError, match="was changed by"):
            act("Progress Review", case.review, "Send to ECT", seen_modified=str(first.modified))
    assert frappe.db.get_value("Progress Review", case.review, "stage") == "drafting"
