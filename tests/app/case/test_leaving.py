"""An ECT leaves a post: the interim assessment, what stays for the school that is left, who is told (2.62 to 2.74)."""

import frappe
import pytest

from induction_app.induction_case import clocks
from induction_app.workflows.tasks import pending_for
from tests import factory
from tests.factory import acting_as

REVIEW, ASSESSMENT, PERIOD = "Progress Review", "Formal Assessment", "Induction Period"
LEFT = "2025-05-23"


@pytest.fixture
def case(site):
    """A full-time ECT since 2 September 2024, of whom nothing has been written by 26 May 2025."""
    at = factory.shared_place()
    ect = factory.registered_ect(at)
    with factory.on_day("2025-05-26"):
        yield frappe._dict(at=at, ect=ect, period=frappe.db.get_value(PERIOD, {"ect": ect}))


def end(case, on: str | None = LEFT, who: str = "administrator", **values) -> None:
    with acting_as(getattr(case.at, who)):
        period = frappe.get_doc(PERIOD, case.period)
        period.update({"ends_on": on, "outcome": "Release" if on else "", **values})
        period.save()


def join(case, on: str, to=None):
    """The case goes on in a new post, at another school or at the same."""
    to = to or factory.place(body=case.at.body)
    ect = frappe.get_doc("ECT", case.ect)
    ect.update({"school": to.school, "induction_tutor": to.tutor, "mentor": to.mentor})
    ect.save()
    ect.update({df.fieldname: 1 for df in ect.meta.fields if df.fieldname.startswith("post_")})
    ect.save()
    with acting_as(case.at.officer):
        place = {"ect": case.ect, "school": to.school, "appropriate_body": case.at.body}
        frappe.get_doc({"doctype": PERIOD, **place, "starts_on": on, "fte": 1}).insert()
    return to


def interims(case) -> list:
    return frappe.get_all(
        ASSESSMENT,
        {"ect": case.ect, "assessment_type": "Interim", "stage": ("!=", "cancelled")},
        ["name", "school", "scheduled_for", "due_on", "due_paragraph", "stage", "induction_period"],
    )


def waiting(case, school: str | None = None) -> list[tuple]:
    """The reviews and scheduled assessments that are asked for, by school."""
    found = []
    for doctype, kind in ((REVIEW, {}), (ASSESSMENT, {"assessment_type": ("!=", "Interim")})):
        asked = {"ect": case.ect, "stage": "drafting", "school": school or case.at.school, **kind}
        rows = frappe.get_all(doctype, asked, ["term_number", "scheduled_for"])
        found += [(doctype, row.term_number, str(row.scheduled_for)) for row in rows]
    return sorted(found, key=lambda row: row[2])


OVERDUE = [(REVIEW, 1, "2024-12-06"), (REVIEW, 2, "2025-03-21")]


def test_leaving_asks_the_school_that_is_left_for_an_interim_assessment(case):
    end(case)
    (interim,) = interims(case)
    assert (interim.school, interim.induction_period) == (case.at.school, case.period)
    assert (str(interim.scheduled_for), str(interim.due_on)) == (LEFT, LEFT)
    assert interim.due_paragraph == "2.63"  # it could not be done before they left
    assert interim.name in {task.name for task in pending_for(case.at.tutor, ect=case.ect)}


def test_announced_in_time_it_is_due_by_the_last_day(case):
    end(case, "2025-06-13", outcome="")
    (interim,) = interims(case)
    assert (str(interim.due_on), interim.due_paragraph) == ("2025-06-13", "2.62")


@pytest.mark.parametrize(
    ("left", "why"),
    [
        ("2024-11-15", "less than a term in the post"),
        ("2025-07-22", "the first assessment is due before the last day, and still to be written"),
    ],
)
def test_no_interim_assessment(case, left, why):
    end(case, left, outcome="" if left > "2025-05-26" else "Release")
    assert not interims(case), why


def test_one_that_has_been_written_is_not_asked_for_again(case):
    with acting_as(case.at.tutor):
        frappe.get_doc({"doctype": ASSESSMENT, "ect": case.ect, "assessment_type": "Interim"}).insert()
    end(case)
    assert len(interims(case)) == 1


def test_it_moves_with_the_last_day_and_goes_when_the_post_goes_on(case):
    end(case)
    end(case, "2025-05-16")
    (interim,) = interims(case)
    assert str(interim.due_on) == "2025-05-16"
    end(case, None, who="head")
    assert not interims(case)
    end(case)
    assert len(interims(case)) == 1


def test_what_was_overdue_stays_and_what_comes_later_is_called_off(case):
    end(case)
    assert waiting(case) == OVERDUE
    clocks.refresh_cases([case.ect])
    assert waiting(case) == OVERDUE


def test_what_is_due_before_an_announced_last_day_stays(case):
    end(case, "2025-07-22", outcome="")
    assert waiting(case) == [*OVERDUE, (ASSESSMENT, 3, "2025-07-08")]


def test_the_new_school_is_not_asked_for_terms_before_its_time(case):
    end(case)
    with factory.on_day("2025-06-09"):
        to = join(case, "2025-06-09")
        asked = waiting(case, to.school)
        assert waiting(case) == OVERDUE
        served = [(REVIEW, 3), (ASSESSMENT, 4), (REVIEW, 5), (REVIEW, 6), (ASSESSMENT, 7)]
        assert [row[:2] for row in asked] == served  # two weeks and a half of term 3 were not served
        clocks.refresh_cases([case.ect])
        assert (waiting(case), waiting(case, to.school)) == (OVERDUE, asked)


def test_what_the_new_school_was_asked_for_before_its_time_is_called_off(case):
    """As an earlier version made them."""
    end(case)
    with factory.on_day("2025-06-09"):
        to = join(case, "2025-06-09")
        period = frappe.db.get_value(PERIOD, {"ect": case.ect, "is_open": 1})
        for name in frappe.get_all(REVIEW, {"ect": case.ect, "term_number": ("<", 3)}, pluck="name"):
            frappe.db.set_value(REVIEW, name, {"induction_period": period, "school": to.school})
        clocks.refresh_cases([case.ect])
        assert not {row[1] for row in waiting(case, to.school)} & {1, 2}


def test_what_the_old_school_has_begun_does_not_stand_in_for_what_the_new_one_writes(case):
    with acting_as(case.at.tutor):
        first = frappe.get_doc(ASSESSMENT, factory.assessment_of(case.ect, "First"))
        first.summary = "Begun."
        first.save()
    end(case)
    with factory.on_day("2025-06-09"):
        to = join(case, "2025-06-09")
    assert (ASSESSMENT, 4, "2025-12-05") in waiting(case, to.school)
    assert frappe.db.get_value(ASSESSMENT, first.name, ["school", "stage"]) == (case.at.school, "drafting")


def test_the_body_and_the_headteacher_are_told(case):
    end(case)
    told = frappe.get_all(
        "Correspondence", {"ect": case.ect, "subject": ("like", "%leaves%")}, pluck="to_person"
    )
    assert sorted(told) == sorted([case.at.officer, case.at.head, case.at.tutor])
    story = frappe.get_all("Induction Event", {"ect": case.ect, "event": "left"}, pluck="summary")
    assert len(story) == 1 and "23 May 2025" in story[0]
