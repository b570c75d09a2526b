"""Formal assessments: who assesses, what is complete, the headteacher's recommendation, the decision it opens."""

import frappe
import pytest

from induction_app.workflows.act import act
from tests import factory
from tests.factory import acting_as


@pytest.fixture
def final(site):
    """A final assessment written, commented and signed by the tutor, before the headteacher."""
    at = factory.shared_place()
    ect = factory.registered_ect(at)
    name = factory.assessment_of(ect, "Final")
    with factory.on_day("2026-07-06"):
        factory.write_assessment(at, name, "2026-07-03")
        with acting_as(factory.user_of(ect)):
            act("Formal Assessment", name, "Send comment", values={"ect_comment": "A fair account."})
        with acting_as(at.tutor):
            act("Formal Assessment", name, "Sign as tutor")
        yield frappe._dict(at=at, ect=ect, name=name)


@pytest.mark.parametrize(
    ("kind", "day", "meeting", "sentence"),
    [
        ("Final", "2026-04-02", "2026-03-31", "the final assessment meeting is at the end of the induction"),
        ("First", "2025-07-08", "2024-08-31", "is before the induction started, on 2 September 2024"),
        ("First", "2025-07-08", "2025-07-09", "9 July 2025 has not come yet"),
    ],
)
def test_a_meeting_has_a_day_that_can_be(site, kind, day, meeting, sentence):
    at = factory.shared_place()
    name = factory.assessment_of(factory.registered_ect(at), kind)
    with (
        factory.on_day(day),
        pytest.raises(frappe.ValidationError, match=f"Assessment meeting on: .*{sentence}"),
    ):
        factory.write_assessment(at, name, meeting)


def test_a_target_comes_after_the_meeting_at_which_it_was_agreed(site):
    at = factory.shared_place()
    review = factory.review_of(factory.registered_ect(at), 1)
    agreed = {"standard": "7", "target": "Routines.", "by_when": "2024-12-01"}
    sentence = "Agreed development targets, row 1: By 1 December 2024 is before the meeting"
    with factory.on_day("2024-12-06"), pytest.raises(frappe.ValidationError, match=sentence):
        factory.write_review(at, review, "2024-12-05", targets=[agreed])


def test_every_standard_has_a_row_from_the_start(final):
    doc = frappe.get_doc("Formal Assessment", final.name)
    assert [row.standard for row in doc.judgements] == ["1", "2", "3", "4", "5", "6", "7", "8", "P2"]


def test_the_assessor_is_recorded_with_the_capacity(final):
    doc = frappe.get_doc("Formal Assessment", final.name)
    assert (doc.assessor, doc.assessor_capacity) == (final.at.tutor, "induction_tutor")
    assert doc.terms_served == pytest.approx(5.86, abs=0.2)


def test_the_report_is_due_ten_working_days_after_the_meeting(final):
    doc = frappe.get_doc("Formal Assessment", final.name)
    # Friday 3 July 2026; day 1 is Monday 6 July, day 10 Friday 17 July.
    assert str(doc.report_due_on) == "2026-07-17"
    assert (str(doc.due_on), doc.due_paragraph) == ("2026-07-17", "2.61")


def test_the_headteacher_recommends_before_signing(final):
    with acting_as(final.at.head):
        with pytest.raises(frappe.MandatoryError, match="Recommendation"):
            act("Formal Assessment", final.name, "Sign as headteacher")
        act(
            "Formal Assessment",
            final.name,
            "Sign as headteacher",
            values={"recommendation": "Satisfactory", "recommendation_reason": "All standards met."},
        )
    rows = frappe.get_doc("Formal Assessment", final.name).signatures()
    assert [row.capacity for row in rows] == ["induction_tutor", "headteacher"]
    assert '"recommendation": "Satisfactory"' in rows[1].content
    assert "recommendation" not in rows[0].content


def test_the_tutor_cannot_write_the_recommendation(final):
    with acting_as(final.at.tutor), pytest.raises(frappe.PermissionError):
        doc = frappe.get_doc("Formal Assessment", final.name)
        doc.recommendation = "Satisfactory"
        doc.save()


