"""What each paper says of a real case, and who may have it."""

import frappe
import pytest

from induction_app.documents import governor_report, render
from induction_app.workflows.act import act
from tests import factory
from tests.factory import acting_as


@pytest.fixture(scope="module")
def registered(bench_site):
    """A registered ECT at a place, made once; what a test does with it is taken back."""
    frappe.set_user("Administrator")
    at = factory.place()
    ect = factory.registered_ect(at, salutation_title="Ms")
    frappe.db.commit()
    return frappe._dict(at=at, ect=ect)


@pytest.fixture
def case(registered, site):
    """The registered ECT, for one test."""
    return registered


@pytest.fixture
def decided(case):
    """Return a function that takes the case to a notified decision of an outcome."""

    def decide(outcome: str, **values) -> str:
        final = factory.assessment_of(case.ect, "Final")
        with factory.on_day("2026-07-06"):
            factory.write_assessment(case.at, final, "2026-07-03")
            recommended = {"recommendation": "Satisfactory", "recommendation_reason": "All met."}
            factory.sign_and_send(case.at, "Formal Assessment", final, case.ect, recommended)
        decision = frappe.db.get_value("Induction Decision", {"ect": case.ect})
        with factory.on_day("2026-07-20"):
            with acting_as(case.at.decider):
                said = {"outcome": outcome, "reasons": "On the evidence.", **values}
                act("Induction Decision", decision, "Decide", values=said)
            with acting_as(case.at.officer):
                act("Induction Decision", decision, "Send notice")
        return decision

    return decide


def test_a_registration_shows_its_reader_only_what_they_may_see(case, text_of):
    trn = frappe.db.get_value("ECT", case.ect, "trn")
    with acting_as(case.at.officer):
        officers = text_of(render.pdf_of("ECT", case.ect))
    with acting_as(case.at.tutor):
        tutors = text_of(render.pdf_of("ECT", case.ect))
    assert trn in officers and "3 February 1999" in officers
    assert trn not in tutors and "3 February 1999" not in tutors
    assert "Conditions of a suitable post" in tutors


def test_a_signed_review_shows_name_capacity_time_and_code(case, text_of):
    review = factory.review_of(case.ect, 1)
    with factory.on_day("2024-12-05"):
        factory.write_review(
            case.at, review, "2024-12-04", evidence_summary="Books < 5 & plans > 4.\n\n- one"
        )
        with acting_as(factory.user_of(case.ect)):
            act("Progress Review", review, "Send comment", values={"ect_comment": "I agree."})
        with acting_as(case.at.tutor):
            act("Progress Review", review, "Sign as tutor")
            text = text_of(render.pdf_of("Progress Review", review))
    signature = frappe.get_last_doc("Induction Signature", {"reference_name": review})
    code = signature.content_hash[:12]
    assert f"Induction tutor {signature.person_name} 5 December 2024 at" in text
    assert f"{code[:4]} {code[4:8]} {code[8:]}" in text
    assert "Headteacher Not yet signed" in text
    assert "Progress review, term 1" in text and "On track" in text
    assert "Books < 5 & plans > 4." in text


def test_an_observation_and_an_action_plan_are_printed(case, text_of):
    with acting_as(case.at.tutor):
        observation = frappe.get_doc(
            {
                "doctype": "Observation",
                "ect": case.ect,
                "observer": case.at.tutor,
                "observed_on": "2024-10-01",
                "focus": "Questioning.",
                "development_needs": "Wait longer.",
                "standards": [
                    {"standard": "5", "note": "Scaffolds."},
                    {"standard": "1", "note": "Aims high."},
                ],
            }
        ).insert()
        plan = frappe.get_doc(
            {
                "doctype": "Action Plan",
                "ect": case.ect,
                "raised_on": "2024-10-02",
                "review_on": "2024-12-02",
                "concern": "Behaviour in 8B.",
                "targets": [
                    {
                        "target": "Settle in three minutes.",
                        "success_criteria": "Drop-ins.",
                        "by_when": "2024-11-20",
                    }
                ],
            }
        ).insert()
        seen = text_of(render.pdf_of("Observation", observation.name))
        planned = text_of(render.pdf_of("Action Plan", plan.name))
    assert seen.index("Aims high.") < seen.index("Scaffolds.")
    assert "Wait longer." in seen
    assert "Behaviour in 8B." in planned and "By 20 November 2024" in planned


