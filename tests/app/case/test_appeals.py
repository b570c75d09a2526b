"""Appeals: the last day, who records one and when, and what an appeal after the closing takes back."""

import frappe
import pytest

from tests import factory
from tests.app.case.deciding import DECISION, days_pass, decide, ect_of, period_of, stored, take

KNOWN_LATE = {"appeal_made_on": "2026-08-14", "appeal_recorded_late": "The TRA told us on 20 August."}


@pytest.fixture
def failed(case):
    """A fail of which notice was sent on Monday 20 July 2026: received on the 22nd, so until 18 August."""
    decide(case, "2026-07-20", outcome="Fail")
    case.user = factory.user_of(case.ect)
    return case


def close(case, on: str = "2026-08-19") -> None:
    take(case, case.at.officer, on, "Close after last day to appeal")


def open_as_before(case) -> bool:
    ect, period = ect_of(case), period_of(case)
    gone = not (ect.completed_on or ect.retain_until or period.ends_on or period.outcome)
    return gone and bool(period.is_open) and ect.induction_status == "Failed, appeal open"


def test_the_limit_begins_with_the_second_day_after_the_notice_was_sent(failed):
    doc = stored(failed)
    assert (str(doc.notice_received_on), str(doc.appeal_closes_on)) == ("2026-07-22", "2026-08-18")
    with factory.refused(frappe.PermissionError, "until 18 August 2026"):
        close(failed, "2026-08-18")
    close(failed)
    # The limit expired on 18 August; ten working days on, over the bank holiday of 31 August.
    assert str(stored(failed).dismissal_due_on) == "2026-09-02"


def test_the_ects_own_record_is_judged_by_the_day_the_appeal_was_made(failed):
    with factory.refused(frappe.ValidationError, "ended on 18 August 2026"):
        take(failed, failed.user, "2026-08-21", "I have appealed", appeal_made_on="2026-08-19")
    take(failed, failed.user, "2026-08-21", "I have appealed", appeal_made_on="2026-08-18")
    assert (stored(failed).stage, str(stored(failed).appeal_made_on)) == ("appealed", "2026-08-18")


def test_after_the_last_day_the_body_records_an_appeal_that_was_made_in_time(failed):
    take(failed, failed.at.officer, "2026-08-20", "Record appeal", appeal_made_on="2026-08-10")
    assert (stored(failed).stage, str(stored(failed).appeal_made_on)) == ("appealed", "2026-08-10")


def test_who_gave_notice_of_no_appeal_may_still_appeal_in_time(failed):
    take(failed, failed.user, "2026-07-24", "I will not appeal")
    doc = stored(failed)
    assert (str(doc.no_appeal_notice_on), str(doc.dismissal_due_on)) == ("2026-07-24", "2026-08-07")
    # Nobody is listed, and the case is not at its end, before the limit has passed (2.73).
    assert open_as_before(failed)
    take(failed, failed.user, "2026-07-30", "I have appealed")
    doc = stored(failed)
    assert (doc.stage, str(doc.appeal_made_on), doc.dismissal_due_on) == ("appealed", "2026-07-30", None)
    assert str(doc.no_appeal_notice_on) == "2026-07-24"
    outcome = {"appeal_outcome": "Dismissed", "appeal_decided_on": "2026-10-15"}
    take(failed, failed.at.officer, "2026-10-15", "Record outcome of appeal", **outcome)
    assert (str(stored(failed).dismissal_due_on), ect_of(failed).induction_status) == ("2026-10-29", "Failed")


def test_a_case_without_an_appeal_ends_when_the_limit_has_passed(failed):
    take(failed, failed.user, "2026-07-24", "I will not appeal")
    days_pass(failed, "2026-08-18")
    assert open_as_before(failed)
    days_pass(failed, "2026-08-19")
    ect, period = ect_of(failed), period_of(failed)
    assert (ect.induction_status, str(ect.completed_on), period.outcome) == ("Failed", "2026-07-21", "Fail")