def test_the_mentor_as_mentor_cannot_assess(site):
    at = factory.shared_place()
    ect = factory.registered_ect(at)
    name = factory.assessment_of(ect, "First")
    with factory.on_day("2025-07-01"), acting_as(at.mentor), pytest.raises(frappe.PermissionError):
        act("Formal Assessment", name, "Send to ECT", values={"overall": "Satisfactory"})


def test_a_missing_judgement_is_named_by_row(site):
    at = factory.shared_place()
    ect = factory.registered_ect(at)
    name = factory.assessment_of(ect, "First")
    with (
        factory.on_day("2025-07-01"),
        acting_as(at.tutor),
        pytest.raises(frappe.MandatoryError, match="row 1"),
    ):
        act(
            "Formal Assessment",
            name,
            "Send to ECT",
            values={"overall": "Satisfactory", "meeting_on": "2025-06-30"},
        )


def test_receipt_of_the_final_assessment_opens_one_decision(final):
    with acting_as(final.at.head):
        act(
            "Formal Assessment",
            final.name,
            "Sign as headteacher",
            values={"recommendation": "Satisfactory", "recommendation_reason": "All met."},
        )
    with acting_as(factory.user_of(final.ect)):
        act("Formal Assessment", final.name, "Sign")
    with acting_as(final.at.officer):
        act("Formal Assessment", final.name, "Receive")
    (decision,) = frappe.get_all(
        "Induction Decision",
        filters={"ect": final.ect},
        fields=["stage", "decision_due_on", "recommendation"],
    )
    # Received on Monday 6 July 2026: the 20th working day after is Monday 3 August.
    assert (decision.stage, str(decision.decision_due_on)) == ("considering", "2026-08-03")
    assert decision.recommendation == "Satisfactory"
    assert frappe.db.get_value("ECT", final.ect, "induction_status") == "Awaiting decision"


def test_satisfactory_is_not_said_beside_a_standard_that_is_not_met(site):
    at = factory.shared_place()
    name = factory.assessment_of(factory.registered_ect(at), "First")
    codes = frappe.get_all("Teachers Standard", order_by="position", pluck="name")
    judgements = [
        {
            "standard": code,
            "judgement": "Not satisfactory" if code == "4" else "Satisfactory",
            "evidence": "Seen.",
        }
        for code in codes
    ]
    sentence = "it says satisfactory, and Teachers' Standards, row 4, .* standard 4 is not satisfactory"
    with factory.on_day("2025-07-01"):
        with factory.refused(frappe.ValidationError, sentence):
            factory.write_assessment(at, name, "2025-06-30", judgements=judgements)
        judgements[3]["judgement"] = "Needs further development"
        factory.write_assessment(at, name, "2025-06-30", judgements=judgements)


@pytest.mark.parametrize("recommended", ["Unsatisfactory", "Extension"])
def test_a_recommendation_against_the_report_has_its_reasons(final, recommended):
    values = {"recommendation": recommended, "extension_terms_proposed": 1}
    with acting_as(final.at.head):
        with factory.refused(
            frappe.MandatoryError, f"Reasons: you recommend “{recommended}”, .* satisfactory"
        ):
            act("Formal Assessment", final.name, "Sign as headteacher", values=values)
        values["recommendation_reason"] = "Two observations since the meeting."
        act("Formal Assessment", final.name, "Sign as headteacher", values=values)


def test_a_review_does_not_say_on_track_of_concerns_alone(site):
    at = factory.shared_place()
    review = factory.review_of(factory.registered_ect(at), 1)
    concerns = [{"standard": code, "progress": "Cause for concern"} for code in ("1", "7")]
    with factory.on_day("2024-12-06"):
        with factory.refused(frappe.ValidationError, "it says on track, and every standard .* concern"):
            factory.write_review(at, review, "2024-12-05", standards=concerns)
        concerns[0]["progress"] = "Developing"
        factory.write_review(at, review, "2024-12-05", standards=concerns)
