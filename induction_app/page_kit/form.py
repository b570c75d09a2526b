"""A form: its questions, what the person typed, what is wrong with it, and what it becomes."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import frappe
from frappe import _
from markupsafe import Markup

from induction_app.page_kit.conflict import Conflict, stamp
from induction_app.page_kit.fields import Field
from induction_app.page_kit.govuk import govuk
from induction_app.page_kit.problems import Problem


class Form:
    """The questions of one page, in order.

    `record` is the Document being changed, if any: it gives the first values and guards against two people
    changing it at once. `values` gives the first values, by field name, where they are not simply the
    record's: a mapping, or a function of the record, for answers kept in its tables. `button` is the button's text. `draft=True` keeps what is typed on the
    person's device until it is saved; `autosave=True` also sends it to `Page.autosave` while they write.
    `elsewhere` gives the address of the page that asks for a field which this one does not.
    """

    def __init__(
        self,
        *fields: Field,
        record: Any = None,
        values: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]] | None = None,
        elsewhere: Mapping[str, str] | None = None,
        button: str = "",
        draft: bool = True,
        autosave: bool = False,
        action: str = "",
    ) -> None:
        self.fields = {field.name: field for field in fields}
        self.record, self.button = record, button or _("Continue")
        self.elsewhere, self._values = elsewhere or {}, values or {}
        self.draft, self.autosave, self.url = draft, autosave, action
        self.errors: list[Problem] = []
        self.values: dict[str, Any] = {}
        self.conflict: Conflict | None = None
        self.posted = False
        self.modified = str(record.modified) if record is not None and record.get("modified") else ""
        self.version = ""
        self.raw = self.stored(record)
        self.opened = self.prints(self.raw) if self.modified else {}

    def stored(self, record: Any) -> dict[str, Any]:
        """A record's answers to the questions, as the texts of their boxes."""
        given = self._values(record) if callable(self._values) else self._values
        held = {name: given.get(name, record.get(name) if record else None) for name in self.fields}
        return {name: field.show(held[name]) for name, field in self.fields.items()}

    def prints(self, texts: Mapping[str, Any]) -> dict[str, str]:
        """A short fingerprint of each answer, to tell later which ones a person has changed."""
        plain = {name: field.as_text(texts[name]).strip() for name, field in self.fields.items()}
        return {name: hashlib.sha256(text.encode()).hexdigest()[:12] for name, text in plain.items()}

    def read(self, posted: Mapping[str, Any]) -> bool:
        """Take in what was sent; True when every answer is good. Values are then in `values`."""
        self.posted = True
        self.raw = {name: field.read(posted) for name, field in self.fields.items()}
        self.take_stamp(posted.get("record_modified") or self.modified)
        self.opened = _prints_from(posted.get("record_opened")) or self.opened
        if self.record is not None and self.modified:
            # The framework's own lock: save() compares this with the stored record.
            self.record.modified = self.modified
        for name, field in self.fields.items():
            try:
                self.values[name] = field.clean(self.raw[name])
            except Problem as problem:
                self.errors.append(problem)
        return not self.errors

    def take_stamp(self, text: str) -> None:
        """Take over which state of the record the person has on screen, as `stamp` told it."""
        self.modified, _slash, self.version = text.partition("/")

    @property
    def stamp(self) -> str:
        """Which state of the record this form shows, as it carries it; empty without a record."""
        if not self.modified or self.posted:
            return f"{self.modified}/{self.version}" if self.modified else ""
        return stamp(self.record)

    def refuse(self, problems: list[Problem]) -> None:
        """Add errors found while saving."""
        self.errors.extend(problems)

    @property
    def labels(self) -> dict[str, str]:
        """Field names and what this page, else the record, calls them."""
        return self.record_labels | {name: field.label for name, field in self.fields.items()}

    @property
    def record_labels(self) -> dict[str, str]:
        """Field names and what the record calls them, as its controller does."""
        if self.record is None:
            return {}
        return {df.fieldname: _(df.label) for df in self.record.meta.fields if df.label}

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
        params = field.params(raw, self.error_for(name))
        if revealed := getattr(field, "reveal", None):
            params = field.revealing(params, {other: self.field(other) for other in revealed.values()})
        return govuk(field.component, params)

    def all_fields(self) -> Markup:
        revealed = {
            other for field in self.fields.values() for other in getattr(field, "reveal", {}).values()
        }
        return Markup("\n").join(self.field(name) for name in self.fields if name not in revealed)

    def visible(self) -> list[Field]:
        """The questions whose text may be shown again elsewhere (never passwords)."""
        return [field for field in self.fields.values() if field.component and not field.secret]

    @property
    def opened_text(self) -> str:
        """The fingerprints as the form carries them."""
        return " ".join(f"{name}:{text}" for name, text in self.opened.items())

    def draft_key(self) -> str:
        """The name under which the person's device keeps unsaved text: person, page and record."""
        if not self.draft or frappe.session.user == "Guest":
            return ""
        about = f"{frappe.session.user} {frappe.request.path}"
        return hashlib.sha256(about.encode()).hexdigest()[:20]


def _prints_from(text: str | None) -> dict[str, str]:
    """The fingerprints as the form carried them."""
    return dict(pair.split(":", 1) for pair in (text or "").split() if ":" in pair)
