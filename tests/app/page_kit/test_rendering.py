"""Escaping, dates and links in templates."""

from datetime import date, datetime

import jinja2
import pytest
from markupsafe import Markup

from induction_app.page_kit.environment import day, environment, moment, paragraphs, safe_url
from induction_app.page_kit.govuk import govuk
from induction_app.page_kit.page import inside_address

pytestmark = pytest.mark.usefixtures("site")
SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("component", "params"),
    [
        ("button", {"text": SCRIPT}),
        ("button", {"html": SCRIPT}),
        ("tag", {"text": SCRIPT}),
        ("input", {"id": "x", "name": "x", "label": {"text": SCRIPT}, "value": f'">{SCRIPT}'}),
        ("summary-list", {"rows": [{"key": {"text": SCRIPT}, "value": {"html": SCRIPT}}]}),
        ("error-summary", {"titleText": "x", "errorList": [{"text": SCRIPT, "href": f'#">{SCRIPT}'}]}),
        ("input", {"id": "x", "name": "x", "label": {"text": "x"}, "attributes": {"data-x": f'">{SCRIPT}'}}),
    ],
)
def test_no_component_lets_a_script_through(component, params):
    assert "<script>" not in govuk(component, params)


def test_markup_of_ours_stays_markup():
    assert "<b>bold</b>" in govuk("inset-text", {"html": Markup("<b>bold</b>")})


def test_templates_escape_and_refuse_misspelt_names():
    assert environment().from_string("{{ x }}").render(x=SCRIPT) == "&lt;script&gt;alert(1)&lt;/script&gt;"
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ titel }}").render(title="x")


def test_dates_are_written_out():
    assert day(date(2025, 9, 1)) == "1 September 2025"
    assert day("2025-12-31") == "31 December 2025"
    assert day(None, "Not yet") == "Not yet"
    assert moment(datetime(2025, 9, 1, 0, 5)) == "1 September 2025 at 12:05am"
    assert moment(datetime(2025, 9, 1, 14, 30)) == "1 September 2025 at 2:30pm"


def test_peoples_paragraphs_are_kept_and_escaped():
    html = paragraphs(f"One\r\ntwo\r\n\r\n{SCRIPT}")
    assert html.count("<p ") == 2
    assert "One<br>two" in html
    assert "<script>" not in html


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//example.com", "https://example.com", "", None])
def test_links_stay_inside_the_site(link):
    assert safe_url(link) == "#"
    assert inside_address(link) == "/"


@pytest.mark.parametrize("link", ["/home\r\nSet-Cookie: a=b", "/home\n", "/a\tb"])
def test_a_link_with_a_line_break_leads_to_the_first_page(link):
    assert inside_address(link) == "/"


def test_a_sign_in_address_carries_where_to_go():
    assert inside_address("/sign-in", then="/cases/ECT-1?tab=a&b") == (
        "/sign-in?redirect-to=%2Fcases%2FECT-1%3Ftab%3Da%26b"
    )
