"""A mail rule that could not work is refused with a sentence; what was sent cannot be changed."""

import frappe
import pytest

from tests import factory


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "tick at least one"),
        ({"to_ect": 1, "stage": "With ECT for comment"}, "has no stage"),
        ({"to_ect": 1, "happens_when": "after due", "days": 0}, "how many days"),
        ({"to_ect": 1, "happens_when": "after due", "days": 1, "repeat_every": -7}, "number of days"),
        ({"to_ect": 1, "happens_when": "before due", "days": 3, "stage": "received"}, "nothing is due"),
        ({"to_ect": 1, "only_when": "doc.outcome = 1"}, "not a condition"),
        ({"to_ect": 1, "only_when": "doc.terms_number == 1"}, "terms_number is not a field"),
        ({"to_ect": 1, "response": ""}, "no subject or no text"),
        ({"to_ect": 1, "letter": "decision"}, "made of"),
        ({"to_ect": 1, "happens_when": "event recorded"}, "name the event"),
        ({"to_ect": 1, "document_type": "Absence"}, "has no stages"),
        (
            {"to_ect": 1, "document_type": "ECT", "letter": "registration", "happens_when": "before due"},
            "not with reminders",
        ),
    ],
)
def test_a_rule_that_cannot_work_is_refused(rule, values, words):
    with pytest.raises(frappe.ValidationError, match=words):
        rule(**values)


def test_a_rule_keeps_its_key_when_renamed(rule):
    made = rule(to_ect=1)
    frappe.rename_doc("Mail Rule", made.name, f"Renamed {factory.number()}")
    assert frappe.get_last_doc("Mail Rule", {"rule_key": made.rule_key}).name.startswith("Renamed")


def test_what_was_sent_cannot_be_changed_or_deleted(case, mails):
    doc = frappe.get_doc("Correspondence", mails(case.ect)[0].name)
    doc.body = "Something else"
    with pytest.raises(frappe.ValidationError, match="cannot be changed"):
        doc.save()
    with pytest.raises(frappe.ValidationError, match="cannot be deleted"):
        frappe.delete_doc("Correspondence", doc.name)