def test_the_letter_of_a_fail_gives_the_right_of_appeal_with_the_last_day(case, decided, text_of):
    decision = decided("Fail")
    with acting_as(factory.user_of(case.ect)):
        text = text_of(render.pdf_of("Induction Decision", decision))
    settings = frappe.get_cached_doc("Induction Settings")
    # Sent on Monday 20 July 2026, received on the 22nd: the twentieth working day beginning with it is 18 August.
    assert "This letter is taken as received on 22 July 2026" in text
    assert "Last day to appeal 18 August 2026" in text
    assert settings.appeals_body_name in text
    assert " ".join(settings.appeals_body_address.split()) in text
    assert "Dear Ms Early" in text
    assert "20 July 2026" in text and "On the evidence." in text
    assert "The Employer, employer" in text
    with pytest.raises(frappe.ValidationError, match="no certificate"):
        render.pdf_of("Induction Decision", decision, "certificate")


def test_the_letter_of_an_extension_says_how_long(decided, text_of):
    decision = decided("Extension", extension_terms=1.5, extension_assessment="A review each half-term.")
    text = text_of(render.pdf_of("Induction Decision", decision))
    assert "Your induction period is extended by 1.5 terms." in text
    assert "A review each half-term." in text and "Your right to appeal" in text


def test_a_certificate_only_after_notice_of_a_pass(case, decided, text_of):
    decision = decided("Pass")
    with acting_as(factory.user_of(case.ect)):
        with factory.on_day("2026-07-20"), pytest.raises(frappe.ValidationError, match="on 21 July 2026"):
            render.pdf_of("Induction Decision", decision, "certificate")
        letter = text_of(render.pdf_of("Induction Decision", decision))
        with factory.on_day("2026-07-21"):
            text = text_of(render.pdf_of("Induction Decision", decision, "certificate"))
    # Decided on the 20th: the letter claims no day that had not come.
    assert "Your induction period is complete on 21 July 2026." in letter
    assert "Terms served by that day 6 terms" in letter and "You have completed" not in letter
    assert "Certificate of completed induction" in text and "on 21 July 2026" in text
    assert frappe.db.get_value("ECT", case.ect, "full_name") in text


def test_no_letter_before_there_is_a_decision(case):
    final = factory.assessment_of(case.ect, "Final")
    with factory.on_day("2026-07-06"):
        factory.write_assessment(case.at, final, "2026-07-03")
        recommended = {"recommendation": "Satisfactory", "recommendation_reason": "All met."}
        factory.sign_and_send(case.at, "Formal Assessment", final, case.ect, recommended)
    decision = frappe.db.get_value("Induction Decision", {"ect": case.ect})
    with acting_as(case.at.decider), pytest.raises(frappe.ValidationError, match="has no decision"):
        render.pdf_of("Induction Decision", decision)


@pytest.mark.parametrize("who", ["governor", "administrator", "mentor"])
def test_a_review_is_not_printed_for_who_may_not_print_it(case, who):
    review = factory.review_of(case.ect, 1)
    with acting_as(case.at.people[who]), pytest.raises(frappe.PermissionError):
        render.pdf_of("Progress Review", review)


def test_another_schools_head_gets_nothing(case):
    elsewhere = factory.place()
    with acting_as(elsewhere.head), pytest.raises(frappe.PermissionError):
        render.pdf_of("ECT", case.ect)


