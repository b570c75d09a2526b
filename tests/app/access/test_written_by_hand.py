"""Who writes which field, whatever the door: everybody their own part of a record, and nobody what rules write."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import frappe
import pytest

from tests.app.access import written
from tests.http_client import Refused, Visitor, words

PERIOD, PLAN, AUDIT, REVIEW = "Induction Period", "Action Plan", "QM Audit", "Progress Review"
SCHOOL, BODY = ("COO", "HEA", "SAD"), ("ABO", "ADM")


@pytest.fixture
def post(world):
    """The ECT's last post, open, whatever was decided before."""
    frappe.db.rollback()
    name = frappe.get_all(
        PERIOD, filters={"ect": world.own.ect}, order_by="starts_on desc", pluck="name", limit=1
    )[0]
    frappe.db.set_value(PERIOD, name, {"ends_on": None, "outcome": None, "is_open": 1})
    frappe.db.commit()
    return name


def _stored(doctype: str, name: str, field: str):
    frappe.db.rollback()
    return frappe.db.get_value(doctype, name, field)


# A post --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", (*SCHOOL, *BODY))
@pytest.mark.parametrize(
    ("field", "label"), [("school", "School"), ("appropriate_body", "Appropriate body"), ("ect", "ECT")]
)
def test_a_post_stays_where_and_whose_it_is(world, visitors, post, code, field, label):
    """Another school or body would read the post, and get the ECT's TRN and date of birth for the DfE."""
    other = {
        "school": world.far.place.school,
        "appropriate_body": world.far.place.body,
        "ect": world.far.ect,
    }
    before = _stored(PERIOD, post, field)
    with pytest.raises(Refused) as refused:
        visitors[code].update(PERIOD, post, **{field: other[field]})
    assert refused.value.status in (403, 417)
    assert _stored(PERIOD, post, field) == before


@pytest.mark.parametrize("code", (*SCHOOL, *BODY))
@pytest.mark.parametrize("outcome", ["Pass", "Fail"])
def test_a_post_ends_with_a_pass_or_fail_by_a_decision_alone(visitors, post, code, outcome):
    with pytest.raises(Refused, match="Outcome"):
        visitors[code].update(PERIOD, post, ends_on="2025-03-07", outcome=outcome)
    assert _stored(PERIOD, post, "outcome") in (None, "")


def test_a_school_records_that_an_ect_leaves_and_corrects_it(visitors, post):
    released = {"ends_on": "2025-03-07", "outcome": "Release", "leaving_reason": "Moves away"}
    assert visitors["SAD"].update(PERIOD, post, **released)["is_open"] == 0
    again = {"ends_on": None, "outcome": "", "leaving_reason": ""}
    assert visitors["HEA"].update(PERIOD, post, **again)["is_open"] == 1


@pytest.mark.parametrize(("outcome", "told"), [("Pass", None), ("Release", "2025-03-10")])
def test_an_ended_post_stays_as_decided_and_as_the_dfe_was_told(world, visitors, outcome, told):
    """Neither the end of a decided post nor what the DfE has been told of is changed in a school."""
    name = world.own.records[PERIOD]
    frappe.db.set_value(PERIOD, name, {"outcome": outcome, "outcome_reported_on": told})
    frappe.db.commit()
    try:
        for field, value in (("ends_on", "2021-07-19"), ("outcome", ""), ("fte", 0.5)):
            with pytest.raises(Refused):
                visitors["COO"].update(PERIOD, name, **{field: value})
            with pytest.raises(Refused):
                visitors["ABO"].update(PERIOD, name, outcome="", ends_on="2021-07-19")
    finally:
        frappe.db.rollback()
        frappe.db.set_value(PERIOD, name, {"outcome": None, "outcome_reported_on": None})
        frappe.db.commit()


