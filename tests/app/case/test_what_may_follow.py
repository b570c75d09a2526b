"""One induction, decided once and at its end: what is refused after a decision, before the end, and during leave."""

import frappe
import pytest

from induction_app.workflows.act import act
from tests import factory
from tests.app.pages.looking import look
from tests.factory import acting_as, on_day, refused

ASSESSMENT, DECISION, REVIEW = "Formal Assessment", "Induction Decision", "Progress Review"
RECOMMENDED = {"recommendation": "Satisfactory", "recommendation_reason": "All standards met."}
DECIDED = "this induction was decided on 20 July 2026.*paragraphs 1.13 and 2.70"


@pytest.fixture
def case(site):
    """An ECT registered from 2 September 2024, full time: induction is complete in July 2026."""
    at = factory.shared_place()
    return frappe._dict(at=at, ect=factory.registered_ect(at))


def send_final(case, meeting: str, on: str, overall: str = "Satisfactory") -> str:
    """The scheduled final assessment from the meeting to its receipt; returns the decision it opens."""
    final = factory.assessment_of(case.ect, "Final")
    with on_day(on):
        factory.write_assessment(case.at, final, meeting, overall)
        factory.sign_and_send(case.at, ASSESSMENT, final, case.ect, RECOMMENDED)
    return frappe.db.get_value(DECISION, {"formal_assessment": final})


def decide(case, decision: str, outcome: str, **values) -> None:
    with acting_as(case.at.decider):
        act(DECISION, decision, "Decide", values={"outcome": outcome, "reasons": "Evidence.", **values})
    with acting_as(case.at.officer):
        act(DECISION, decision, "Send notice")


def begin(case, doctype: str = ASSESSMENT, **values):
    with acting_as(case.at.tutor):
        return frappe.get_doc({"doctype": doctype, "ect": case.ect, **values}).insert()


def leave(case, on: str) -> None:
    with on_day(on), acting_as(case.at.administrator):
        period = frappe.get_doc("Induction Period", {"ect": case.ect, "is_open": 1})
        period.update({"ends_on": on, "outcome": "Release"})
        period.save()


def absence(case, kind: str, first: str, last: str | None, days: int):
    with on_day(first), acting_as(case.at.administrator):
        values = {"ect": case.ect, "kind": kind, "starts_on": first, "ends_on": last, "days": days}
        return frappe.get_doc({"doctype": "Absence", **values}).insert()


@pytest.mark.parametrize("outcome", ["Fail", "Pass"])
def test_nothing_new_follows_a_pass_or_a_fail(case, outcome):
    decision = send_final(case, "2026-07-03", "2026-07-06")
    with on_day("2026-07-20"):
        decide(case, decision, outcome)
    with on_day("2026-09-10"):
        for kind in ("First", "Interim", "Final"):
            with refused(frappe.ValidationError, DECIDED):
                begin(case, assessment_type=kind)
        with refused(frappe.ValidationError, DECIDED):
            begin(case, REVIEW)
        post = {
            "school": case.at.school,
            "appropriate_body": case.at.body,
            "starts_on": "2026-09-07",
            "fte": 1,
        }
        # A failed ECT's post lasts until the appeal is over, and stands against another by itself.
        frappe.db.set_value("Induction Period", {"ect": case.ect}, {"ends_on": "2026-07-21", "is_open": 0})
        for who in (case.at.officer, case.at.administrator):
            with acting_as(who), refused(frappe.ValidationError, DECIDED):
                frappe.get_doc({"doctype": "Induction Period", "ect": case.ect, **post}).insert()
        # The record of a review held before the decision is finished; one held after it is none of the induction.
        review = factory.review_of(case.ect, 5)
        with refused(frappe.ValidationError, f"Review meeting on: {DECIDED}"):
            factory.write_review(case.at, review, "2026-09-09")
        factory.write_review(case.at, review, "2026-03-20")
        offered = look(case.at.tutor, f"/cases/{case.ect}/assessments/new")
        assert "this induction was decided on 20 July 2026" in offered.get_data(as_text=True)


def test_a_final_assessment_under_way_is_not_received_after_the_decision(case):
    decision = send_final(case, "2026-07-03", "2026-07-06")
    final = frappe.db.get_value(DECISION, decision, "formal_assessment")
    second = frappe.copy_doc(frappe.get_doc(ASSESSMENT, final))
    second.update({"workflow_state": "", "schedule_key": None})
    second.flags.by_rules = True
    second.insert()
    sent = {"workflow_state": "Sent to appropriate body", "stage": "ab_receipt"}
    frappe.db.set_value(ASSESSMENT, second.name, sent)
    with on_day("2026-07-20"):
        with (
            acting_as(case.at.officer),
            refused(frappe.ValidationError, "a recommendation is with the approp"),
        ):
            act(ASSESSMENT, second.name, "Receive")
        decide(case, decision, "Fail")
        with acting_as(case.at.officer), refused(frappe.ValidationError, DECIDED):
            act(ASSESSMENT, second.name, "Receive")