def test_an_appeal_known_after_the_closing_takes_back_what_the_closing_did(failed):
    close(failed)
    ect, period = ect_of(failed), period_of(failed)
    assert (ect.induction_status, str(ect.completed_on), period.outcome) == ("Failed", "2026-07-21", "Fail")
    late = {**KNOWN_LATE, "appeal_recorded_late": " "}
    with factory.refused(frappe.ValidationError, "Why it is recorded now"):
        take(failed, failed.at.officer, "2026-08-20", "Record appeal", **late)
    with factory.refused(frappe.ValidationError, "your appropriate body"):
        take(failed, failed.user, "2026-08-20", "I have appealed", appeal_made_on="2026-08-14")
    take(failed, failed.at.officer, "2026-08-20", "Record appeal", **KNOWN_LATE)
    doc = stored(failed)
    assert (doc.stage, str(doc.appeal_made_on), doc.dismissal_due_on) == ("appealed", "2026-08-14", None)
    assert open_as_before(failed)
    events = frappe.get_all("Induction Event", {"ect": failed.ect}, ["event", "details"], order_by="creation")
    told = [each.details for each in events if each.event == "outcome"][-1]
    assert "2026-07-21" in told and "TRA told us" in told


def test_an_appeal_admitted_late_is_recorded_by_the_body_with_a_reason(failed):
    close(failed)
    late = {"appeal_made_on": "2026-09-04"}
    with factory.refused(frappe.ValidationError, "exceptional circumstances"):
        take(failed, failed.at.officer, "2026-09-10", "Record appeal", **late)
    late["appeal_recorded_late"] = "Admitted by the TRA: in hospital in August."
    take(failed, failed.at.officer, "2026-09-10", "Record appeal", **late)
    assert stored(failed).stage == "appealed" and open_as_before(failed)
    outcome = {"appeal_outcome": "Allowed: passed", "appeal_decided_on": "2026-11-02"}
    take(failed, failed.at.officer, "2026-11-02", "Record outcome of appeal", **outcome)
    ect, period = ect_of(failed), period_of(failed)
    assert (ect.induction_status, str(ect.completed_on)) == ("Passed", "2026-07-21")
    assert (period.outcome, str(period.ends_on)) == ("Pass", "2026-07-21")


def test_there_is_no_second_appeal_and_none_against_a_pass(failed):
    take(failed, failed.at.officer, "2026-08-03", "Record appeal")
    outcome = {"appeal_outcome": "Dismissed", "appeal_decided_on": "2026-10-15"}
    take(failed, failed.at.officer, "2026-10-15", "Record outcome of appeal", **outcome)
    with factory.refused(frappe.ValidationError, "no appeal against a pass"):
        take(failed, failed.at.officer, "2026-10-20", "Record appeal", **KNOWN_LATE)
    assert stored(failed).stage == "closed" and stored(failed).appeal_outcome == "Dismissed"


def test_there_is_no_appeal_against_a_pass(case):
    decide(case, "2026-07-20", outcome="Pass")
    with factory.refused(frappe.ValidationError, "no appeal against a pass"):
        take(case, case.at.officer, "2026-08-20", "Record appeal", **KNOWN_LATE)


def test_a_closed_extension_can_be_appealed_against_too(case):
    decide(case, "2026-07-20", outcome="Extension", extension_terms=1)
    user = factory.user_of(case.ect)
    take(case, user, "2026-07-24", "I will not appeal")
    assert frappe.db.get_value(DECISION, case.decision, "stage") == "closed"
    take(case, user, "2026-07-27", "I have appealed")
    outcome = {"appeal_outcome": "Allowed: passed", "appeal_decided_on": "2026-10-15"}
    take(case, case.at.officer, "2026-10-15", "Record outcome of appeal", **outcome)
    ect = ect_of(case)
    assert (ect.induction_status, ect.extension_terms, str(ect.completed_on)) == ("Passed", 0, "2026-07-21")


def test_the_dfe_is_told_anew_when_a_fail_it_was_told_of_is_taken_back(failed):
    close(failed)
    frappe.db.set_value("Induction Period", period_of(failed).name, "outcome_reported_on", "2026-08-19")
    take(failed, failed.at.officer, "2026-08-20", "Record appeal", **KNOWN_LATE)
    assert period_of(failed).outcome_reported_on is None
