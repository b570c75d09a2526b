"""What people type, and what it becomes or why it is refused."""

from datetime import date
from decimal import Decimal

import pytest
from werkzeug.datastructures import MultiDict

from induction_app.page_kit import (
    Checkboxes,
    Code,
    DateField,
    Email,
    Form,
    Number,
    Password,
    Problem,
    Radios,
    Text,
    TextArea,
)

pytestmark = pytest.mark.usefixtures("site")
OPTIONS = [("a", "Sickness"), ("b", "Parental leave")]


def answer(field, **typed):
    posted = MultiDict(typed or {})
    return field.clean(field.read(posted))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("1", "9", "2025"), date(2025, 9, 1)),
        (("29", "2", "2028"), date(2028, 2, 29)),
        ((" 01 ", "09", "2025"), date(2025, 9, 1)),
        (("", "", ""), None),
    ],
)
def test_dates_are_read(typed, expected):
    day, month, year = typed
    field = DateField("start", "First day")
    assert answer(field, **{"start-day": day, "start-month": month, "start-year": year}) == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("29", "2", "2027"), "First day must be a real date, like 1 9 2025"),
        (("31", "9", "2025"), "First day must be a real date, like 1 9 2025"),
        (("1", "9", "25"), "First day must be a real date, like 1 9 2025"),
        (("1", "", "2025"), "First day must include a month"),
        (("1", "", ""), "First day must include a month and year"),
        (("x", "9", "2025"), "First day must be a real date, like 1 9 2025"),
    ],
)
def test_dates_are_refused(typed, sentence):
    day, month, year = typed
    with pytest.raises(Problem, match=f"^{sentence}$"):
        answer(
            DateField("start", "First day"), **{"start-day": day, "start-month": month, "start-year": year}
        )


@pytest.mark.parametrize(
    ("text", "expected"), [("0.5", Decimal("0.5")), ("1", Decimal(1)), ("0.1", Decimal("0.1"))]
)
def test_numbers_are_exact(text, expected):
    assert answer(Number("fte", "Full-time equivalent", least=Decimal("0.1"), most=1), fte=text) == expected


@pytest.mark.parametrize("text", ["3", "1,000", "3.0"])
def test_whole_numbers_are_whole(text):
    days = Number("days", "School days absent", least=1, most=1000, whole=True)
    found = answer(days, days=text)
    assert (found, type(found)) == (int(float(text.replace(",", ""))), int)


def test_half_days_are_not_cut_off():
    days = Number("days", "School days absent", least=1, most=1000, whole=True)
    with pytest.raises(Problem, match="^School days absent must be a whole number, like 5$"):
        answer(days, days="2.5")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0.09", "must be 0.1 or more"),
        ("1.01", "must be 1 or less"),
        ("half", "must be a number"),
        ("NaN", "must be a number"),
        ("Infinity", "must be a number"),
    ],
)
def test_numbers_are_refused(text, sentence):
    with pytest.raises(Problem, match=f"Full-time equivalent {sentence}"):
        answer(Number("fte", "Full-time equivalent", least=Decimal("0.1"), most=1), fte=text)


def test_codes_drop_the_spaces_that_people_type():
    assert answer(Code("trn", "TRN", length=7), trn="12 34 567") == "1234567"
    for wrong in ("123456", "12345678", "123456a", "１２３４５６７"):
        with pytest.raises(Problem, match="TRN must be 7 digits, like 1234567"):
            answer(Code("trn", "TRN", length=7), trn=wrong)


def test_choices_are_only_those_offered():
    assert answer(Radios("why", "Why?", options=OPTIONS), why="a") == "a"
    with pytest.raises(Problem, match="Select one of the answers given: Why?"):
        answer(Radios("why", "Why?", options=OPTIONS), why="<script>")
    ticked = Checkboxes("why", "Why?", options=OPTIONS)
    assert ticked.clean(ticked.read(MultiDict([("why", "a"), ("why", "b")]))) == ["a", "b"]


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (Text("x", "First name", required=True), "Enter first name"),
        (Text("x", "Why are they away?", required=True), "Answer the question: Why are they away?"),
        (Radios("x", "School", options=OPTIONS, required=True), "Select school"),
        (Email("x", "Email", required="Enter your email address"), "Enter your email address"),
    ],
)
def test_missing_answers_are_asked_for(field, sentence):
    with pytest.raises(Problem, match=f"^{sentence.replace('?', '[?]')}$"):
        answer(field, x="  ")


def test_too_long_says_by_how_much():
    with pytest.raises(Problem, match="Notes must be 5 characters or fewer: yours has 6"):
        answer(TextArea("notes", "Notes", longest=5), notes="abcdef")


def test_passwords_keep_their_spaces_and_are_never_shown_again():
    field = Password("password", "Password")
    assert answer(field, password=" a b ") == " a b "
    form = Form(field)
    form.read(MultiDict({"password": "hunter2"}))
    assert "hunter2" not in form.field("password")


def test_what_was_typed_is_shown_again_and_escaped():
    form = Form(Text("name", "Name"), TextArea("notes", "Notes"))
    form.read(MultiDict({"name": '"><script>alert(1)</script>', "notes": "</textarea><script>"}))
    html = form.all_fields()
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_lines_of_a_long_answer_come_back_as_typed():
    form = Form(TextArea("notes", "Notes"))
    form.read(MultiDict({"notes": "one\r\n\r\n    two"}))
    assert ">one\n\n    two</textarea>" in form.field("notes")


def test_no_field_takes_a_name_that_the_framework_uses():
    with pytest.raises(ValueError, match="cmd"):
        Text("cmd", "Command")
