"""A record's text as blocks to read: short facts, passages, the Teachers' Standards one by one, tables.

Works on a record and on any mapping of the same fields, so that a signer reads exactly what is signed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, get_fullname

from induction_app.documents.wording import number
from induction_app.page_kit.environment import day, moment

#: What an answer means, for the colour of its tag.
MOODS = {
    "Satisfactory": "done",
    "Needs further development": "due",
    "Not satisfactory": "late",
    "Unsatisfactory": "late",
    "On track": "done",
    "Developing": "due",
    "Cause for concern": "late",
    "Not on track": "late",
    "Pass": "done",
    "Extension": "due",
    "Fail": "late",
    "Met": "done",
    "Partly met": "due",
    "Not met": "late",
}
_JUDGED = ("judgement", "progress")
_WRITTEN = ("evidence", "note")
_ABOUT = ("target", "finding")
_LONG = ("Text", "Small Text", "Long Text")
_TABLES = ("Table", "Table MultiSelect")


@dataclass(frozen=True)
class Fact:
    """A short answer; `mood` gives it a tag's colour, `why` its reasons."""

    label: str
    value: str
    mood: str = ""
    why: dict | None = None
    shape: str = "fact"


@dataclass(frozen=True)
class Passage:
    """A text of one or more paragraphs, as a person wrote it."""

    label: str
    text: str
    shape: str = "passage"


@dataclass(frozen=True)
class OnStandard:
    """What is said on one of the Teachers' Standards."""

    code: str
    title: str
    verdict: str
    mood: str
    text: str

    @property
    def numbered(self) -> bool:
        """Part Two of the standards has no number that people use."""
        return self.code.isdigit()


@dataclass(frozen=True)
class Standards:
    """What is said on each of the Teachers' Standards."""

    label: str
    entries: list[OnStandard]
    shape: str = "standards"


@dataclass(frozen=True)
class Row:
    """One row of a table: what it is about, in full, and its other answers."""

    text: str
    facts: list[Fact]


@dataclass(frozen=True)
class Rows:
    """The rows of a table of the record."""

    label: str
    rows: list[Row]
    shape: str = "rows"


@dataclass
class Section:
    """Blocks under one heading; `change` is the address at which they are changed."""

    heading: str
    blocks: list[Any] = field(default_factory=list)
    change: str = ""


def blocks_of(
    doctype: str,
    values: Mapping[str, Any],
    fieldnames: Iterable[str],
    reasons: Mapping[str, dict] | None = None,
    empty: bool = False,
) -> list[Any]:
    """The named fields of a record (or of the text of a signature) as blocks.

    `reasons` gives figures their why, by field name. Fields without an answer are left out unless `empty`.
    """
    meta = frappe.get_meta(doctype)
    found = []
    for name in fieldnames:
        df = meta.get_field(name)
        block = _block(df, values, (reasons or {}).get(name))
        if block and (empty or _answered(df, values)):
            found.append(block)
    return found


def _answered(df: Any, values: Mapping[str, Any]) -> bool:
    value = values.get(df.fieldname)
    return df.fieldtype == "Check" or value not in (None, "", [], 0, 0.0)


def _block(df: Any, values: Mapping[str, Any], why: dict | None) -> Any:
    label, value = _(df.label), values.get(df.fieldname)
    if df.fieldtype in _TABLES:
        return _table(df, value or [])
    if df.fieldtype in _LONG:
        return Passage(label, value or "")
    return Fact(label, shown(df, value), MOODS.get(value, "") if df.fieldtype == "Select" else "", why)


def shown(df: Any, value: Any) -> str:
    """A value in the words people use."""
    if value in (None, ""):
        return ""
    match df.fieldtype:
        case "Date":
            return day(value)
        case "Datetime":
            return moment(value)
        case "Float":
            return number(float(value))
        case "Check":
            return _("Yes") if cint(value) else _("No")
        case "Link":
            return _linked(df.options, value)
        case "Select":
            # A capacity is kept by its stable code.
            return _(value.replace("_", " ")).capitalize() if value.islower() else _(value)
    return str(value)


def _linked(doctype: str, name: str) -> str:
    match doctype:
        case "User":
            return get_fullname(name)
        case "Teachers Standard":
            return standard_heading(name)
        case "ECT":
            return f"{frappe.db.get_value('ECT', name, 'full_name')} ({name})"
        case "School":
            return frappe.db.get_value("School", name, "school_name") or name
    return name


def standards() -> dict[str, str]:
    """The Teachers' Standards in order: code and heading."""
    if not hasattr(frappe.local, "induction_standards"):
        rows = frappe.get_all("Teachers Standard", fields=["code", "title"], order_by="position")
        frappe.local.induction_standards = {row.code: row.title for row in rows}
    return frappe.local.induction_standards


def standard_heading(code: str) -> str:
    """A standard as people say it: `3 Good subject and curriculum knowledge`, Part Two without a number."""
    title = _(standards().get(code, code))
    return f"{code} {title}" if code.isdigit() else title


def _table(df: Any, rows: list[Any]) -> Any:
    fields = [
        f for f in frappe.get_meta(df.options).fields if f.fieldtype not in ("Section Break", "Column Break")
    ]
    names = [f.fieldname for f in fields]
    verdict = next((name for name in _JUDGED if name in names), "")
    text = next((name for name in _WRITTEN if name in names), "")
    if "standard" in names and text:
        return Standards(_(df.label), [_on_standard(row, verdict, text) for row in rows])
    return Rows(_(df.label), [_row(row, fields) for row in rows])


def _row(row: Any, fields: list[Any]) -> Row:
    about = next(f.fieldname for f in fields if f.fieldname in _ABOUT)
    facts = [_cell(f, row.get(f.fieldname)) for f in fields if f.fieldname != about and row.get(f.fieldname)]
    return Row(row.get(about) or "", facts)


def _on_standard(row: Any, verdict: str, text: str) -> OnStandard:
    code, said = row.get("standard"), (row.get(verdict) or "") if verdict else ""
    return OnStandard(code, _(standards().get(code, code)), _(said), MOODS.get(said, ""), row.get(text) or "")


def _cell(df: Any, value: Any) -> Fact:
    mood = MOODS.get(value, "") if df.fieldtype == "Select" else ""
    return Fact(_(df.label), shown(df, value), mood)
