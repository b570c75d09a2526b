"""How long each post lasted and what it counts, kept on its Induction Period with the reasons.

The DfE is told the terms of a period when it ends, and a part-timer's reduction hangs on the calendar terms.
"""

import frappe
from frappe.utils import flt

from induction_app.induction_case.history import History
from induction_app.induction_case.rules import ask_rule, why_text

_FIGURES = ("calendar_terms", "terms_served")


def refresh_periods(history: History) -> None:
    """Write the terms of every period of an ECT where they differ from what is stored. One query to look."""
    stored = {
        row.name: row
        for row in frappe.get_all(
            "Induction Period", filters={"ect": history.ect}, fields=["name", *_FIGURES, "why"]
        )
    }
    for name, post in history.posts().items():
        if name not in stored:
            continue
        found = _figures(post, history)
        values = {field: flt(answer.value["terms_served"], 2) for field, answer in found.items()}
        if stored[name].why and all(flt(stored[name][field], 2) == values[field] for field in _FIGURES):
            continue
        frappe.db.set_value(
            "Induction Period", name, {**values, "why": why_text(found)}, update_modified=False
        )


def _figures(post: dict, history: History) -> dict:
    """The post alone, at its own hours (2.34) and as if they were full-time, which is its calendar length."""
    facts = {"terms": [term.as_fact() for term in history.terms], "today": history.as_of}
    in_calendar = {**post, "fte": 1, "changes": []}
    return {
        "calendar_terms": ask_rule("induction_progress", posts=[in_calendar], **facts),
        "terms_served": ask_rule("induction_progress", posts=[post], **facts),
    }
