"""A report is written, signed and seen at the school it was made at, also after the ECT has moved (2.61 to 2.63)."""

import frappe
import pytest

from induction_app.patches import posts_keep_their_tutor
from induction_app.workflows.act import act
from induction_app.workflows.next_actors import people_who_may_act
from induction_app.workflows.tasks import pending_for
from tests import factory
from tests.factory import acting_as, user_of

ASSESSMENT, PERIOD = "Formal Assessment", "Induction Period"


@pytest.fixture
def case(site):
    """An ECT who left on 14 February 2025 and moved to another school of the body on the 24th."""
    at = factory.shared_place()
    ect = factory.registered_ect(at)
    with factory.on_day("2025-02-17"):
        with acting_as(at.administrator):
            period = frappe.get_doc(PERIOD, {"ect": ect})
            period.update({"ends_on": "2025-02-14", "outcome": "Release"})
            period.save()
        interim = factory.assessment_of(ect, "Interim")
        to = factory.place(body=at.body)
    with factory.on_day("2025-02-24"):
        doc = frappe.get_doc("ECT", ect)
        doc.update({"school": to.school, "induction_tutor": to.tutor, "mentor": to.mentor})
        doc.save()
        yield frappe._dict(at=at, to=to, ect=ect, interim=interim, period=period.name)


def reaches(user: str, doctype: str, name: str, right: str = "read") -> bool:
    with acting_as(user):
        found = bool(frappe.has_permission(doctype, right, frappe.get_doc(doctype, name)))
        if right == "read":
            listed = frappe.get_list(doctype, filters={"name": name}, pluck="name")
            assert bool(listed) == found
    return found


def has_task(case, user: str) -> bool:
    return case.interim in {task.name for task in pending_for(user)}


def test_the_school_that_was_left_writes_and_signs_and_the_next_one_reads(case):
    at, to = case.at, case.to
    assert has_task(case, at.tutor) and not has_task(case, to.tutor)
    factory.write_assessment(at, case.interim, "2025-02-13")
    with acting_as(user_of(case.ect)):
        act(ASSESSMENT, case.interim, "Send comment", values={"ect_comment": "I agree."})
    assert people_who_may_act(frappe.get_doc(ASSESSMENT, case.interim)) == [at.tutor]
    with factory.refused(frappe.PermissionError), acting_as(to.tutor):
        act(ASSESSMENT, case.interim, "Sign as tutor")
    with acting_as(at.tutor):
        act(ASSESSMENT, case.interim, "Sign as tutor")
    assert people_who_may_act(frappe.get_doc(ASSESSMENT, case.interim)) == [at.head]
    assert has_task(case, at.head) and not has_task(case, to.head)
    with factory.refused(frappe.PermissionError), acting_as(to.head):
        act(ASSESSMENT, case.interim, "Sign as headteacher")
    assert reaches(to.head, ASSESSMENT, case.interim) and reaches(to.tutor, ASSESSMENT, case.interim)
    assert not reaches(to.head, ASSESSMENT, case.interim, "write")
    with acting_as(at.head):
        act(ASSESSMENT, case.interim, "Sign as headteacher")
    told = {"reference_name": case.interim, "to_person": ("in", [to.head, to.tutor])}
    assert not frappe.db.exists("Correspondence", told)
    with acting_as(user_of(case.ect)):
        act(ASSESSMENT, case.interim, "Sign")
    with acting_as(at.officer):
        act(ASSESSMENT, case.interim, "Receive")
    signed = frappe.get_all("Induction Signature", {"reference_name": case.interim}, ["person", "school"])
    assert {row.person for row in signed} == {at.tutor, at.head, user_of(case.ect)}
    assert {row.school for row in signed} == {at.school}


def test_reach_is_of_that_record_alone_and_while_it_is_open(case):
    tutor = case.at.tutor
    assert reaches(tutor, ASSESSMENT, case.interim) and reaches(tutor, ASSESSMENT, case.interim, "write")
    assert not reaches(tutor, "ECT", case.ect) and not reaches(tutor, PERIOD, case.period)
    later = frappe.get_doc({"doctype": ASSESSMENT, "ect": case.ect, "assessment_type": "Interim"}).insert()
    assert later.school == case.to.school
    for who in (case.at.tutor, case.at.head):
        assert not reaches(who, ASSESSMENT, later.name)
    assert reaches(case.to.head, ASSESSMENT, later.name, "write")
    frappe.db.set_value(ASSESSMENT, case.interim, "stage", "received")
    assert not reaches(tutor, ASSESSMENT, case.interim)
    assert reaches(case.at.head, ASSESSMENT, case.interim)  # the school keeps it for six years (2.77)
    assert not reaches(case.at.head, ASSESSMENT, case.interim, "write")


def test_another_tutor_of_the_school_that_was_left_has_no_part_in_it(case):
    other = factory.person("Other", "Induction Tutor", school=case.at.school)
    assert not reaches(other, ASSESSMENT, case.interim)


def test_the_post_keeps_the_tutor_it_had_last(case):
    assert frappe.db.get_value(PERIOD, case.period, "induction_tutor") == case.at.tutor
    next_tutor = factory.person("Next", "Induction Tutor", school=case.to.school)
    doc = frappe.get_doc("ECT", case.ect)
    doc.induction_tutor = next_tutor
    doc.save()
    assert frappe.db.get_value(PERIOD, case.period, "induction_tutor") == case.at.tutor


def test_the_patch_finds_who_signed_as_tutor(case):
    factory.write_assessment(case.at, case.interim, "2025-02-13")
    with acting_as(user_of(case.ect)):
        act(ASSESSMENT, case.interim, "Send comment", values={"ect_comment": "I agree."})
    with acting_as(case.at.tutor):
        act(ASSESSMENT, case.interim, "Sign as tutor")
    frappe.db.set_value(PERIOD, case.period, "induction_tutor", None)
    frappe.db.set_value(ASSESSMENT, case.interim, "induction_period", None)
    for _twice in range(2):
        posts_keep_their_tutor.execute()
        assert frappe.db.get_value(PERIOD, case.period, "induction_tutor") == case.at.tutor
        assert frappe.db.get_value(ASSESSMENT, case.interim, "induction_period") == case.period
