"""When a post may begin, whose the start of induction is, and what is agreed for a post before it counts."""

import frappe
import pytest

from tests import factory
from tests.factory import acting_as

STARTED, LEFT, RETURNED = "2024-09-02", "2025-02-14", "2025-02-24"
SCHOOL = ("administrator", "coordinator", "head")


@pytest.fixture
def case(site):
    """A full-time ECT registered on 20 August 2024 to start on 2 September."""
    at = factory.shared_place()
    ect = factory.registered_ect(at)
    with factory.on_day("2025-02-24"):
        yield frappe._dict(at=at, ect=ect, period=frappe.db.get_value("Induction Period", {"ect": ect}))


def change(doctype: str, name: str, who: str, **values):
    with acting_as(who):
        doc = frappe.get_doc(doctype, name)
        doc.update(values).save()
    return doc


def post(case, who: str, at=None, **values):
    at = at or case.at
    place = {"ect": case.ect, "school": at.school, "appropriate_body": case.at.body, "fte": 1}
    with acting_as(who):
        return frappe.get_doc({"doctype": "Induction Period", **place, **values}).insert()


def leave(case, on: str = LEFT) -> None:
    change(
        "Induction Period",
        case.period,
        case.at.administrator,
        ends_on=on,
        outcome="Release",
        leaving_reason="Moves",
    )


def next_school(case):
    """Another school of the same appropriate body."""
    return factory.place(body=case.at.body)


def move(case, to, who: str = "Administrator") -> None:
    change("ECT", case.ect, who, school=to.school, induction_tutor=to.tutor, mentor=to.mentor)


def agree(case, who: str, **values) -> None:
    """Tick the conditions of a suitable post on the ECT's record."""
    conditions = [df.fieldname for df in frappe.get_meta("ECT").fields if df.fieldname.startswith("post_")]
    change("ECT", case.ect, who, **{**dict.fromkeys(conditions, 1), **values})


def starts(case) -> tuple[str, str]:
    return (
        str(frappe.db.get_value("Induction Period", case.period, "starts_on")),
        str(frappe.db.get_value("ECT", case.ect, "start_date")),
    )


# The start (2.11, 2.12, 2.16) -------------------------------------------------------------------------


@pytest.mark.parametrize("who", SCHOOL)
@pytest.mark.parametrize("day", ["2024-07-05", "2024-09-09"])
def test_the_start_of_a_registered_induction_is_not_the_schools_to_change(case, who, day):
    person = getattr(case.at, who)
    with factory.refused(frappe.PermissionError, "^From: .*2.12"):
        change("Induction Period", case.period, person, starts_on=day)
    with factory.refused(frappe.PermissionError, "^Induction starts on: .*2.12"):
        change("ECT", case.ect, person, start_date=day)
    assert starts(case) == (STARTED, STARTED)


@pytest.mark.parametrize("who", SCHOOL)
def test_a_school_records_no_post_before_the_induction_began(case, who):
    with factory.refused(frappe.PermissionError, "^From: .*2 September 2024.*2.11"):
        post(case, getattr(case.at, who), starts_on="2024-07-08", ends_on="2024-08-30", outcome="Release")


def test_a_school_records_no_post_before_the_day_the_ect_was_registered(case):
    """The body has set the start back, and the school still has nothing to record before it was registered."""
    frappe.db.set_value("ECT", case.ect, "registered_on", "2025-01-06")
    frappe.db.set_value("Induction Period", case.period, "starts_on", "2025-02-03")
    with factory.refused(frappe.PermissionError, "^From: .*6 January 2025"):
        post(case, case.at.administrator, starts_on="2024-12-02", ends_on="2025-01-31", outcome="Release")


def test_the_body_corrects_the_start_in_either_place_and_both_agree(case):
    change("Induction Period", case.period, case.at.officer, starts_on="2024-09-04")
    assert starts(case) == ("2024-09-04", "2024-09-04")
    change("ECT", case.ect, case.at.officer, start_date="2024-09-09")
    assert starts(case) == ("2024-09-09", "2024-09-09")
    told = frappe.get_all("Induction Event", {"ect": case.ect, "event": "induction period"}, pluck="details")
    assert any('"before": "2024-09-02"' in text and '"after": "2024-09-04"' in text for text in told)
    assert any('"before": "2024-09-04"' in text and '"after": "2024-09-09"' in text for text in told)


