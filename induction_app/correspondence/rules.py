"""Which mail rules apply to a record now, and which occasion of a rule it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import frappe
from frappe.utils import cint, getdate

from induction_app.workflows import conditions

STAGE_REACHED = "stage reached"
BEFORE_DUE = "before due"
AFTER_DUE = "after due"
EVENT_RECORDED = "event recorded"

_FIELDS = [
    *("name", "rule_key", "happens_when", "days", "repeat_every", "document_type", "stage", "event"),
    *("only_when", "email_template", "letter", "to_next_actors", "to_ect", "to_tutor", "to_mentor"),
    *("to_headteacher", "to_coordinator", "to_ab_officers", "to_decision_makers", "to_employer"),
    "to_named_contact",
]


@dataclass(frozen=True)
class Occasion:
    """One sending a rule asks for: `name` tells it from every other of the same rule and record."""

    rule: frappe._dict
    name: str
    # How far it is from the due date in days: where several reminders have come due, the nearest is sent.
    distance: int = 0


def rules_for(doctype: str, *happens_when: str, event: str | None = None) -> list[frappe._dict]:
    """The rules that are switched on for a record type. One query."""
    filters = {"enabled": 1, "document_type": doctype, "happens_when": ("in", happens_when)}
    if event:
        filters["event"] = event
    return frappe.get_all("Mail Rule", filters=filters, fields=_FIELDS, order_by="creation, name")


def stage_occasions(rules: list[frappe._dict], record: Mapping, arrived: bool) -> list[Occasion]:
    """Rules that speak of the stage a record has come to, those for this very stage first.

    A rule for every stage does not speak of a record that has only just been made (`arrived` is False): a
    schedule makes reviews two years ahead.
    """
    fitting = [
        rule
        for rule in rules
        if rule.stage == record["stage"] or (not rule.stage and arrived)
        if holds(rule, record)
    ]
    fitting.sort(key=lambda rule: not rule.stage)
    return [Occasion(rule, f"reached {record['modified']}") for rule in fitting]


def due_occasions(rules: list[frappe._dict], record: Mapping, on: date) -> list[Occasion]:
    """Reminders that have come due for a record on a day. Only those nearest to the due date are left, so
    that a job that did not run for a while sends one mail and not each it missed."""
    occasions = [
        occasion
        for rule in rules
        if rule.stage in (None, "", record["stage"])
        if (occasion := _due_occasion(rule, getdate(record["due_on"]), on))
        if holds(rule, record)
    ]
    occasions.sort(key=lambda occasion: not occasion.rule.stage)
    return occasions


def holds(rule: frappe._dict, record: Mapping, details: Mapping | None = None) -> bool:
    """Whether the condition of a rule is met. A condition that fails to work counts as not met, and is logged."""
    if not rule.only_when:
        return True
    names = {"doc": frappe._dict(record), "details": frappe._dict(details or {})}
    return conditions.met(f"Mail Rule {rule.name}", lambda: frappe.safe_eval(rule.only_when, None, names))


def _due_occasion(rule: frappe._dict, due: date, on: date) -> Occasion | None:
    days = cint(rule.days)
    if rule.happens_when == BEFORE_DUE:
        if not due - timedelta(days=days) <= on <= due:
            return None
        return Occasion(rule, f"before {due}", distance=days)
    first = due + timedelta(days=days)
    if on < first:
        return None
    every = cint(rule.repeat_every)
    latest = first + timedelta(days=(on - first).days // every * every) if every else first
    return Occasion(rule, f"after {due}: {latest}")
