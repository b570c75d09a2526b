"""What falls due when facts change: one transaction, one event, the why beside each figure."""

import json

import frappe
import pytest
from frappe.utils import add_days

from induction_app.induction_case import schedule
from induction_app.induction_case.history import history_of
from induction_app.induction_case.outlook import work_out
from induction_app.workflows.tasks import pending_for
from tests import factory
from tests.factory import acting_as


@pytest.fixture
def case(site):
    """A full-time ECT registered to start on 2 September 2024."""
    at = factory.shared_place()
    ect = factory.registered_ect(at)
    with factory.on_day("2025-02-03"):
        yield frappe._dict(at=at, ect=ect)


def due_dates(ect: str) -> dict:
    rows = frappe.get_all(
        "Progress Review", filters={"ect": ect, "stage": "drafting"}, fields=["term_number", "scheduled_for"]
    )
    rows += frappe.get_all(
        "Formal Assessment",
        filters={"ect": ect, "stage": "drafting"},
        fields=["term_number", "scheduled_for"],
    )
    return {row.term_number: str(row.scheduled_for) for row in rows}


def absence(case, **values):
    with acting_as(case.at.coordinator):
        return frappe.get_doc({"doctype": "Absence", "ect": case.ect, **values}).insert()


def test_each_figure_says_why(case):
    schedule.refresh(case.ect)
    why = json.loads(frappe.db.get_value("ECT", case.ect, "why"))
    assert "2.30" in why["required_terms"]["paragraphs"]
    assert any("terms are required" in step for step in why["terms_left"]["working"])
    review = frappe.get_doc("Progress Review", factory.review_of(case.ect, 2))
    assert "2.48" in json.loads(review.why)["scheduled_for"]["paragraphs"]


def test_a_body_has_its_own_days_before_the_end_of_term(case):
    before = due_dates(case.ect)
    body = frappe.get_doc("Appropriate Body", case.at.body)
    body.policy = '{"event_lead_days": 21}'
    body.save()
    schedule.refresh(case.ect)
    after = due_dates(case.ect)
    assert after == {term: str(add_days(day, -7)) for term, day in before.items()}
    body.policy = ""
    body.save()
    schedule.refresh(case.ect)
    assert due_dates(case.ect) == before


def test_twenty_nine_days_change_nothing_and_the_thirtieth_extends(case):
    before = due_dates(case.ect)
    absence(case, kind="Ad hoc", starts_on="2024-10-14", ends_on="2024-11-29", days=29)
    assert frappe.db.get_value("ECT", case.ect, "absence_extension_days") == 0
    assert due_dates(case.ect) == before
    absence(case, kind="Ad hoc", starts_on="2025-01-13", ends_on="2025-01-13", days=1)
    assert frappe.db.get_value("ECT", case.ect, "absence_extension_days") == 30
    after = due_dates(case.ect)
    assert set(after) - set(before) == {7}  # the final assessment moves to a seventh term
    final = frappe.get_doc(
        "Formal Assessment", {"ect": case.ect, "assessment_type": "Final", "stage": "drafting"}
    )
    assert final.term_number == 7


def test_maternity_leave_extends_only_when_the_ect_chooses(case):
    leave = absence(case, kind="Maternity", starts_on="2025-01-06", ends_on="2025-06-27", days=100)
    assert frappe.db.get_value("ECT", case.ect, "absence_extension_days") == 0
    with acting_as(case.at.coordinator), pytest.raises(frappe.PermissionError, match="3.7"):
        frappe.get_doc("Absence", leave.name).choose(True)
    with acting_as(factory.user_of(case.ect)):
        frappe.get_doc("Absence", leave.name).choose(True)
    assert frappe.db.get_value("ECT", case.ect, "absence_extension_days") == 100


def test_a_refresh_done_twice_changes_nothing(case):
    schedule.refresh(case.ect)
    events = frappe.db.count("Induction Event", {"ect": case.ect})
    dates = due_dates(case.ect)
    schedule.refresh(case.ect)
    assert due_dates(case.ect) == dates
    assert frappe.db.count("Induction Event", {"ect": case.ect}) == events


def test_going_part_time_moves_the_schedule_and_leaves_an_event_with_before_and_after(case):
    with acting_as(case.at.coordinator):
        period = frappe.get_last_doc("Induction Period", {"ect": case.ect})
        period.append("working_patterns", {"from_date": "2025-04-28", "fte": 0.5})
        period.save()
    event = frappe.get_last_doc("Induction Event", {"ect": case.ect, "event": "schedule"})
    details = json.loads(event.details)
    assert details["before"]["earliest_final_assessment"] != details["after"]["earliest_final_assessment"]
    # Two terms served full-time leave 4; at half time those take 8 more terms: 10 in all.
    final = frappe.get_doc(
        "Formal Assessment", {"ect": case.ect, "assessment_type": "Final", "stage": "drafting"}
    )
    assert final.term_number == 10
    first = frappe.get_doc(
        "Formal Assessment", {"ect": case.ect, "assessment_type": "First", "stage": "drafting"}
    )
    assert first.term_number == 4


