"""Questions with one box: text, number, code, password, date."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from frappe import _

from induction_app.page_kit.problems import Problem

# The framework reads these names from a request's body for its own purposes.
RESERVED_NAMES = {
    "cmd",
    "sid",
    "csrf_token",
    "submit_token",
    "record_modified",
    "record_opened",
    "action",
    "_",
}


class Field:
    """One question of a form.

    `name` is the name of the box and of the value; `label` is the question. `required` is the sentence shown
    when it is left empty (a plain True makes one from the label). `heading=True` makes the question the
    page's heading, for one-question pages. `secret=True` means that the text is never shown again or kept.
    """

    component = "input"
    secret = False

    def __init__(
        self,
        name: str,
        label: str,
        *,
        hint: str = "",
        required: bool | str = False,
        heading: bool = False,
        width: str = "",
        **params: Any,
    ) -> None:
        if name in RESERVED_NAMES:
            raise ValueError(f"A form cannot have a field called {name}: the framework uses that name.")
        self.name, self.label, self.hint, self.required = name, label, hint, required
        self.heading, self.width, self.more_params = heading, width, params

    def read(self, posted: Mapping[str, Any]) -> Any:
        """The person's own text, as typed, to show again if there is an error."""
        return (posted.get(self.name) or "").replace("\r\n", "\n")

    def clean(self, raw: Any) -> Any:
        """The value for the record. Raises Problem with a sentence for the person."""
        text = raw.strip() if isinstance(raw, str) else raw
        if not text:
            return self.empty()
        return self.parse(text)

    def empty(self) -> Any:
        """The value of an unanswered question; Problem when an answer is required."""
        if self.required:
            raise Problem(self.missing_sentence(), self.name)
        return None

    def missing_sentence(self) -> str:
        if isinstance(self.required, str):
            return self.required
        if self.label.endswith("?"):
            return _("Answer the question: {0}").format(self.label)
        return _("Enter {0}").format(self.label[:1].lower() + self.label[1:].rstrip("?"))

    def parse(self, text: str) -> Any:
        return text

    def show(self, value: Any) -> Any:
        """A record's value as the text of the box."""
        return "" if value is None else str(value)

    def as_text(self, raw: Any) -> str:
        """What the person wrote, in one line of plain text, for comparison pages."""
        return str(raw or "")

    @property
    def anchor(self) -> str:
        """The id that the error summary links to."""
        return self.name.replace("_", "-")

    def params(self, raw: Any, error: str) -> dict[str, Any]:
        """What the design system's macro is called with."""
        params: dict[str, Any] = {"id": self.anchor, "name": self.name, **self.more_params}
        params["label"] = self.question()
        if self.hint:
            params["hint"] = {"text": self.hint}
        if error:
            params["errorMessage"] = {"text": error}
        if raw and not self.secret:
            params["value"] = raw
        if self.width:
            params["classes"] = f"govuk-input--width-{self.width} {params.get('classes', '')}".strip()
        return params

    def question(self) -> dict[str, Any]:
        if self.heading:
            return {"text": self.label, "classes": "govuk-label--l", "isPageHeading": True}
        return {"text": self.label, "classes": "govuk-label--s"}


class Text(Field):
    """One line of text, at most `longest` characters."""

    def __init__(self, name: str, label: str, *, longest: int = 140, **options: Any) -> None:
        super().__init__(name, label, **options)
        self.longest = longest

    def parse(self, text: str) -> str:
        if len(text) > self.longest:
            raise Problem(
                _("{0} must be {1} characters or fewer: yours has {2}").format(
                    self.label.rstrip("?"), self.longest, len(text)
                ),
                self.name,
            )
        return text


class TextArea(Text):
    """Several lines of text; with `longest`, a count of the characters left."""

    def __init__(self, name: str, label: str, *, longest: int = 0, rows: int = 6, **options: Any) -> None:
        super().__init__(name, label, longest=longest or 100_000, rows=rows, **options)
        self.component = "character-count" if longest else "textarea"
        if longest:
            self.more_params["maxlength"] = longest


class Email(Text):
    """An email address."""

    def __init__(self, name: str, label: str, **options: Any) -> None:
        super().__init__(name, label, type="email", spellcheck=False, **options)

    def parse(self, text: str) -> str:
        address = super().parse(text)
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
            raise Problem(_("Enter an email address in the right form, like name@example.sch.uk"), self.name)
        return address