def test_there_is_no_pdf_of_every_record(case):
    with pytest.raises(frappe.ValidationError, match="no PDF"):
        render.pdf_of("Absence", "ABS-000001")


@pytest.fixture
def school(site):
    """A school with seven ECTs in the autumn term of 2024: five on track, one not, one not yet reported on."""
    at = factory.place()
    ects = []
    for verdict, stage in [("On track", "received")] * 5 + [("Not on track", "received"), ("", "drafting")]:
        ect = written("ECT", first_name="Eve", last_name=f"Early {factory.number()}", **where(at))
        period = {"starts_on": "2024-09-02", "is_open": 1, "programme_type": "Provider-led"}
        written("Induction Period", ect=ect, **period, **where(at))
        review = {"on_track": verdict, "stage": stage, "scheduled_for": "2024-12-06", "term_number": 1}
        written("Progress Review", ect=ect, **review, **where(at))
        ects.append(ect)
    term = frappe.db.get_value("Academic Term", {"academic_year": "2024/25", "term": "Autumn"})
    return frappe._dict(at=at, ects=ects, term=term)


def where(at) -> dict[str, str]:
    """The fields that place a record."""
    return {"school": at.school, "appropriate_body": at.body}


def written(doctype: str, **values) -> str:
    """A row as it stands in the database after a story too long to play for a figure."""
    doc = frappe.get_doc({"doctype": doctype, "name": f"{doctype[:3]}-{factory.number()}", **values})
    doc.db_insert()
    return doc.name


def figures(data: dict, caption: str) -> dict[str, int | None]:
    """The figures of one table of a report."""
    rows = next(table["rows"] for table in data["tables"] if table["caption"] == caption)
    return {row["label"]: row["value"] for row in rows}


def test_a_governor_reads_figures_from_which_nobody_can_be_read(school):
    with acting_as(school.at.governor):
        data = governor_report.governor_report(school.at.school, school.term)
    assert data["total"] == 7
    # Five on track of seven: the two small figures, one and one, are too few together, so the five goes too.
    assert set(figures(data, "Progress this term").values()) == {None}
    frappe.db.set_single_value("Induction Settings", "small_number_limit", 1)
    open_ = governor_report.governor_report(school.at.school, school.term)
    counted = figures(open_, "Progress this term")
    assert counted["On track"] == 5 and counted["Not on track"] is None
    frappe.db.set_single_value("Induction Settings", "small_number_limit", 0)
    all_ = figures(governor_report.governor_report(school.at.school, school.term), "Progress this term")
    assert list(all_.values()) == [5, 1, 1, 0]


def test_a_governors_pdf_names_no_ect(school, text_of):
    with acting_as(school.at.governor):
        text = text_of(render.governor_report_pdf(school.at.school, school.term))
    for ect in school.ects:
        assert frappe.db.get_value("ECT", ect, "last_name") not in text
    assert "Report to governors" in text and "Not shown" in text


def test_a_school_with_few_ects_gets_no_figures(site):
    at = factory.place()
    ect = written("ECT", first_name="Eve", last_name="Early", **where(at))
    written("Induction Period", ect=ect, starts_on="2024-09-02", is_open=1, **where(at))
    term = frappe.db.get_value("Academic Term", {"academic_year": "2024/25", "term": "Autumn"})
    with acting_as(at.governor):
        data = governor_report.governor_report(at.school, term)
    assert data["total"] is None and data["tables"] == []


@pytest.mark.parametrize("who", ["mentor", "tutor", "administrator", "contact"])
def test_the_report_is_for_governors_leaders_and_the_body(school, who):
    with acting_as(school.at.people[who]), pytest.raises(frappe.PermissionError):
        render.governor_report_pdf(school.at.school, school.term)


def test_another_schools_governor_is_refused(school):
    elsewhere = factory.place()
    with acting_as(elsewhere.governor), pytest.raises(frappe.PermissionError):
        render.governor_report_pdf(school.at.school, school.term)
