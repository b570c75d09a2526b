"""How long each post lasted and what it counts, kept on its Induction Period with the reasons.

The DfE is told the terms of a period when it ends, and a part-timer's reduction hangs on the calendar terms.
"""

from collections.abc import Iterable

import frappe
from frappe.utils import flt

from induction_app.induction_case.bulk_write import write_many
from induction_app.induction_case.history import History
from induction_app.induction_case.rules import ask_rule, why_text

_FIGURES = ("calendar_terms", "terms_served")


def refresh_periods(histories: Iterable[History]) -> None:
    """Write the terms of every period of some ECTs where they differ from what is stored. Two queries."""
    histories = list(histories)
    stored = {
        row.name: row
        for row in frappe.get_all(
            "Induction Period",
            filters={"ect": ("in", [history.ect for history in histories] or [""])},
            fields=["name", *_FIGURES, "why"],
        )
    }
    changed = {}
    for history in histories:
        for name, post in history.posts().items():
            if name not in stored:
                continue
            found = _figures(post, history)
            values = {field: flt(answer.value["terms_served"], 2) for field, answer in found.items()}
            same = all(flt(stored[name][field], 2) == values[field] for field in _FIGURES)
            if not (stored[name].why and same):
                changed[name] = {**values, "why": why_text(found)}
    write_many("Induction Period", changed)


def _figures(post: dict, history: History) -> dict:
    """The post alone, at its own hours (2.34) and as if they were full-time, which is its calendar length."""
    facts = {"terms": [term.as_fact() for term in history.terms], "today": history.as_of}
    in_calendar = {**post, "fte": 1, "changes": []}
    return {
        "calendar_terms": ask_rule("induction_progress", posts=[in_calendar], **facts),
        "terms_served": ask_rule("induction_progress", posts=[post], **facts),
    }
