"""The door from the records to the statutory rules: ask, and keep the answer's reasons beside the figure."""

import json
from typing import Any

import frappe

from induction_app.clock import today
from induction_app.statutory import Answer, StatutoryError, ask


def ask_rule(question: str, **facts: Any) -> Answer:
    """Ask a statutory question by today's rules. A missing or malformed fact becomes a validation sentence."""
    try:
        return ask(question, facts, on=today())
    except StatutoryError as refusal:
        frappe.throw(str(refusal))


def reasons(answer: Answer) -> dict:
    """An answer as it is kept beside a figure: value, paragraphs and working."""
    value = answer.value
    return {
        "value": value if isinstance(value, bool | int | list | dict | None) else str(value),
        "paragraphs": list(answer.paragraphs),
        "working": list(answer.working),
    }


def why_text(figures: dict[str, Answer]) -> str:
    """The reasons of several figures, by field name, as the JSON a record's `why` field holds."""
    return json.dumps({name: reasons(answer) for name, answer in figures.items()}, default=str, indent=1)


def read_why(doc) -> dict[str, dict]:
    """The reasons a record holds, by field name; none yet: an empty mapping."""
    return json.loads(doc.get("why") or "{}")
