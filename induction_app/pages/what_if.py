"""What a change would do: the schedule as it is beside the schedule as it would be. Nothing is saved."""

from dataclasses import replace
from datetime import date
from typing import Any

from frappe import _

from induction_app.clock import today
from induction_app.induction_case.history import history_of
from induction_app.induction_case.outlook import Outlook, work_out
from induction_app.page_kit.environment import day
from induction_app.pages.cases import terms
from induction_app.statutory import Answer


def compare(ect: str, **changes: Any) -> dict[str, Any]:
    """Both outlooks of a case, row by row. `changes` are those of `History.with_changes`."""
    history = history_of(ect)
    now, then = work_out(history), work_out(history.with_changes(**changes))
    return {"figures": _figures(now, then), "events": _events(now, then), "why": _reasons(then)}


def final_assessment_with(ect: str, start: date, extend: bool) -> tuple[date | None, date | None]:
    """The earliest day of the final assessment, and the day by which it would be due, if a leave that starts
    on a day extended the induction, or if it did not."""
    history = history_of(ect)
    leaves = tuple(
        replace(leave, extend=extend, chosen=today()) if leave.start == start else leave
        for leave in history.leaves
    )
    outlook = work_out(history.with_leaves(leaves))
    due = outlook.events[-1].due if outlook.events else None
    return outlook.figures["earliest_final_assessment"], due


def _figures(now: Outlook, then: Outlook) -> list[dict[str, Any]]:
    words = {
        "required_terms": (_("Terms to serve"), terms),
        "terms_served": (_("Terms served"), terms),
        "terms_left": (_("Terms left"), terms),
        "absence_extension_days": (_("Added for absence"), _days),
        "earliest_final_assessment": (_("Earliest final assessment"), day),
    }
    return [
        _row(label, now.figures[name], then.figures[name], write) for name, (label, write) in words.items()
    ]


def _events(now: Outlook, then: Outlook) -> list[dict[str, Any]]:
    """Each review and assessment of either schedule, in the order of the new one."""
    before = {(event.event, event.term): event.due for event in now.events}
    after = {(event.event, event.term): event.due for event in then.events}
    final = "final_assessment"
    rows = []
    for key in sorted({*before, *after}, key=lambda key: (after.get(key) or before[key], key[1])):
        if key[0] == final:
            continue
        rows.append(_row(_event_name(*key), before.get(key), after.get(key), day))
    # The final assessment is one thing whichever term it falls in.
    last = [
        next((due for (kind, _term), due in found.items() if kind == final), None)
        for found in (before, after)
    ]
    if any(last):
        rows.append(_row(_("Final assessment"), *last, day))
    return rows


def _row(label: str, now: Any, then: Any, write) -> dict[str, Any]:
    moved = ""
    if isinstance(now, date) and isinstance(then, date) and now != then:
        days = (then - now).days
        moved = _("{0} days later").format(days) if days > 0 else _("{0} days earlier").format(-days)
    elif now != then:
        moved = _("Falls away") if then is None else _("New") if now is None else _("Changes")
    return {
        "label": label,
        "now": write(now) if now is not None else "–",
        "then": write(then) if then is not None else "–",
        "moved": moved,
    }


def _event_name(event: str, term: int) -> str:
    if event == "first_assessment":
        return _("First formal assessment")
    return _("Progress review {0}").format(term)


def _days(number: int) -> str:
    return _("1 day") if number == 1 else _("{0} days").format(number)


def _reasons(outlook: Outlook) -> Answer | None:
    return outlook.answers.get("schedule")
