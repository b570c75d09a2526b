"""Dates, numbers and people's own text in print."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from induction_app.documents import wording


@pytest.mark.parametrize(
    ("value", "text"),
    [(date(2025, 9, 1), "1 September 2025"), (datetime(2026, 12, 31, 8, 0), "31 December 2026"), (None, "")],
)
def test_dates_are_written_out(value, text):
    assert wording.long_date(value) == text


@pytest.mark.parametrize(
    ("hour", "minute", "text"),
    [(0, 5, "12:05am"), (11, 59, "11:59am"), (12, 0, "12:00pm"), (23, 7, "11:07pm")],
)
def test_times_use_the_twelve_hour_clock(hour, minute, text):
    assert wording.moment(datetime(2026, 7, 1, hour, minute)) == f"1 July 2026 at {text}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (6.0, "6 terms"),
        (1, "1 term"),
        (Decimal("1.25"), "1.25 terms"),
        (5.5, "5.5 terms"),
        (0, "0 terms"),
        (10, "10 terms"),
    ],
)
def test_terms_have_no_needless_point(value, text):
    assert wording.terms(value) == text


def test_an_address_leaves_out_empty_lines():
    assert wording.address_lines("School", None, "1 Street,\n\nTown", "AB1 2CD") == [
        "School",
        "1 Street",
        "Town",
        "AB1 2CD",
    ]


def test_prose_keeps_paragraphs_lines_and_lists():
    text = "First line.\r\nSecond line.\r\n\r\nThese:\n- one\n- two\n\n3. third\n4. fourth"
    assert wording.prose(text) == (
        "<p>First line.<br>Second line.</p>\n<p>These:</p>\n<ul><li>one</li><li>two</li></ul>\n"
        '<ol start="3"><li>third</li><li>fourth</li></ol>'
    )


def test_prose_escapes_whatever_people_write():
    shown = wording.prose('<script>alert(1)</script>\n- <img src="file:///etc/passwd">')
    assert "<script" not in shown and "<img" not in shown
    assert "&lt;script&gt;" in shown and "&lt;img" in shown


@pytest.mark.parametrize("text", [None, "", "  \n \n"])
def test_no_text_is_no_paragraph(text):
    assert wording.prose(text) == ""
