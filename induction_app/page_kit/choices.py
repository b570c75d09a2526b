"""Questions answered by choosing: radios, checkboxes, a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from frappe import _

from induction_app.page_kit.fields import Field, _legend
from induction_app.page_kit.problems import Problem


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen: what is kept, what is read, and a hint below it."""

    value: str
    text: str
    hint: str = ""


class Choice(Field):
    """A question whose answer is one of `options` (an Option, or a pair of value and text, each)."""

    def __init__(self, name: str, label: str, *, options: Iterable[Any], **more: Any) -> None:
        super().__init__(name, label, **more)
        self.options = [option if isinstance(option, Option) else Option(*option) for option in options]

    def missing_sentence(self) -> str:
        if isinstance(self.required, str):
            return self.required
        if self.label.endswith("?"):
            return _("Select an answer to: {0}").format(self.label)
        return _("Select {0}").format(self.label[:1].lower() + self.label[1:].rstrip("?"))

    def parse(self, text: str) -> str:
        if text not in self.values:
            raise Problem(_("Select one of the answers given: {0}").format(self.label), self.name)
        return text

    def as_text(self, raw: Any) -> str:
        chosen = [raw] if isinstance(raw, str) else list(raw or [])
        known = [option.text for option in self.options if option.value in chosen]
        return ", ".join([*known, *(value for value in chosen if value and value not in self.values)])

    @property
    def values(self) -> set[str]:
        return {option.value for option in self.options}

    def items(self, chosen: set[str]) -> list[dict[str, Any]]:
        return [
            {
                "value": option.value,
                "text": option.text,
                "checked": option.value in chosen,
                **({"hint": {"text": option.hint}} if option.hint else {}),
            }
            for option in self.options
        ]


class Radios(Choice):
    """One answer, all answers in view. `inline=True` puts two short answers on one line.

    `reveal` maps an answer to the name of the question asked with it, which is another field of the form.
    """

    component = "radios"

    def __init__(
        self,
        name: str,
        label: str,
        *,
        inline: bool = False,
        reveal: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(name, label, **more)
        self.reveal = reveal or {}
        if inline:
            self.more_params["classes"] = "govuk-radios--inline"

    def params(self, raw: Any, error: str) -> dict[str, Any]:
        params = super().params(None, error)
        params["idPrefix"] = params.pop("id")
        params["fieldset"] = {"legend": _legend(self)}
        params.pop("label")
        params["items"] = self.items({raw or ""})
        return params

    def revealing(self, params: dict[str, Any], questions: Mapping[str, Any]) -> dict[str, Any]:
        """The params with the HTML of the questions that its answers reveal."""
        for item in params["items"]:
            if item["value"] in self.reveal:
                item["conditional"] = {"html": questions[self.reveal[item["value"]]]}
        return params


class Checkboxes(Radios):
    """Any number of answers; the value is a list."""

    component = "checkboxes"

    def read(self, posted: Mapping[str, Any]) -> list[str]:
        return (
            list(posted.getlist(self.name)) if hasattr(posted, "getlist") else list(posted.get(self.name, []))
        )

    def clean(self, raw: list[str]) -> list[str]:
        if not raw:
            return self.empty() or []
        return [self.parse(value) for value in raw]

    def show(self, value: Any) -> list[str]:
        return list(value or [])

    def params(self, raw: Any, error: str) -> dict[str, Any]:
        params = super().params(None, error)
        params["items"] = self.items(set(raw or []))
        return params


class Tick(Checkboxes):
    """One box that is ticked or not; the value is 1 or 0. `label` is the sentence beside the box."""

    def __init__(self, name: str, label: str, *, hint: str = "", **more: Any) -> None:
        super().__init__(name, label, options=[Option("1", label, hint)], **more)

    def clean(self, raw: list[str]) -> int:
        return 1 if raw else self.empty() or 0

    def show(self, value: Any) -> list[str]:
        return ["1"] if value and str(value) != "0" else []

    def as_text(self, raw: Any) -> str:
        return _("Yes") if raw else _("No")

    def params(self, raw: Any, error: str) -> dict[str, Any]:
        params = super().params(raw, error)
        # The box's own sentence names it: no question stands over it.
        params.pop("fieldset")
        return params


class Select(Choice):
    """One answer from a longer list."""

    component = "select"

    def __init__(self, name: str, label: str, *, prompt: str = "", **more: Any) -> None:
        super().__init__(name, label, **more)
        self.prompt = prompt

    def params(self, raw: Any, error: str) -> dict[str, Any]:
        params = super().params(None, error)
        params["items"] = [
            {"value": "", "text": self.prompt or _("Choose"), "selected": not raw},
            *(
                {"value": option.value, "text": option.text, "selected": option.value == raw}
                for option in self.options
            ),
        ]
        return params
