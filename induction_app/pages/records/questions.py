"""Fields of a record as questions of a page: options and lengths from the record type, wording from the page."""

from typing import Any

import frappe
from frappe import _

from induction_app.page_kit import DateField, Number, Option, Radios, Select, Text, TextArea
from induction_app.pages.records.reading import standard_heading, standards

LONGEST_LINE = 140


def ask_text(name: str, label: str, **options: Any) -> TextArea:
    """Several lines of text."""
    return TextArea(name, label, **{"rows": 8, **options})


def ask_line(name: str, label: str, **options: Any) -> Text:
    """One line of text."""
    return Text(name, label, longest=LONGEST_LINE, **options)


def ask_day(name: str, label: str, **options: Any) -> DateField:
    """A day; the hint shows how to write one."""
    return DateField(name, label, **{"hint": _("For example, 27 3 2026"), **options})


def ask_number(name: str, label: str, **options: Any) -> Number:
    """A number, from 0 up."""
    return Number(name, label, **{"least": 0, **options})


def ask_choice(
    doctype: str, name: str, label: str, hints: dict[str, str] | None = None, **options: Any
) -> Radios:
    """One of the options that the record type gives for its field."""
    return Radios(options.pop("asked_as", name), label, options=options_of(doctype, name, hints), **options)


def ask_standard(name: str, label: str, **options: Any) -> Select:
    """One of the Teachers' Standards."""
    return Select(name, label, options=[(code, standard_heading(code)) for code in standards()], **options)


def options_of(doctype: str, fieldname: str, hints: dict[str, str] | None = None) -> list[Option]:
    """The answers a record type allows for a field, as radios."""
    lines = (frappe.get_meta(doctype).get_field(fieldname).options or "").split("\n")
    return [Option(value, _(value), (hints or {}).get(value, "")) for value in lines if value]
