"""An induction worked out by the rules: what is due when, and how long is left.

Reads a history and answers; saves nothing, so a what-if asks the same question as the case itself.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from frappe.utils import cint, flt

from induction_app.induction_case.history import History
from induction_app.induction_case.rules import ask_rule, reasons
from induction_app.statutory import Answer


@dataclass(frozen=True)
class Event:
    """A review or assessment that falls due: what, in which term of induction, by when.

    One that waits for the ECT's return or choice (`waits_for`) keeps the day it would have been due. `why`
    is the answer that put it off.
    """

    event: str
    term: int
    due: date
    waits_for: str | None = None
    why: Answer | None = None


@dataclass(frozen=True)
class Outlook:
    """An induction worked out: its figures, its events, and the reasons for both."""

    figures: dict[str, object]
    events: tuple[Event, ...]
    answers: dict[str, Answer] = field(default_factory=dict)
    complete_on: date | None = None


def last_term_starts(history: History) -> date | None:
    """The first day of the term in which induction is complete: the final assessment is not before it (2.60).

    None where the terms and posts known so far do not reach the end.
    """
    earliest = work_out(history).figures["earliest_final_assessment"]
    return earliest and max(
        (term.start for term in history.terms if term.start <= earliest), default=earliest
    )


def work_out(history: History) -> Outlook:
    """Ask the rules about a history. Saves nothing."""
    facts = history.as_facts()
    progress = ask_rule("induction_progress", **facts, today=history.as_of)
    complete = progress.value["complete_on"]
    if complete and complete < history.as_of:  # later days are no induction (2.65)
        progress = ask_rule("induction_progress", **facts, today=complete)
    events = ask_rule("history_events", **facts)
    value = progress.value
    figures = {
        "required_terms": flt(value["required_terms"], 2),
        "terms_served": flt(value["terms_served"], 2),
        "terms_left": flt(value["terms_left"], 2),
        "absence_extension_days": cint(value["extension_days"]),
        "earliest_final_assessment": value["earliest_final_assessment"],
    }
    answers = {name: progress for name in figures} | {"schedule": events}
    events_due = tuple(_with_absences(each, history) for each in events.value)
    return Outlook(figures, events_due, answers, complete)


def _with_absences(each: dict, history: History) -> Event:
    """An event of the schedule, put off where the ECT is away on its day (2.49, 2.56, 3.7)."""
    event = Event(each["event"], each["term"], each["due"])
    if not any(leave.covers(event.due) for leave in history.leaves):
        return event
    absences = [leave.as_fact() for leave in history.leaves]
    answer = ask_rule("due_with_absences", event=event.event, due=event.due, absences=absences)
    found = answer.value
    return replace(event, due=found["due"] or event.due, waits_for=found["waits_for"], why=answer)


def explain(outlook: Outlook) -> dict[str, dict]:
    """The reasons of an outlook's figures, as data."""
    return {name: reasons(answer) for name, answer in outlook.answers.items()}
