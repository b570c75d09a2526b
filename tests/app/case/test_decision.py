"""The appropriate body's decision: clocks, notice, appeal, and what becomes of the case."""

import frappe
import pytest

from induction_app.documents.decision_papers import outlook_of
from induction_app.induction_case.early_warning import cases_in_numbers
from induction_app.pages import standing
from induction_app.pages.case_records import CaseRecords
from induction_app.pages.timeline import DECISION, timeline_of
from induction_app.workflows.act import act
from tests import factory
from tests.app.case.deciding import decide, stored
from tests.factory import acting_as


def test_a_pass_closes_the_case_and_the_period(case):
    with factory.on_day("2026-07-20"):
        proposed = stored(case)
        proposed.outcome = "Pass"
        assert outlook_of(proposed).figures["terms_served"] == 6  # as the letter will say
    decide(case, "2026-07-20", outcome="Pass")
    doc = stored(case)
    assert (doc.stage, str(doc.notified_on), doc.tra_notice_due_on) == ("closed", "2026-07-20", None)
    ect = frappe.get_doc("ECT", case.ect)
    assert (ect.induction_status, str(ect.completed_on)) == ("Passed", "2026-07-21")
    period = frappe.get_last_doc("Induction Period", {"ect": case.ect})
    # The term goes on for a day: induction is complete, and the period ends, with its last day (2.65).
    assert (period.outcome, period.is_open, str(period.ends_on)) == ("Pass", 0, "2026-07-21")
    assert (period.terms_served, ect.terms_served, ect.terms_left) == (6, 5.99, 0.01)


def test_a_period_ends_when_its_terms_are_served_though_the_decision_comes_later(case):
    decide(case, "2026-09-04", outcome="Pass")
    period = frappe.get_last_doc("Induction Period", {"ect": case.ect})
    last_of_term = frappe.db.get_value(
        "Academic Term", {"academic_year": "2025/26", "term": "Summer"}, "ends_on"
    )
    assert (period.ends_on, period.terms_served) == (last_of_term, 6)
    assert frappe.db.get_value("ECT", case.ect, "completed_on") == last_of_term


def test_a_fail_runs_its_clocks_and_lists_nobody_before_the_appeal_is_over(case):
    decide(case, "2026-07-20", outcome="Fail")
    doc = stored(case)
    # Decided Monday 20 July: 3 working days to Thursday 23 July; received on
    # Wednesday 22 July, which is day 1 of the 20 to appeal: Tuesday 18 August.
    assert str(doc.notice_due_on) == str(doc.tra_notice_due_on) == "2026-07-23"
    assert str(doc.appeal_closes_on) == str(doc.due_on) == "2026-08-18"
    assert frappe.db.get_value("ECT", case.ect, "induction_status") == "Failed, appeal open"
    with factory.on_day("2026-08-18"), acting_as(case.at.officer), pytest.raises(frappe.PermissionError):
        act("Induction Decision", case.decision, "Close after last day to appeal")
    with factory.on_day("2026-08-19"), acting_as(case.at.officer):
        act("Induction Decision", case.decision, "Close after last day to appeal")
    doc = stored(case)
    # The limit expired on 18 August; ten working days on, over the bank holiday of 31 August: 2 September.
    assert str(doc.dismissal_due_on) == "2026-09-02"
    assert frappe.db.get_value("ECT", case.ect, "induction_status") == "Failed"


@pytest.mark.parametrize("kind", ("independent", "academy"))
def test_no_day_to_dismiss_is_named_where_nobody_has_to(case, kind):
    frappe.db.set_value("School", case.at.school, "setting_kind", kind)
    decide(case, "2026-07-20", outcome="Fail")
    with factory.on_day("2026-08-19"), acting_as(case.at.officer):
        act("Induction Decision", case.decision, "Close after last day to appeal")
    assert stored(case).dismissal_due_on is None
    assert frappe.db.get_value("ECT", case.ect, "induction_status") == "Failed"


def test_the_body_is_warned_until_the_tra_is_told(case):
    def warned(user: str) -> bool:
        with acting_as(user):
            return "tra" in {warning.code for warning in cases_in_numbers(user).warnings}

    assert not warned(case.at.officer)
    decide(case, "2026-07-20", outcome="Fail")
    assert warned(case.at.officer) and not warned(case.at.head)
    with acting_as(case.at.officer), factory.on_day("2026-07-22"):
        doc = stored(case)
        for wrong, words in (("2026-07-19", "is before"), ("2026-07-23", "has not come yet")):
            doc.tra_notified_on = wrong
            with factory.refused(frappe.ValidationError, f"TRA told on: .* {words}"):
                doc.save()
            doc = stored(case)
        doc.tra_notified_on = "2026-07-22"
        doc.save()
    assert not warned(case.at.officer)