@pytest.mark.parametrize(
    ("code", "field"),
    [
        *((code, field) for code in SCHOOL for field in ("school", "appropriate_body")),
        ("ABO", "appropriate_body"),
    ],
)
def test_a_post_is_not_made_at_a_place_that_is_not_the_ects(world, visitors, code, field):
    values = written.new(world.own, PERIOD, world.people[code])
    at = {"school": world.far.place.school, "appropriate_body": world.far.place.body}
    with pytest.raises(Refused):
        visitors[code].insert(PERIOD, **{**values, field: at[field]})


@pytest.mark.parametrize("doctype", [PERIOD, "Absence"])
def test_of_what_four_write_at_once_one_is_kept(world, url, doctype):
    """Each of them would find nothing there; the same absence four times would lengthen the induction."""
    values = written.new(world.own, doctype, "")
    people = [Visitor(url, world.people[code]) for code in ("COO", "HEA", "SAD", "ABO")]
    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(
            pool.map(lambda person: person.ask("POST", f"/api/resource/{doctype}", json=values), people)
        )
    frappe.db.rollback()
    kept = frappe.db.count(doctype, {"ect": world.own.ect, "starts_on": values["starts_on"]})
    assert (kept, [answer.ok for answer in answers].count(True)) == (1, 1), [
        words(answer) for answer in answers
    ]


# Each their part -----------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["active", "reviewing"])
def test_an_ect_does_not_rewrite_the_plan_that_supports_them(world, visitors, url, stage):
    """Targets, the day of the meeting and what it found are the school's (paragraph 4.2)."""
    name = world.own.parked[PLAN, stage]
    row = visitors["ECT"].read(PLAN, name)["targets"][0]
    for values in (
        {"targets": [{**row, "target": "Anything"}]},
        {"review_on": "2025-04-01"},
        {"review_notes": "All is well"},
    ):
        with pytest.raises(Refused) as refused:
            visitors["ECT"].update(PLAN, name, **values)
        assert refused.value.status == 403
    assert visitors["TUT"].update(PLAN, name, review_notes="Two of three are met.")
    _is_not_asked(Visitor(url, world.people["ECT"]), f"/plans/{name}", ["targets", "review"])


def test_nobody_else_writes_the_ects_comment(world, visitors):
    for doctype, field in ((REVIEW, "ect_comment"), ("Formal Assessment", "ect_comment")):
        with pytest.raises(Refused) as refused:
            visitors["TUT"].update(doctype, world.own.parked[doctype, "drafting"], **{field: "I agree"})
        assert refused.value.status == 403
    with pytest.raises(Refused):
        visitors["TUT"].update(
            "Observation", world.own.parked["Observation", "drafting"], ect_reflection="So true"
        )
    values = written.new(world.own, PLAN, world.people["TUT"])
    with pytest.raises(Refused):
        visitors["TUT"].insert(PLAN, **values, ect_comment="Thank you")


@pytest.mark.parametrize("code", ["HEA", "COO"])
def test_a_school_does_not_write_the_audit_of_itself(world, visitors, url, code):
    """The audit is the body's; the school has its response (paragraphs 5.8 to 5.11)."""
    name = world.own.parked[AUDIT, "visiting"]
    for values in (
        {"visited_on": "2025-03-01"},
        {"scope": "Nothing much"},
        {"judgement": "Fully meets expectations"},
        {"qa_officer": world.own.place.officer},
        {"findings": []},
    ):
        with pytest.raises(Refused) as refused:
            visitors[code].update(AUDIT, name, **values)
        assert refused.value.status == 403
    with pytest.raises(Refused):
        visitors[code].update(AUDIT, world.own.parked[AUDIT, "following_up"], findings=[])
    steps = ["scope", "visited", "findings", "judgement", "report"]
    _is_not_asked(Visitor(url, world.people[code]), f"/audits/{name}", steps)
    response = world.own.parked[AUDIT, "school_response"]
    assert visitors[code].update(AUDIT, response, school_response="We will.")


