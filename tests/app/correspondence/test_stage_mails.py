"""Mails when a record comes to a stage: the right people, in the transaction of the move, once."""

import frappe
import pytest

from induction_app.correspondence.post import send_for_stage
from induction_app.workflows.act import act
from tests import factory
from tests.factory import acting_as

REVIEW = "Progress Review"


@pytest.fixture
def written(case):
    """The review of the first term, sent to the ECT for comment."""
    with factory.on_day("2024-12-05"):
        factory.write_review(case.at, case.review, "2024-12-04")
    return case.review


def addresses(found: list[frappe._dict]) -> list[str]:
    return sorted(mail.to_email for mail in found)


def test_a_registration_tells_body_then_ect_and_school(case, mails):
    found = mails(case.ect)
    by_rule = {}
    for mail in found:
        by_rule.setdefault(mail.subject.partition(":")[0].split(" is ")[0].strip(), []).append(mail.to_email)
    at = case.at
    assert by_rule["Registration to authorise"] == [at.officer]
    assert by_rule["You are registered for induction"] == [case.user]
    told = [mail.to_email for mail in found if "is registered for induction" in mail.subject]
    assert sorted(told) == sorted([at.tutor, at.mentor, at.coordinator, at.head])
    letter = next(mail for mail in found if mail.to_email == case.user)
    assert letter.kind == "Letter" and letter.attachment.startswith("/private/files/")


def test_a_schedule_made_years_ahead_mails_nobody(case, mails):
    assert mails(case.review) == []


def test_each_stage_tells_whoever_may_act_next_and_not_the_one_who_moved_it(case, written, mails):
    steps = [(case.user, "Send comment", case.at.tutor), (case.at.tutor, "Sign as tutor", case.at.head)]
    steps += [(case.at.head, "Sign as headteacher", case.user), (case.user, "Sign", case.at.officer)]
    assert addresses(mails(written)) == [case.user]
    with factory.on_day("2024-12-05"):
        for who, action, following in steps:
            known = {mail.name for mail in mails(written)}
            with acting_as(who):
                act(
                    REVIEW,
                    written,
                    action,
                    values={"ect_comment": "Yes."} if who == case.user and action != "Sign" else None,
                )
            assert [mail.to_email for mail in mails(written) if mail.name not in known] == [following]


def test_a_record_sent_back_tells_the_tutor_each_time(case, written, mails):
    with factory.on_day("2024-12-05"):
        for _time in range(2):
            with acting_as(case.user):
                act(REVIEW, written, "Return to tutor", reason="The date of the meeting is wrong.")
            with acting_as(case.at.tutor):
                act(REVIEW, written, "Send to ECT")
    assert len(mails(written, to=case.at.tutor)) == 2
    assert len(mails(written, to=case.user)) == 3
    assert all("date of the meeting" not in mail.body for mail in mails(written))


def test_calling_it_twice_for_one_move_sends_once(case, written, mails):
    doc = frappe.get_doc(REVIEW, written)
    doc.load_doc_before_save()
    before = len(mails(written))
    send_for_stage(doc)
    send_for_stage(doc)
    assert len(mails(written)) == before


def test_a_move_that_fails_sends_nothing(case, written, mails):
    before = len(mails(written)), frappe.db.count("Email Queue")
    frappe.db.savepoint("move")
    with factory.on_day("2024-12-05"), acting_as(case.user):
        act(REVIEW, written, "Send comment", values={"ect_comment": "Yes."})
    assert len(mails(written)) == before[0] + 1
    frappe.db.rollback(save_point="move")
    assert (len(mails(written)), frappe.db.count("Email Queue")) == before


def test_every_mail_has_its_queue_entry_and_says_nothing_of_the_text(case, written, mails):
    mail = mails(written)[0]
    queued = frappe.get_doc("Email Queue", mail.email_queue)
    assert (queued.status, queued.reference_doctype, queued.reference_name) == (
        "Not Sent",
        "Correspondence",
        mail.name,
    )
    assert [row.recipient for row in queued.recipients] == [case.user]
    assert factory.REVIEW_TEXT["evidence_summary"] not in queued.message
    assert (mail.school, mail.appropriate_body, mail.ect) == (case.at.school, case.at.body, case.ect)
    assert f"/reviews/{written}" in mail.body


def test_an_account_switched_off_gets_nothing(case, mails):
    frappe.db.set_value("User", case.user, "enabled", 0)
    with factory.on_day("2024-12-05"):
        factory.write_review(case.at, case.review, "2024-12-04")
    assert mails(case.review) == []


def test_a_position_that_has_ended_gets_nothing(case, written, mails):
    frappe.db.set_value("Induction Staff", {"user": case.at.head}, "ends_on", "2024-11-30")
    with factory.on_day("2024-12-05"):
        with acting_as(case.user):
            act(REVIEW, written, "Send comment", values={"ect_comment": "Yes."})
        with acting_as(case.at.tutor):
            act(REVIEW, written, "Sign as tutor")
    assert mails(written, to=case.at.head) == []


def test_a_rule_for_one_stage_speaks_instead_of_the_rule_for_all(case, mails, rule, silence):
    rule("General", to_next_actors=1)
    rule("Special", to_next_actors=1, stage="ect_comment")
    with factory.on_day("2024-12-05"):
        factory.write_review(case.at, case.review, "2024-12-04")
        with acting_as(case.user):
            act(REVIEW, case.review, "Send comment", values={"ect_comment": "Yes."})
    assert [(mail.to_email, mail.subject) for mail in mails(case.review)] == [
        (case.user, "Special"),
        (case.at.tutor, "General"),
    ]


def test_people_are_found_by_capacity_whatever_their_role_is_called(case, mails, rule, silence):
    shipped = frappe.db.get_value("Induction Role", {"capacity": "headteacher"})
    frappe.rename_doc("Role", shipped, "Principal of the school", force=True)
    rule("To the head", to_headteacher=1, stage="ect_comment")
    with factory.on_day("2024-12-05"):
        factory.write_review(case.at, case.review, "2024-12-04")
    assert addresses(mails(case.review)) == [case.at.head]


def test_absence_that_extends_induction_tells_the_body_at_thirty_days_and_not_before(case, mails):
    def absent(days: int, start: str, end: str) -> None:
        with factory.on_day("2025-05-30"), acting_as(case.at.coordinator):
            frappe.get_doc(
                {
                    "doctype": "Absence",
                    "ect": case.ect,
                    "kind": "Ad hoc",
                    "starts_on": start,
                    "ends_on": end,
                    "days": days,
                }
            ).insert()

    told = {case.at.officer, case.at.head, case.user}
    absent(29, "2025-02-24", "2025-04-04")
    assert not [mail for mail in mails(case.ect) if "Absence" in mail.subject]
    absent(1, "2025-05-06", "2025-05-06")
    found = [mail for mail in mails(case.ect) if mail.subject.startswith("Absence extends")]
    assert {mail.to_email for mail in found} == told
    assert "by 30 days" in found[0].body


def test_a_school_that_asks_for_authorisation_is_reported_to_its_body(site, mails):
    at = factory.place()
    frappe.db.set_value("School", at.school, {"authorisation": "Not requested", "authorised_on": None})
    with acting_as(at.head):
        frappe.get_doc("School", at.school).request_authorisation()
    assert addresses(mails(at.school)) == [at.officer]
