"""A decision taken before the last day of induction: nothing on the record claims a day that has not come."""

import frappe
import pytest

from induction_app.dfe.outcomes import outcome_rows
from induction_app.documents import render
from induction_app.induction_case import schedule
from tests import factory
from tests.app.case.deciding import days_pass, decide, ect_of, period_of, received_final, take
from tests.factory import acting_as


@pytest.fixture
def early(site):
    """A final meeting on Monday 13 April 2026, the first day of the last term, which ends on 21 July."""
    at = factory.shared_place()
    ect = factory.registered_ect(at)
    decision = received_final(at, ect, "2026-04-13", "2026-04-13")
    return frappe._dict(at=at, ect=ect, decision=decision)


@pytest.fixture
def newcomer(site):
    """Five and a half terms served elsewhere; a new post from 2 September 2024, its final on the 10th."""
    at = factory.shared_place()
    ect = factory.registered_ect(at)
    frappe.db.set_value("ECT", ect, "prior_terms_served", 5.5)
    with factory.on_day("2024-09-03"):
        schedule.refresh(ect)
    decision = received_final(at, ect, "2024-09-10", "2024-09-10")
    return frappe._dict(at=at, ect=ect, decision=decision)


def certificate(case) -> bytes:
    with acting_as(case.at.officer):
        return render.pdf_of("Induction Decision", case.decision, "certificate")


def test_a_pass_in_the_last_term_completes_induction_on_its_last_day(early):
    decide(early, "2026-04-13", outcome="Pass")
    with factory.on_day("2026-04-13"):
        ect, period = ect_of(early), period_of(early)
        assert (ect.induction_status, str(ect.completed_on)) == ("Passed", "2026-07-21")
        assert (str(ect.retain_until), ect.terms_served) == ("2032-07-21", 5.01)
        assert (period.outcome, str(period.ends_on), period.terms_served) == ("Pass", "2026-07-21", 6)
        with pytest.raises(frappe.ValidationError, match="complete on 21 July 2026"):
            certificate(early)
        (row,) = [
            row
            for row in outcome_rows(early.at.body, frappe.utils.getdate("2026-04-13"))
            if row.ect == early.ect
        ]
        assert any("in the future" in sentence for _label, sentence in row.problems)
    days_pass(early, "2026-07-21")
    assert (ect_of(early).terms_served, ect_of(early).terms_left) == (6, 0)
    with factory.on_day("2026-07-21"):
        assert certificate(early).startswith(b"%PDF")
        (row,) = [
            row
            for row in outcome_rows(early.at.body, frappe.utils.getdate("2026-07-21"))
            if row.ect == early.ect
        ]
        assert not any("in the future" in sentence for _label, sentence in row.problems)
        assert row.cells[2:] == ["2026-07-21", "6", "pass"]


def test_a_pass_after_the_end_completed_induction_on_the_last_day_too(case):
    decide(case, "2026-09-04", outcome="Pass")
    assert str(ect_of(case).completed_on) == str(period_of(case).ends_on) == "2026-07-21"
    assert str(ect_of(case).retain_until) == "2032-07-21"


def test_absence_after_an_early_pass_puts_the_last_day_off(early):
    decide(early, "2026-04-13", outcome="Pass")
    with factory.on_day("2026-06-22"), acting_as(early.at.coordinator):
        leave = {"doctype": "Absence", "ect": early.ect, "kind": "Ad hoc", "days": 40}
        frappe.get_doc({**leave, "starts_on": "2026-04-20", "ends_on": "2026-06-19"}).insert()
    assert str(ect_of(early).completed_on) == str(period_of(early).ends_on) == "2026-10-26"


def test_a_post_that_has_not_lasted_a_term_completes_nothing_before_it_has(newcomer):
    decide(newcomer, "2024-09-16", outcome="Pass")
    # A post counts once it has lasted a term (2.33): the first day on which 6 terms are served is its last.
    assert str(ect_of(newcomer).completed_on) == str(period_of(newcomer).ends_on) == "2024-12-20"


@pytest.mark.parametrize("outcome", ["Pass", "Fail"])
def test_a_post_that_ends_too_soon_is_not_decided_on(newcomer, outcome):
    with factory.on_day("2024-11-29"), acting_as(newcomer.at.administrator):
        period = period_of(newcomer)
        period.update({"ends_on": "2024-11-29", "outcome": "Release", "leaving_reason": "Moves away"})
        period.save()
    with factory.refused(frappe.ValidationError, "end before induction is complete"):
        decide(newcomer, "2024-12-02", outcome=outcome)


def test_an_early_fail_ends_the_case_on_the_last_day(early):
    decide(early, "2026-04-13", outcome="Fail")
    take(early, early.at.officer, "2026-06-01", "Close after last day to appeal")
    assert (ect_of(early).induction_status, str(ect_of(early).completed_on)) == ("Failed", "2026-07-21")
