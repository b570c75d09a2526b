"""A form: its questions, what the person typed, what is wrong with it, and what it becomes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from markupsafe import Markup

from induction_app.page_kit.conflict import Conflict
from induction_app.page_kit.fields import Field
from induction_app.page_kit.govuk import govuk
from induction_app.page_kit.problems import Problem


@dataclass(frozen=True)
class RowField:
    """A field in one row of a record's table: the row whose `key` field has the value `value`."""

    table: str
    key: str
    value: str
    field: str

    def row_in(self, record: Any) -> Any:
        """The row, or None where the record has no such row."""
        return next((row for row in record.get(self.table) or [] if row.get(self.key) == self.value), None)

    def value_in(self, record: Any) -> Any:
        row = self.row_in(record)
        return row.get(self.field) if row else None


class Form:
    """The questions of one page, in order.

    `record` is the Document being changed, if any: it gives the first values and guards against two people
    changing it at once. `rows` says which question is about a row of one of its tables. `values` overrides
    the first values by field name. `button` is the button's text. `draft=True` keeps what is typed on the
    person's device until it is saved; `autosave=True` also sends it to `Page.autosave` while they write.
    `elsewhere` gives the address of the page that asks for a field which this one does not.
    """

    def __init__(
        self,
        *fields: Field,
        record: Any = None,
        rows: Mapping[str, "RowField"] | None = None,
        values: Mapping[str, Any] | None = None,
        elsewhere: Mapping[str, str] | None = None,
        button: str = "",
        draft: bool = True,
        autosave: bool = False,
        action: str = "",
    ) -> None:
        self.fields = {field.name: field for field in fields}
        self.record, self.button = record, button or _("Continue")
        self.rows, self.elsewhere = rows or {}, elsewhere or {}
        self.draft, self.autosave, self.url = draft, autosave, action
        self.errors: list[Problem] = []
        self.values: dict[str, Any] = {}
        self.conflict: Conflict | None = None
        self.posted = False
        self.modified = str(record.modified) if record is not None and record.get("modified") else ""
        first = {name: (values or {}).get(name, self.stored(record, name)) for name in self.fields}
        self.raw = {name: field.show(first[name]) for name, field in self.fields.items()}

    def stored(self, record: Any, name: str) -> Any:
        """What a record holds as the answer to a question."""
        if record is None:
            return None
        return self.rows[name].value_in(record) if name in self.rows else record.get(name)

    def read(self, posted: Mapping[str, Any], files: Mapping[str, Any]) -> bool:
        """Take in what was sent; True when every answer is good. Values are then in `values`."""
        self.posted = True
        self.raw = {name: field.read(posted, files) for name, field in self.fields.items()}
        self.modified = posted.get("record_modified") or self.modified
        if self.record is not None and self.modified:
            # The framework's own lock: save() compares this with the stored record.
            self.record.modified = self.modified
        for name, field in self.fields.items():
            try:
                self.values[name] = field.clean(self.raw[name])
            except Problem as problem:
                self.errors.append(problem)
        return not self.errors

    def refuse(self, problems: list[Problem]) -> None:
        """Add errors found while saving."""
        self.errors.extend(problems)

    @property
    def labels(self) -> dict[str, str]:
        """Field names and what this page, else the record, calls them."""
        labels = {}
        if self.record is not None:
            labels = {df.fieldname: df.label for df in self.record.meta.fields if df.label}
        return labels | {name: field.label for name, field in self.fields.items()}

    def error_for(self, name: str) -> str:
        return next((problem.message for problem in self.errors if problem.field == name), "")

    @property
    def error_list(self) -> list[dict[str, str]]:
        """For the error summary: sentences, linked to their question on this page or on another."""
        return [{"text": problem.message, **self._link_to(problem.field)} for problem in self.errors]

    def _link_to(self, field: str) -> dict[str, str]:
        if field in self.fields:
            return {"href": f"#{self.fields[field].anchor}"}
        return {"href": self.elsewhere[field]} if field in self.elsewhere else {}

    def field(self, name: str) -> Markup:
        """One question as HTML."""
        field, raw = self.fields[name], self.raw[name]
        if not field.component:
            return Markup('<input type="hidden" name="{}" value="{}">').format(name, raw or "")
        return govuk(field.component, field.params(raw, self.error_for(name)))

    def all_fields(self) -> Markup:
        return Markup("\n").join(self.field(name) for name in self.fields)

    def visible(self) -> list[Field]:
        """The questions whose text may be shown again elsewhere (never passwords)."""
        return [field for field in self.fields.values() if field.component and not field.secret]

    def draft_key(self) -> str:
        """The name under which the person's device keeps unsaved text: person, page and record."""
        if not self.draft or frappe.session.user == "Guest":
            return ""
        about = f"{frappe.session.user} {frappe.request.path}"
        return hashlib.sha256(about.encode()).hexdigest()[:20]
