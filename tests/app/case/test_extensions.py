"""Extensions: they add up, and each is served from the day it was granted."""

import frappe
import pytest

from induction_app.induction_case.case_outcome import apply_outcome
from tests import factory
from tests.app.case.deciding import decide, ect_of, period_of, received_final, stored, take


def extended_twice(case) -> None:
    """One term more by the first decision of July 2026, and one by the second of December."""
    decide(case, "2026-07-20", outcome="Extension", extension_terms=1)
    case.first = case.decision
    case.decision = received_final(case.at, case.ect, "2026-12-07", "2026-12-04")
    decide(case, "2026-12-15", outcome="Extension", extension_terms=1)


def open_final(case):
    return frappe.get_all(
        "Formal Assessment",
        filters={"ect": case.ect, "assessment_type": "Final", "stage": "drafting"},
        fields=["term_number", "scheduled_for"],
    )


def test_a_second_extension_comes_on_top_of_the_first(case):
    extended_twice(case)
    ect = ect_of(case)
    assert (ect.extension_terms, ect.required_terms, ect.induction_status) == (2, 8, "Extended")
    assert [(row.term_number, str(row.scheduled_for)) for row in open_final(case)] == [(8, "2027-03-11")]
    for decision in (case.decision, case.first, case.decision):
        apply_outcome(frappe.get_doc("Induction Decision", decision))
    assert ect_of(case).extension_terms == 2


def test_an_appeals_outcome_takes_the_place_of_its_own_decision_only(case):
    extended_twice(case)
    take(case, factory.user_of(case.ect), "2026-12-18", "I have appealed")
    outcome = {"appeal_outcome": "Allowed: extended", "appeal_extension_terms": 0.5}
    told = {"appeal_decided_on": "2027-01-04"}
    take(case, case.at.officer, "2027-01-04", "Record outcome of appeal", **outcome, **told)
    ect = ect_of(case)
    assert (ect.extension_terms, ect.required_terms) == (1.5, 7.5)


def test_a_fail_after_an_extension_that_an_appeal_turns_into_another(case):
    decide(case, "2026-07-20", outcome="Extension", extension_terms=1)
    case.decision = received_final(case.at, case.ect, "2026-12-07", "2026-12-04")
    decide(case, "2026-12-15", outcome="Fail")
    assert ect_of(case).extension_terms == 1
    take(case, case.at.officer, "2026-12-17", "Record appeal")
    outcome = {"appeal_outcome": "Allowed: extended", "appeal_extension_terms": 2}
    told = {"appeal_decided_on": "2027-02-15"}
    take(case, case.at.officer, "2027-02-15", "Record outcome of appeal", **outcome, **told)
    ect = ect_of(case)
    assert (ect.extension_terms, ect.required_terms, ect.induction_status) == (3, 9, "Extended")


def test_the_time_under_appeal_is_no_induction(case):
    decide(case, "2026-07-20", outcome="Fail")
    take(case, case.at.officer, "2026-08-03", "Record appeal")
    with factory.on_day("2027-01-11"):
        outcome = {"appeal_outcome": "Allowed: extended", "appeal_extension_terms": 1}
        told = {"appeal_decided_on": "2027-01-11"}
        take(case, case.at.officer, "2027-01-11", "Record outcome of appeal", **outcome, **told)
        ect = ect_of(case)
    # Granted a week into the spring term, as a start then would be: that term is the extension's (2.12).
    assert (ect.terms_served, ect.required_terms, ect.induction_status) == (6.1, 7, "Extended")
    assert [(row.term_number, str(row.scheduled_for)) for row in open_final(case)] == [(8, "2027-03-11")]
    assert str(ect.earliest_final_assessment) == "2027-03-11"
    assert period_of(case).terms_served == pytest.approx(6.1)


def test_an_extension_granted_late_in_a_term_is_served_from_that_day(case):
    decide(case, "2026-07-20", outcome="Fail")
    take(case, case.at.officer, "2026-08-03", "Record appeal")
    outcome = {"appeal_outcome": "Allowed: extended", "appeal_extension_terms": 1}
    told = {"appeal_decided_on": "2026-10-26"}
    take(case, case.at.officer, "2026-10-26", "Record outcome of appeal", **outcome, **told)
    # 54 of the autumn's 109 days are left, so 0.495 of a term; the other 41 of the spring's 81 days end on 13 February.
    assert str(ect_of(case).earliest_final_assessment) == "2027-01-30"
    assert [(row.term_number, str(row.scheduled_for)) for row in open_final(case)] == [(8, "2027-03-11")]


def test_while_a_decision_or_an_appeal_is_pending_no_more_terms_are_served(case):
    decide(case, "2026-07-20", outcome="Fail")
    take(case, case.at.officer, "2026-08-03", "Record appeal")
    with factory.on_day("2026-12-01"):
        from induction_app.induction_case import schedule

        schedule.refresh(case.ect)
        assert (ect_of(case).terms_served, ect_of(case).terms_left) == (6, 0)


def test_an_extension_told_in_the_holidays_is_served_from_the_next_term(case):
    decide(case, "2026-08-03", outcome="Extension", extension_terms=1)
    assert [(row.term_number, str(row.scheduled_for)) for row in open_final(case)] == [(7, "2026-12-04")]
    assert str(stored(case).notified_on) == "2026-08-03"
