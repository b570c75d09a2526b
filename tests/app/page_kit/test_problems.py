"""Refusals of controllers, beside the field they are about."""

import frappe
import pytest

from induction_app.page_kit.problems import plain_text, problems_from

pytestmark = pytest.mark.usefixtures("site")
LABELS = {"from_date": "First day away", "to_date": "Last day away", "days": "Days", "trn": "TRN"}


@pytest.mark.parametrize(
    ("sentence", "field"),
    [
        ("First day away must be after 1 September 2025", "from_date"),
        ("The last day away is before the first", "to_date"),
        ("Enter a TRN of 7 digits", "trn"),
        ("Something else is wrong", ""),
        ("Holidays are not absences", ""),
    ],
)
def test_a_sentence_belongs_to_the_field_it_names(sentence, field):
    problem = problems_from(frappe.ValidationError(sentence), LABELS)[0]
    assert (problem.message, problem.field) == (sentence, field)


def test_missing_fields_of_a_real_record_are_named_as_the_page_names_them():
    with pytest.raises(frappe.MandatoryError) as refused:
        frappe.get_doc({"doctype": "ToDo"}).insert()
    problems = problems_from(refused.value, {"description": "What is to be done"})
    assert [(p.message, p.field) for p in problems] == [("Enter what is to be done", "description")]


def test_markup_of_the_framework_is_not_shown():
    said = plain_text("Row #1: <b>Days</b> &amp; dates<br>must <a href='/x'>match</a>")
    assert said == "Row #1: Days & dates must match"