def test_the_case_shows_the_notice_as_due_and_then_what_was_decided(case):
    def shown(user: str) -> tuple:
        with acting_as(user):
            ect = frappe.get_doc("ECT", case.ect)
            story = timeline_of(ect, CaseRecords(case.ect))
            (moment,) = story.of(DECISION)
            labels = [figure["label"] for figure in standing.figures(ect, story)]
            return str(moment.day), moment.text, moment.against, labels[2:]

    with factory.on_day("2026-07-20"):
        with acting_as(case.at.decider):
            values = {"outcome": "Fail", "reasons": "On the evidence."}
            act("Induction Decision", case.decision, "Decide", values=values)
        assert shown(case.at.officer)[:3] == ("2026-07-23", "Notice of the decision: Fail", False)
        with acting_as(case.at.officer):
            act("Induction Decision", case.decision, "Send notice")
        for reader in (case.at.officer, case.at.head, factory.user_of(case.ect)):
            assert shown(reader) == ("2026-07-20", "Decision: Fail", True, ["Decided"])
    with factory.on_day("2026-08-03"), acting_as(case.at.officer):
        act("Induction Decision", case.decision, "Record appeal")
        outcome = {"appeal_outcome": "Allowed: extended", "appeal_extension_terms": 1}
        told = {"appeal_decided_on": "2026-08-03"}
        act("Induction Decision", case.decision, "Record outcome of appeal", values={**outcome, **told})
        text = "Decision: Fail. Appeal: allowed: extended"
        assert shown(case.at.head)[1:3] == (text, False)
        assert "Final assessment about" in shown(case.at.head)[3]


def test_the_ect_may_waive_the_appeal_and_nobody_else_may(case):
    decide(case, "2026-07-20", outcome="Fail")
    with factory.on_day("2026-07-27"):
        with acting_as(case.at.decider), pytest.raises((frappe.PermissionError, frappe.ValidationError)):
            act("Induction Decision", case.decision, "I will not appeal")
        with acting_as(factory.user_of(case.ect)):
            act("Induction Decision", case.decision, "I will not appeal")
    doc = stored(case)
    assert (str(doc.no_appeal_notice_on), str(doc.dismissal_due_on)) == ("2026-07-27", "2026-08-10")


def test_the_ect_records_their_appeal_and_nothing_of_the_bodys(case):
    decide(case, "2026-07-20", outcome="Fail")
    with factory.on_day("2026-07-21"), acting_as(factory.user_of(case.ect)):
        doc = stored(case)
        doc.tra_notified_on = "2026-07-21"
        with pytest.raises(
            frappe.PermissionError, match="TRA told on: this is for the appropriate body to write"
        ):
            doc.save()
        act("Induction Decision", case.decision, "I have appealed", values={"appeal_reference": "TRA 7"})
        doc = stored(case)
        assert (doc.stage, doc.appeal_reference) == ("appealed", "TRA 7")
        doc.update({"appeal_outcome": "Allowed: passed", "appeal_decided_on": "2026-07-21"})
        with pytest.raises(frappe.PermissionError, match="Outcome of the appeal"):
            doc.save()
    with factory.on_day("2026-07-21"), acting_as(case.at.officer):
        doc = stored(case)
        doc.tra_notified_on = "2026-07-21"
        doc.save()


def test_an_appeal_on_the_last_day_counts_and_a_day_later_does_not(case):
    decide(case, "2026-07-20", outcome="Fail")
    user = factory.user_of(case.ect)
    with (
        factory.on_day("2026-08-19"),
        acting_as(user),
        pytest.raises(frappe.ValidationError, match="right to appeal ended"),
    ):
        act("Induction Decision", case.decision, "I have appealed")
    with factory.on_day("2026-08-18"), acting_as(user):
        act("Induction Decision", case.decision, "I have appealed")
    assert (stored(case).stage, str(stored(case).appeal_made_on)) == ("appealed", "2026-08-18")


