"""Nobody writes to people in the service's name, and nobody gets a file by having it sent to them."""

from __future__ import annotations

import json

import frappe
import pytest
import requests

from tests import factory
from tests.app.access.world import ROLES
from tests.http_client import Visitor, words

_METHOD = "/api/method/frappe"
MAKE = f"{_METHOD}.core.doctype.communication.email.make"
NAMES = (
    MAKE,
    "/api/v2/method/frappe.core.doctype.communication.email.make",
    f"{_METHOD}.automation.doctype.auto_repeat.auto_repeat.make",
    f"{_METHOD}.automation.doctype.auto_repeat.auto_repeat.make/",
    f"{_METHOD}.automation.doctype.auto_repeat.auto_repeat.make/of/it",
    f"{MAKE}/of/it",
    "/api/v2/method/Auto Repeat/make",
)
ON_A_PAGE = (
    "frappe.core.doctype.communication.email.make",
    "frappe.automation.doctype.auto_repeat.auto_repeat.make",
)
MAIL = {
    "recipients": "outsider@example.org",
    "subject": "Your induction",
    "content": "Sign in here.",
    "sender": "somebody.else@example.org",
    "send_email": "1",
}
_TRACES = ("Communication", "Email Queue", "Email Rule", "Email Unsubscribe")


def _made() -> dict[str, int]:
    frappe.db.rollback()
    return {kind: frappe.db.count(kind) for kind in _TRACES}


@pytest.mark.parametrize("code", ROLES)
def test_nobody_mails_outsiders(world, visitors, code):
    before = _made()
    for path in NAMES:
        answer = visitors[code].ask("POST", path, data=MAIL)
        assert answer.status_code == 403, f"{path}: {answer.text[:200]}"
    assert "letters by itself" in words(visitors[code].ask("POST", MAKE, data=MAIL))
    assert _made() == before


@pytest.mark.parametrize("code", ("TUT", "ABO"))
def test_nobody_mails_from_a_record_of_their_own(world, visitors, code):
    before = _made()
    for doctype in ("Progress Review", "ECT"):
        record = {"doctype": doctype, "name": world.own.records[doctype]}
        assert visitors[code].ask("POST", MAKE, data={**MAIL, **record}).status_code == 403
    assert _made() == before


@pytest.mark.parametrize("method", ON_A_PAGE)
def test_nobody_mails_by_naming_the_method_on_a_page(world, url, method):
    before = _made()
    visitor = Visitor(url, world.people["GOV"])
    assert visitor.ask("POST", "/", data={**MAIL, "cmd": method}).status_code in (400, 403)
    assert visitor.ask("GET", "/", params={**MAIL, "cmd": method}).status_code == 403
    assert _made() == before


def test_a_file_is_not_had_by_having_it_attached(world, visitors):
    url = world.own.files[world.own.records["Formal Assessment"]]
    file = frappe.db.get_value("File", {"file_url": url})
    asked = {**MAIL, "send_email": "0", "attachments": json.dumps([file])}
    for path in NAMES:
        assert visitors["GOV"].ask("POST", path, data=asked).status_code == 403
    assert visitors["GOV"].ask("GET", url).status_code == 403
    frappe.db.rollback()
    assert frappe.db.count("File", {"file_url": url}) == 1


@pytest.mark.parametrize(
    ("method", "values"),
    [
        ("email.relink", {"name": "any", "reference_doctype": "ECT", "reference_name": "any"}),
        ("email.inbox.mark_as_spam", {"communication": "any", "sender": "service@example.org"}),
        (
            "email.doctype.email_account.email_account.set_email_password",
            {"email_account": "any", "password": "x"},
        ),
        ("core.doctype.sms_settings.sms_settings.send_sms", {"receiver_list": '["1"]', "msg": "x"}),
        ("email.doctype.notification.notification.send_sms", {"receiver_list": '["1"]', "msg": "x"}),
        ("www.contact.send_message", {"sender": "outsider@example.org", "message": "x"}),
    ],
)
def test_other_ways_to_write_to_people_are_closed(world, visitors, url, method, values):
    before = _made()
    for code in ("GOV", "ECT", "ABO"):
        assert visitors[code].ask("POST", f"{_METHOD}.{method}", data=values).status_code == 403
    assert requests.post(f"{url}{_METHOD}.{method}", data=values, timeout=60).status_code in (401, 403)
    assert _made() == before


def test_who_looks_after_the_service_may(world, url):
    """The framework's own mail page is theirs."""
    manager = factory.person("Manager")
    frappe.get_doc("User", manager).add_roles("System Manager")
    frappe.db.commit()
    answer = Visitor(url, manager).ask("POST", MAKE, data={**MAIL, "send_email": "0"})
    assert answer.ok, words(answer)
    made = answer.json()["message"]["name"]
    assert frappe.db.get_value("Communication", made, "recipients") == MAIL["recipients"]