@pytest.mark.parametrize("field", ["school", "appropriate_body"])
def test_an_audit_is_not_handed_to_another_school_or_body(world, visitors, field):
    other = {"school": world.far.place.school, "appropriate_body": world.far.place.body}
    name = world.own.parked[AUDIT, "drafting"]
    with pytest.raises(Refused, match="School|Appropriate body"):
        visitors["QAO"].update(AUDIT, name, **{field: other[field]})


@pytest.mark.parametrize("code", ["QAO", "ABO"])
@pytest.mark.parametrize("stage", ["visiting", "reporting", "school_response"])
def test_a_body_does_not_write_the_schools_response(world, visitors, code, stage):
    with pytest.raises(Refused) as refused:
        visitors[code].update(AUDIT, world.own.parked[AUDIT, stage], school_response="We are at fault.")
    assert refused.value.status == 403
    assert visitors[code].update(AUDIT, world.own.parked[AUDIT, "visiting"], scope="Time for induction")


def test_an_ect_writes_of_a_decision_what_their_appeal_is_and_no_more(world, visitors):
    name = world.own.parked["Induction Decision", "appeal_window"]
    with pytest.raises(Refused):
        visitors["ECT"].update("Induction Decision", name, tra_notified_on="2025-01-02")
    assert visitors["ECT"].update("Induction Decision", name, appeal_reference="A 1")


def _is_not_asked(visitor: Visitor, page: str, steps: list[str]) -> None:
    """The page is read; it offers no question, and none is there to be opened."""
    text = visitor.ask("GET", page).text
    assert "/write/" not in text
    for step in steps:
        answer = visitor.ask("GET", f"{page}/write/{step}", allow_redirects=False)
        assert answer.status_code in (302, 303, 403, 404), step


# What belongs to an act ----------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["COO", "ECT", "TUT"])
def test_nobody_confirms_two_capacities_for_another(world, visitors, code):
    name = world.own.parked[REVIEW, "head_signature"]
    with pytest.raises(Refused) as refused:
        visitors[code].update(REVIEW, name, both_capacities_confirmed=1)
    assert refused.value.status == 403
    assert not _stored(REVIEW, name, "both_capacities_confirmed")


def test_a_confirmation_is_gone_when_somebody_else_signs(world, visitors):
    """What one person ticked or gave as a reason is not taken for another's."""
    name = world.own.parked[REVIEW, "head_signature"]
    frappe.db.set_value(REVIEW, name, {"both_capacities_confirmed": 1, "return_reason": "Because"})
    frappe.db.commit()
    with pytest.raises(Refused, match="Reason for returning"):
        visitors["HEA"].call("frappe.model.workflow.apply_workflow", **_moving(name, "Return to tutor"))
    assert visitors["HEA"].update(REVIEW, name)["both_capacities_confirmed"] == 0


@pytest.mark.parametrize("code", ["TUT", "COO"])
def test_a_reason_to_return_is_given_by_who_returns(world, visitors, code):
    name = world.own.parked[REVIEW, "ect_signature"]
    with pytest.raises(Refused) as refused:
        visitors[code].update(REVIEW, name, return_reason="The ECT wants more.")
    assert refused.value.status == 403


def test_desk_saves_the_reason_before_it_returns(world, visitors):
    """As Desk does: the reason on the record first, then the action, both by the same person."""
    name = world.own.parked[REVIEW, "ect_signature"]
    visitors["ECT"].update(REVIEW, name, return_reason="Name the day.")
    try:
        visitors["ECT"].call("frappe.model.workflow.apply_workflow", **_moving(name, "Return to tutor"))
        assert _stored(REVIEW, name, "return_reason") == "Name the day."
        visitors["TUT"].update(REVIEW, name, evidence_summary="The day is named.")
        assert _stored(REVIEW, name, "return_reason") == "Name the day."
    finally:
        written.put_back(world.own, REVIEW, name, "ect_signature")


def _moving(name: str, action: str) -> dict:
    return {"doc": json.dumps({"doctype": REVIEW, "name": name}), "action": action}