def test_one_final_assessment_at_a_time(case):
    with on_day("2026-07-03"), refused(frappe.ValidationError, "is under way already.*paragraph 2.60"):
        begin(case, assessment_type="Final")
    send_final(case, "2026-07-03", "2026-07-06")
    with on_day("2026-07-07"), refused(frappe.ValidationError, "a recommendation is with .*paragraph 2.67"):
        begin(case, assessment_type="Final")


def test_an_extension_and_an_appeal_that_extends_let_it_go_on(case):
    decision = send_final(case, "2026-07-03", "2026-07-06", "Not satisfactory")
    with on_day("2026-07-20"):
        decide(case, decision, "Fail")
    with on_day("2026-07-27"), acting_as(case.at.officer):
        act(DECISION, decision, "Record appeal", values={"appeal_made_on": "2026-07-24"})
        with refused(frappe.ValidationError, DECIDED):
            begin(case, assessment_type="Interim")
        allowed = {"appeal_outcome": "Allowed: extended", "appeal_extension_terms": 1}
        told = {"appeal_decided_on": "2026-07-27"}
        act(DECISION, decision, "Record outcome of appeal", values={**allowed, **told})
    with on_day("2026-09-10"):
        assert begin(case, assessment_type="Interim").name


def test_who_left_before_the_end_is_neither_assessed_finally_nor_decided_on(case):
    leave(case, "2025-04-04")
    with on_day("2025-04-07"):
        with refused(frappe.ValidationError, "2 of 6 terms are served.*interim assessment"):
            begin(case, assessment_type="Final")
        # The report of the teaching there is still written (2.63).
        interim = begin(case, assessment_type="Interim").name
        factory.write_assessment(case.at, interim, "2025-04-07")


def test_a_decision_waits_where_the_ect_left_in_the_last_term(case):
    decision = send_final(case, "2026-07-03", "2026-07-06")
    leave(case, "2026-07-07")
    with on_day("2026-07-08"):
        for outcome, more in (("Pass", {}), ("Fail", {}), ("Extension", {"extension_terms": 1})):
            with refused(frappe.ValidationError, "Decision: .*posts.*2.65"):
                decide(case, decision, outcome, **more)


def test_nobody_is_assessed_while_away_nor_before_the_choice(case):
    away = absence(case, "Maternity", "2026-04-20", "2026-07-10", 55)
    with refused(frappe.ValidationError, "the ECT was absent on 30 June 2026.*paragraph 2.56"):
        send_final(case, "2026-06-30", "2026-06-30")
    with refused(frappe.ValidationError, "has still to choose.*paragraph 3.7"):
        send_final(case, "2026-07-13", "2026-07-13")
    # What an ECT who leaves without returning has done is still written down (2.63).
    with on_day("2026-06-30"):
        interim = begin(case, assessment_type="Interim").name
        factory.write_assessment(case.at, interim, "2026-06-30")
    with on_day("2026-07-13"), acting_as(factory.user_of(case.ect)):
        frappe.get_doc("Absence", away.name).choose(False)
    decision = send_final(case, "2026-07-13", "2026-07-14")
    with on_day("2026-07-20"):
        decide(case, decision, "Pass")
        with acting_as(factory.user_of(case.ect)), refused(frappe.ValidationError, f"these days: {DECIDED}"):
            frappe.get_doc("Absence", away.name).choose(True)


def test_a_decision_waits_for_the_choice(case):
    decision = send_final(case, "2026-07-03", "2026-07-06")
    absence(case, "Paternity", "2026-07-07", "2026-07-14", 6)
    with on_day("2026-07-20"):
        for outcome, more in (("Pass", {}), ("Fail", {}), ("Extension", {"extension_terms": 1})):
            with refused(frappe.ValidationError, "Decision: the ECT has still to choose"):
                decide(case, decision, outcome, **more)


def test_a_first_assessment_waits_for_the_return(case):
    absence(case, "Ad hoc", "2025-06-16", None, 9)
    first = factory.assessment_of(case.ect, "First")
    with on_day("2025-07-01"), refused(frappe.ValidationError, "the ECT was absent on 1 July 2025"):
        factory.write_assessment(case.at, first, "2025-07-01")
    with on_day("2025-07-01"):
        factory.write_assessment(case.at, first, "2025-06-12")