class Code(Text):
    """A short run of digits, such as an authenticator code or a TRN; spaces people type are dropped."""

    def __init__(self, name: str, label: str, *, length: int, **options: Any) -> None:
        super().__init__(name, label, inputmode="numeric", spellcheck=False, **options)
        self.length = length

    def parse(self, text: str) -> str:
        digits = re.sub(r"[\s-]", "", text)
        if not (digits.isascii() and digits.isdigit() and len(digits) == self.length):
            raise Problem(
                _("{0} must be {1} digits, like {2}").format(
                    self.label, self.length, "1234567890"[: self.length]
                ),
                self.name,
            )
        return digits


class Number(Field):
    """A decimal number between `least` and `most`, or with `whole` an integer; `unit` stands behind the box."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        least: Decimal | int | None = None,
        most: Decimal | int | None = None,
        unit: str = "",
        whole: bool = False,
        **options: Any,
    ) -> None:
        mode = "numeric" if whole else "decimal"
        super().__init__(name, label, inputmode=mode, spellcheck=False, **options)
        self.least, self.most, self.whole = least, most, whole
        if unit:
            self.more_params["suffix"] = {"text": unit}
        self.width = self.width or "5"

    def show(self, value: Any) -> str:
        """`2.5`, `2`; nothing for 0, which is what the framework keeps for a number nobody has given."""
        return f"{Decimal(str(value)).normalize():f}" if value else ""

    def parse(self, text: str) -> Decimal | int:
        try:
            number = Decimal(text.replace(",", ""))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise Problem(_("{0} must be a number, like 0.5").format(self.label.rstrip("?")), self.name)
        if self.whole and number % 1:
            raise Problem(_("{0} must be a whole number, like 5").format(self.label.rstrip("?")), self.name)
        if self.least is not None and number < self.least:
            raise Problem(_("{0} must be {1} or more").format(self.label.rstrip("?"), self.least), self.name)
        if self.most is not None and number > self.most:
            raise Problem(_("{0} must be {1} or less").format(self.label.rstrip("?"), self.most), self.name)
        return int(number) if self.whole else number


class Password(Field):
    """A password: never shown again, never trimmed, never kept."""

    component = "password-input"
    secret = True

    def clean(self, raw: Any) -> Any:
        return raw or self.empty()


class Hidden(Field):
    """A value carried through the form; no question."""

    component = ""


class DateField(Field):
    """A day, asked as day, month and year. The value is a `datetime.date`."""

    component = "date-input"
    PARTS = ("day", "month", "year")

    def read(self, posted: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple((posted.get(f"{self.name}-{part}") or "").strip() for part in self.PARTS)

    def clean(self, raw: tuple[str, ...]) -> date | None:
        if not any(raw):
            return self.empty()
        missing = [part for part, text in zip(self.PARTS, raw, strict=True) if not text]
        if missing:
            raise Problem(
                _("{0} must include a {1}").format(self.label.rstrip("?"), _(" and ").join(map(_, missing))),
                self.name,
            )
        try:
            day, month, year = (int(text) for text in raw)
            if year < 1000:
                raise ValueError
            return date(year, month, day)
        except ValueError:
            raise Problem(
                _("{0} must be a real date, like 1 9 2025").format(self.label.rstrip("?")), self.name
            ) from None

    def show(self, value: Any) -> tuple[str, ...]:
        if not value:
            return ("", "", "")
        day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
        return (str(day.day), str(day.month), str(day.year))

    def as_text(self, raw: Any) -> str:
        return " ".join(part for part in raw or () if part)

    @property
    def anchor(self) -> str:
        return f"{self.name.replace('_', '-')}-day"

    def params(self, raw: Any, error: str) -> dict[str, Any]:
        params = super().params(None, error)
        params["id"] = self.name.replace("_", "-")
        params["fieldset"] = {"legend": _legend(self)}
        params.pop("label")
        params.pop("name")
        widths = {"day": 2, "month": 2, "year": 4}
        params["items"] = [
            {
                "name": f"{self.name}-{part}",
                "id": f"{params['id']}-{part}",
                "label": _(part.capitalize()),
                "value": (raw or ("", "", ""))[index],
                "classes": f"govuk-input--width-{widths[part]}{' govuk-input--error' if error else ''}",
            }
            for index, part in enumerate(self.PARTS)
        ]
        return params


def _legend(field: Field) -> dict[str, Any]:
    """The question over a group of boxes."""
    if field.heading:
        return {"text": field.label, "classes": "govuk-fieldset__legend--l", "isPageHeading": True}
    return {"text": field.label, "classes": "govuk-fieldset__legend--s"}
