"""Notice of a decision: the letter goes to the three people the law names, and stays private."""

import email
import os
from email import policy
from pathlib import Path

import frappe
import pytest

from induction_app.workflows.act import act
from tests import factory
from tests.factory import acting_as
from tests.http_client import Visitor

DECISION = "Induction Decision"


def decide(case, decision: str, outcome: str) -> None:
    with factory.on_day("2026-07-20"):
        with acting_as(case.at.decider):
            act(
                DECISION,
                decision,
                "Decide",
                values={"outcome": outcome, "reasons": "Books were marked late."},
            )
        with acting_as(case.at.officer):
            act(DECISION, decision, "Send notice")


def employer(case) -> str:
    return frappe.db.get_value("School", case.at.school, "employer_email")


@pytest.mark.parametrize("outcome", ["Pass", "Fail"])
def test_notice_goes_to_ect_head_and_employer_with_the_letter(case, considered, mails, outcome):
    decide(case, considered, outcome)
    found = [mail for mail in mails(considered) if mail.kind == "Letter"]
    assert {mail.to_email for mail in found} == {case.user, case.at.head, employer(case)}
    for mail in found:
        queued = frappe.get_doc("Email Queue", mail.email_queue)
        file = frappe.get_doc("File", frappe.parse_json(queued.attachments)[0]["fid"])
        assert file.is_private and file.get_content().startswith(b"%PDF-")
        assert (file.attached_to_doctype, file.attached_to_name) == ("Correspondence", mail.name)
        assert file.file_url == mail.attachment
        # The mail itself tells neither the outcome nor the reasons.
        assert outcome not in mail.body + mail.subject and "Books were marked late" not in mail.body


def test_without_an_address_of_the_employer_the_officer_is_told_to_post_the_letter(case, considered, mails):
    frappe.db.set_value("School", case.at.school, "employer_email", None)
    decide(case, considered, "Fail")
    told = {mail.to_email for mail in mails(considered) if mail.kind == "Letter"}
    assert told == {case.user, case.at.head}
    event = frappe.get_last_doc("Induction Event", {"event": "letter to post", "reference_name": considered})
    assert "post it to The Employer" in event.summary


def test_before_notice_nobody_outside_the_body_is_told_of_the_decision(case, considered, mails):
    with factory.on_day("2026-07-20"), acting_as(case.at.decider):
        act(DECISION, considered, "Decide", values={"outcome": "Fail", "reasons": "On the evidence."})
    assert {mail.to_email for mail in mails(considered)} == {case.at.decider, case.at.officer}


def test_a_letter_ticked_for_people_who_may_not_read_the_record_does_not_reach_them(
    case, considered, mails, rule
):
    values = {"document_type": DECISION, "stage": "appeal_window", "letter": "decision"}
    rule(to_tutor=1, to_mentor=1, to_coordinator=1, **values)
    decide(case, considered, "Fail")
    told = {mail.to_email for mail in mails(considered) if mail.kind == "Letter"}
    assert not told & {case.at.tutor, case.at.mentor}
    assert case.at.coordinator in told


def test_the_outcome_of_an_appeal_is_told_to_those_it_concerns(case, considered, mails):
    decide(case, considered, "Fail")
    with factory.on_day("2026-08-03"), acting_as(case.user):
        act(DECISION, considered, "I have appealed")
    before = {mail.name for mail in mails(considered)}
    with factory.on_day("2026-11-02"), acting_as(case.at.officer):
        outcome = {"appeal_outcome": "Dismissed", "appeal_decided_on": "2026-10-30"}
        act(DECISION, considered, "Record outcome of appeal", values=outcome)
    told = [mail for mail in mails(considered) if mail.name not in before]
    assert {mail.to_email for mail in told} == {case.user, case.at.head, case.at.decider}
    assert all(mail.subject.startswith("Outcome of the appeal") for mail in told)
    assert not any("ismissed" in mail.body for mail in told)  # that is for people who have signed in


def test_only_the_body_is_asked_for_the_outcome_of_an_appeal(case, considered, mails):
    decide(case, considered, "Fail")
    before = {mail.name for mail in mails(considered)}
    with factory.on_day("2026-08-03"), acting_as(case.at.officer):
        act(DECISION, considered, "Record appeal", values={"appeal_made_on": "2026-08-01"})
    told = {mail.to_email: mail.body for mail in mails(considered) if mail.name not in before}
    assert told.keys() == {case.user, case.at.head, case.at.decider}
    assert "Please record the outcome" in told.pop(case.at.decider)
    assert all("nothing you need to do" in body and "ecord the outcome" not in body for body in told.values())


def test_five_days_before_its_end_the_ect_is_reminded_of_the_right_to_appeal(case, considered, mails):
    from datetime import date

    from induction_app.correspondence import post, rules

    decide(case, considered, "Fail")
    record = frappe.get_doc(DECISION, considered).as_dict()
    found = rules.rules_for(DECISION, "before due", "after due")
    assert not rules.due_occasions(found, record, date(2026, 8, 12))
    on = date(2026, 8, 13)
    assert post._send(DECISION, [(record, rules.due_occasions(found, record, on))], on) == 1
    last = mails(considered)[-1]
    assert (last.to_email, last.subject) == (case.user, "The last day to appeal is 18 August 2026")


def test_the_mail_that_arrives_carries_the_pdf_and_the_letter_opens_for_its_reader_only(
    case, considered, url
):
    decide(case, considered, "Fail")
    frappe.db.commit()
    from frappe.email.queue import flush

    flush()
    frappe.db.commit()
    arrived = [
        message
        for path in Path(os.environ["INDUCTION_MAIL"]).glob("*.eml")
        for message in [email.message_from_bytes(path.read_bytes(), policy=policy.default)]
        if considered in "".join(part.get_filename() or "" for part in message.walk())
    ]
    assert {message["To"].addresses[0].addr_spec for message in arrived} == {
        case.user,
        case.at.head,
        employer(case),
    }
    for message in arrived:
        pdf = next(part for part in message.walk() if part.get_content_type() == "application/pdf")
        assert pdf.get_payload(decode=True).startswith(b"%PDF-")
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Reply-To"].addresses[0].addr_spec == frappe.db.get_value(
            "Appropriate Body", case.at.body, "email"
        )
    sent = frappe.get_last_doc("Correspondence", {"to_email": case.user, "kind": "Letter"})
    assert frappe.db.get_value("Email Queue", sent.email_queue, "status") == "Sent"
    assert Visitor(url, case.user).ask("GET", sent.attachment).status_code == 200
    for who in (case.at.tutor, case.at.governor, case.at.mentor):
        assert Visitor(url, who).ask("GET", sent.attachment).status_code == 403