def test_an_assessment_keeps_what_was_written_when_it_falls_into_another_term(case):
    final = frappe.get_doc("Formal Assessment", factory.assessment_of(case.ect, "Final"))
    with factory.on_day("2026-07-01"), acting_as(case.at.tutor):
        final.judgements[0].evidence = "High expectations in every lesson."
        final.save()
    with factory.on_day("2026-07-01"):
        absence(case, kind="Ad hoc", starts_on="2026-04-20", ends_on="2026-06-19", days=40)
    rows = frappe.get_all(
        "Formal Assessment", {"ect": case.ect, "assessment_type": "Final"}, ["name", "term_number", "stage"]
    )
    assert [(row.name, row.term_number, row.stage) for row in rows] == [(final.name, 7, "drafting")]
    final.reload()
    assert final.judgements[0].evidence == "High expectations in every lesson."


@pytest.mark.parametrize("answer", [{"on_track": "On track"}, {"evidence_summary": "Books and lessons."}])
def test_a_review_in_which_something_is_written_is_not_called_off(case, answer):
    review = frappe.get_doc("Progress Review", factory.review_of(case.ect, 2))
    with acting_as(case.at.tutor):
        review.update(answer).save()
    with acting_as(case.at.coordinator):
        period = frappe.get_last_doc("Induction Period", {"ect": case.ect})
        period.ends_on, period.leaving_reason = "2025-02-01", "New post"
        period.save()
    assert frappe.db.get_value("Progress Review", review.name, "stage") == "drafting"


def test_what_waits_for_a_return_is_nobodys_task(case):
    with factory.on_day("2025-03-10"):
        mine = {task.name for task in pending_for(case.at.tutor, ect=case.ect)}
        review = factory.review_of(case.ect, 2)
        assert review in mine
        absence(case, kind="Maternity", starts_on="2025-03-03", days=5)
        assert review not in {task.name for task in pending_for(case.at.tutor, ect=case.ect)}


def test_what_was_sent_on_early_waits_for_the_next_person(case):
    review = factory.review_of(case.ect, 2)
    with factory.on_day("2025-01-20"):
        assert str(frappe.db.get_value("Progress Review", review, "available_from")) > "2025-01-20"
        factory.write_review(case.at, review, "2025-01-17")
        assert review in {task.name for task in pending_for(factory.user_of(case.ect))}


def test_a_what_if_saves_nothing(case):
    before = (due_dates(case.ect), frappe.db.count("Induction Event", {"ect": case.ect}))
    history = history_of(case.ect)
    outlook = work_out(history.with_changes(fte=0.5))
    assert [each.term for each in outlook.events if each.event == "final_assessment"] == [12]
    assert (due_dates(case.ect), frappe.db.count("Induction Event", {"ect": case.ect})) == before


def test_a_review_that_is_written_is_not_moved_or_called_off(case):
    review = factory.review_of(case.ect, 1)
    factory.write_review(case.at, review, "2025-01-20")
    absence(case, kind="Ad hoc", starts_on="2024-10-01", ends_on="2024-12-13", days=40)
    doc = frappe.get_doc("Progress Review", review)
    assert (doc.stage, str(doc.scheduled_for)) == ("ect_comment", "2024-12-06")


def test_periods_do_not_overlap_and_one_is_open(case):
    with acting_as(case.at.coordinator), pytest.raises(frappe.ValidationError, match="is open already"):
        frappe.get_doc(
            {
                "doctype": "Induction Period",
                "ect": case.ect,
                "school": case.at.school,
                "appropriate_body": case.at.body,
                "starts_on": "2025-01-06",
                "fte": 1,
            }
        ).insert()


def test_what_was_reported_to_the_dfe_cannot_be_written_by_hand(case):
    with acting_as(case.at.coordinator):
        period = frappe.get_last_doc("Induction Period", {"ect": case.ect})
        period.update({"claim_reported_on": "2025-01-01", "terms_served": 6})
        period.save()
    stored = frappe.db.get_value("Induction Period", period.name, ["claim_reported_on", "terms_served"])
    assert stored[0] is None
    assert stored[1] != 6


def test_what_falls_due_while_the_ect_is_away_waits_and_nobody_is_chased(case):
    """Paragraphs 2.49, 2.56 and 3.7."""
    leave = absence(case, kind="Maternity", starts_on="2025-03-03", days=60)
    review, first = factory.review_of(case.ect, 2), factory.assessment_of(case.ect, "First")
    for doctype, name, paragraph in (
        ("Progress Review", review, "2.49"),
        ("Formal Assessment", first, "2.56"),
    ):
        waiting = frappe.get_doc(doctype, name)
        assert (waiting.waits_for, waiting.due_on, waiting.due_paragraph) == ("return", None, paragraph)
        assert "not known" in waiting.why
    with factory.on_day("2025-08-01"):
        late = {task.name for task in pending_for(case.at.tutor, ect=case.ect) if task.overdue}
        assert factory.review_of(case.ect, 1) in late  # it was due before the leave
        assert not {review, first} & late

    with acting_as(case.at.coordinator):
        leave.ends_on = "2025-07-22"
        leave.save()
    review, first = (
        frappe.get_doc("Progress Review", review),
        frappe.get_doc("Formal Assessment", first),
    )
    assert (review.waits_for, str(review.due_on)) == (None, "2025-08-06")
    assert (first.waits_for, first.due_on, first.due_paragraph) == ("choice", None, "3.7")

    with factory.on_day("2025-09-01"), acting_as(factory.user_of(case.ect)):
        frappe.get_doc("Absence", leave.name).choose(extend=False)
    first.reload()
    assert (first.waits_for, str(first.due_on), first.due_paragraph) == (None, "2025-09-15", "2.55")
