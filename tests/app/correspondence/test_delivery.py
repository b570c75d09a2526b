"""A mail that does not arrive is tried for two days; then those who can do something about it are told."""

from datetime import timedelta

import frappe
import pytest

from induction_app.clock import now
from induction_app.correspondence.delivery import follow_up
from tests import factory


@pytest.fixture
def given_up(bench_site):
    """Return a function that makes a mail which the queue gave up, so long ago and for this reason."""
    frappe.set_user("Administrator")
    at = factory.place()
    ect = factory.registered_ect(at)
    frappe.db.commit()

    def make(error: str, age: timedelta) -> frappe._dict:
        mail = frappe.get_all(
            "Correspondence", {"ect": ect}, ["name", "email_queue", "to_email", "subject"], limit=1
        )[0]
        frappe.db.set_value("Correspondence", mail.name, "made_at", now() - age)
        frappe.db.set_value("Email Queue", mail.email_queue, {"status": "Error", "error": error, "retry": 3})
        frappe.db.commit()
        follow_up()
        queue = frappe.db.get_value("Email Queue", mail.email_queue, ["status", "retry"], as_dict=True)
        since = frappe.db.get_value("Correspondence", mail.name, "not_delivered_on")
        return frappe._dict(mail, at=at, ect=ect, queue=queue, since=since)

    yield make
    frappe.set_user("Administrator")


def told(user: str) -> list[str]:
    return frappe.get_all("Notification Log", {"for_user": user}, pluck="subject")


def test_a_server_that_is_away_is_tried_again(given_up):
    mail = given_up("ConnectionRefusedError: [Errno 111]", timedelta(hours=3))
    assert (mail.queue.status, mail.queue.retry, mail.since) == ("Not Sent", 0, None)
    assert told(mail.at.officer) == []


@pytest.mark.parametrize(
    ("error", "age"),
    [
        ("smtplib.SMTPRecipientsRefused: {...}", timedelta(hours=1)),
        ("ConnectionRefusedError", timedelta(days=3)),
    ],
)
def test_what_does_not_arrive_is_told_once(given_up, error, age):
    mail = given_up(error, age)
    follow_up()
    assert mail.since and mail.queue.status == "Error"
    told_officer = [subject for subject in told(mail.at.officer) if mail.to_email in subject]
    assert len(told_officer) == 1 and mail.subject in told_officer[0]
    events = frappe.get_all("Induction Event", {"ect": mail.ect, "event": "not delivered"}, pluck="summary")
    assert len(events) == 1 and "another way" in events[0]
