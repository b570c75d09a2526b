"""How long each post lasted and what it counts, kept on its Induction Period with the reasons.

The DfE is told the terms of a period when it ends, and a part-timer's reduction hangs on the calendar terms.
"""

from collections.abc import Iterable
from datetime import date

import frappe
from frappe.utils import flt

from induction_app.induction_case.bulk_write import write_many
from induction_app.induction_case.history import History
from induction_app.induction_case.outlook import Outlook
from induction_app.induction_case.rules import ask_rule, why_text

_FIGURES = ("calendar_terms", "terms_served")


def refresh_periods(cases: Iterable[tuple[History, Outlook]], locked: bool = False) -> None:
    """Write the terms of every period of some ECTs where they differ from what is stored. Two queries.

    `locked`: compare with what others have committed since this transaction began.
    """
    cases = list(cases)
    stored = {
        row.name: row
        for row in frappe.qb.get_query(
            "Induction Period",
            filters={"ect": ("in", [history.ect for history, _outlook in cases] or [""])},
            fields=["name", *_FIGURES, "why"],
            for_update=locked,
        ).run(as_dict=True)
    }
    changed = {}
    for history, outlook in cases:
        for name, post in history.posts().items():
            if name not in stored:
                continue
            found = _figures(post, history, _counted_to(history, outlook))
            values = {field: flt(answer.value["terms_served"], 2) for field, answer in found.items()}
            same = all(flt(stored[name][field], 2) == values[field] for field in _FIGURES)
            if not (stored[name].why and same):
                changed[name] = {**values, "why": why_text(found)}
    write_many("Induction Period", changed)


def _counted_to(history: History, outlook: Outlook) -> date:
    """To the end a decision has given the period; without one to today, or the end of induction (2.65)."""
    if history.decided_end:
        return history.decided_end
    return min(history.as_of, outlook.complete_on or history.as_of)


def _figures(post: dict, history: History, counted_to: date) -> dict:
    """The post alone, at its own hours (2.34) and as if they were full-time, which is its calendar length."""
    terms = [term.as_fact() for term in history.terms]
    facts = {"terms": terms, "today": counted_to, "pending": history.pending}
    in_calendar = {**post, "fte": 1, "changes": []}
    return {
        "calendar_terms": ask_rule("induction_progress", posts=[in_calendar], **facts),
        "terms_served": ask_rule("induction_progress", posts=[post], **facts),
    }