@pytest.mark.parametrize(
    ("made", "told", "sentence"),
    [
        (
            "2026-07-19",
            "2026-10-30",
            "Appeal made on: 19 July 2026 is before “Notice sent on”, on 20 July 2026",
        ),
        ("2026-08-04", "2026-10-30", "Appeal made on: 4 August 2026 has not come yet"),
        (
            "2026-07-30",
            "2026-07-29",
            "School told of the outcome on: 29 July 2026 is before “Appeal made on”",
        ),
        ("2026-07-30", "2026-11-03", "School told of the outcome on: 3 November 2026 has not come yet"),
    ],
)
def test_the_days_of_an_appeal_can_have_been(case, made, told, sentence):
    decide(case, "2026-07-20", outcome="Fail")
    outcome = {"appeal_outcome": "Dismissed", "appeal_decided_on": told}
    with acting_as(case.at.officer), pytest.raises(frappe.ValidationError, match=sentence):
        with factory.on_day("2026-08-03"):
            act("Induction Decision", case.decision, "Record appeal", values={"appeal_made_on": made})
        with factory.on_day("2026-11-02"):
            act("Induction Decision", case.decision, "Record outcome of appeal", values=outcome)


@pytest.mark.parametrize("outcome", ["Pass", "Fail"])
def test_nobody_passes_or_fails_before_the_last_term(case, outcome):
    with acting_as(case.at.coordinator), factory.on_day("2026-07-07"):
        leave = {"doctype": "Absence", "ect": case.ect, "kind": "Ad hoc", "days": 40}
        frappe.get_doc({**leave, "starts_on": "2026-04-20", "ends_on": "2026-06-19"}).insert()
    with pytest.raises(frappe.ValidationError, match="Decision: 10 July 2026 is too early"):
        decide(case, "2026-07-10", outcome=outcome)
    # Nor is induction extended before its end, but for absence (reg 8(4)).
    with pytest.raises(frappe.ValidationError, match="Decision: 10 July 2026 is too early"):
        decide(case, "2026-07-10", outcome="Extension", extension_terms=1)


def test_an_appeal_allowed_passes_the_ect(case):
    decide(case, "2026-07-20", outcome="Fail")
    with factory.on_day("2026-08-03"), acting_as(factory.user_of(case.ect)):
        act("Induction Decision", case.decision, "I have appealed")
    with factory.on_day("2026-11-02"), acting_as(case.at.officer):
        with pytest.raises(frappe.ValidationError, match="Outcome of the appeal"):
            act("Induction Decision", case.decision, "Record outcome of appeal")
        act(
            "Induction Decision",
            case.decision,
            "Record outcome of appeal",
            values={"appeal_outcome": "Allowed: passed", "appeal_decided_on": "2026-10-30"},
        )
    assert stored(case).dismissal_due_on is None
    assert frappe.db.get_value("ECT", case.ect, "induction_status") == "Passed"


def test_an_extension_lengthens_induction_and_brings_another_final_assessment(case):
    decide(case, "2026-07-20", outcome="Extension", extension_terms=1)
    ect = frappe.get_doc("ECT", case.ect)
    assert (ect.induction_status, ect.required_terms, ect.extension_terms) == ("Extended", 7, 1)
    waiting = frappe.get_all(
        "Formal Assessment",
        filters={"ect": case.ect, "assessment_type": "Final", "stage": "drafting"},
        fields=["term_number"],
    )
    assert [row.term_number for row in waiting] == [7]


def test_the_school_and_the_ect_see_nothing_before_the_notice(case):
    with factory.on_day("2026-07-20"):
        with acting_as(case.at.decider):
            act(
                "Induction Decision",
                case.decision,
                "Decide",
                values={"outcome": "Fail", "reasons": "Evidence."},
            )
        for who in (factory.user_of(case.ect), case.at.head, case.at.coordinator):
            with acting_as(who):
                assert frappe.get_list("Induction Decision", filters={"ect": case.ect}) == []
                assert not frappe.has_permission("Induction Decision", doc=case.decision)
                events = frappe.get_list("Induction Event", filters={"ect": case.ect}, pluck="summary")
                assert not [summary for summary in events if "Decided" in summary]
        with acting_as(case.at.officer):
            act("Induction Decision", case.decision, "Send notice")
    with acting_as(factory.user_of(case.ect)):
        assert frappe.get_list("Induction Decision", filters={"ect": case.ect}, pluck="name") == [
            case.decision
        ]


def test_the_outcome_and_reasons_are_needed_to_decide(case):
    with factory.on_day("2026-07-20"), acting_as(case.at.decider):
        with pytest.raises(frappe.MandatoryError, match="Decision"):
            act("Induction Decision", case.decision, "Decide", values={"reasons": "x"})
        with pytest.raises(frappe.MandatoryError, match="Reasons"):
            act("Induction Decision", case.decision, "Decide", values={"outcome": "Pass", "reasons": " "})