def test_even_the_body_does_not_set_the_start_before_qts(case):
    for doctype, name, field in (
        ("Induction Period", case.period, "starts_on"),
        ("ECT", case.ect, "start_date"),
    ):
        with factory.refused(frappe.ValidationError, "2.10"):
            change(doctype, name, case.at.officer, **{field: "2024-06-28"})
    assert starts(case) == (STARTED, STARTED)


def test_a_body_that_records_an_earlier_post_moves_the_start_to_it(case):
    post(case, case.at.officer, starts_on="2024-07-08", ends_on="2024-08-30", outcome="Release")
    assert str(frappe.db.get_value("ECT", case.ect, "start_date")) == "2024-07-08"


def test_a_later_post_is_the_schools_to_record_and_correct(case):
    leave(case)
    agree(case, case.at.administrator)
    again = post(case, case.at.administrator, starts_on=RETURNED)
    change("Induction Period", again.name, case.at.administrator, starts_on="2025-02-20")
    assert starts(case) == (STARTED, STARTED)


# Where it may be served, and under whom (2.4 to 2.8, 2.18, 2.25) --------------------------------------


def test_a_case_does_not_move_to_a_school_in_special_measures(case):
    leave(case)
    to = next_school(case)
    frappe.db.set_value("School", to.school, "special_measures", 1)
    with factory.refused(frappe.ValidationError, "2.4"):
        move(case, to)
    frappe.db.set_value("School", to.school, "ofsted_permits_induction", 1)
    move(case, to)
    frappe.db.set_value("School", to.school, "ofsted_permits_induction", 0)
    agree(case, case.at.officer)
    with factory.refused(frappe.ValidationError, "2.4"):
        post(case, case.at.officer, at=to, starts_on=RETURNED)


def test_who_had_started_there_goes_on_in_special_measures(case):
    leave(case)
    frappe.db.set_value("School", case.at.school, "special_measures", 1)
    agree(case, case.at.administrator)
    assert post(case, case.at.administrator, starts_on=RETURNED).is_open


def test_a_case_does_not_move_to_the_hubs_own_school(case):
    leave(case)
    to = next_school(case)
    frappe.db.set_value("Appropriate Body", case.at.body, "lead_school", to.school)
    with factory.refused(frappe.ValidationError, "2.25"):
        move(case, to)
    frappe.db.set_value("Appropriate Body", case.at.body, "lead_school", None)
    move(case, to)
    agree(case, case.at.officer)
    frappe.db.set_value("Appropriate Body", case.at.body, "lead_school", to.school)
    with factory.refused(frappe.ValidationError, "2.25"):
        post(case, case.at.officer, at=to, starts_on=RETURNED)


def test_a_hub_at_which_induction_was_served_does_not_take_the_case_over(case):
    leave(case)
    other = factory.place()
    frappe.db.set_value("Appropriate Body", other.body, "lead_school", case.at.school)
    with factory.refused(frappe.ValidationError, "2.25"):
        change(
            "ECT",
            case.ect,
            "Administrator",
            school=other.school,
            appropriate_body=other.body,
            induction_tutor=other.tutor,
            mentor=other.mentor,
            named_contact=other.contact,
        )


def test_a_new_post_is_agreed_anew_before_it_is_opened(case):
    leave(case)
    to = next_school(case)
    move(case, to)
    assert not frappe.db.get_value("ECT", case.ect, "post_reduced_timetable")
    with factory.refused(frappe.ValidationError, "^Suitable post: .*2.18"):
        post(case, case.at.officer, at=to, starts_on=RETURNED)
    change("ECT", case.ect, "Administrator", subject="Mathematics")  # nothing breaks meanwhile
    agree(case, to.administrator, post_reduced_timetable=0)
    with factory.refused(frappe.ValidationError, "The timetable is reduced"):
        post(case, case.at.officer, at=to, starts_on=RETURNED)
    agree(case, to.administrator)
    assert post(case, case.at.officer, at=to, starts_on=RETURNED).is_open
    with factory.refused(frappe.ValidationError, "The timetable is reduced"):
        change("ECT", case.ect, to.administrator, post_reduced_timetable=0)


def test_another_post_at_the_same_school_is_agreed_anew_too(case):
    leave(case)
    with factory.refused(frappe.ValidationError, "^Suitable post: .*2.18"):
        post(case, case.at.administrator, starts_on=RETURNED)


def test_a_post_that_had_not_ended_after_all_stays_agreed(case):
    leave(case)
    change("Induction Period", case.period, case.at.head, ends_on=None, outcome="", leaving_reason="")
    assert frappe.db.get_value("ECT", case.ect, "post_reduced_timetable") == 1
