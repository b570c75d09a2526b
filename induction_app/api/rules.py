"""The rules over HTTP: ask a question, see why a figure is what it is, try a what-if."""

import json
from datetime import date

import frappe
from frappe import _
from frappe.utils import cint, flt, getdate

from induction_app.induction_case.history import LEAVE_KINDS, Leave, history_of
from induction_app.induction_case.outlook import Outlook, explain, work_out
from induction_app.induction_case.rules import ask_rule, read_why, reasons
from induction_app.statutory import QUESTIONS

_EXPLAINED = ("ECT", "Induction Period", "Progress Review", "Formal Assessment", "Induction Decision")
_YEARS = range(1999, 2100)  # statutory induction began in 1999
_LONGEST = 1_000  # days of one absence
_MOST_FACTS = 20_000  # characters; far more than any one question takes


@frappe.whitelist(methods=["GET", "POST"])
def ask(question: str, facts: str | dict) -> dict:
    """Answer a statutory question from the facts given: value, paragraphs and working. Reads no record."""
    if question not in QUESTIONS:
        frappe.throw(_("Question: {0} is not known. Known are: {1}.").format(question, ", ".join(QUESTIONS)))
    return reasons(ask_rule(question, **_facts(facts)))


@frappe.whitelist(methods=["GET"])
def why(doctype: str, name: str) -> dict[str, dict]:
    """Why each computed date and figure of a record is what it is, for those who may read the record."""
    if doctype not in _EXPLAINED:
        frappe.throw(_("{0} has no computed figures to explain.").format(doctype))
    doc = frappe.get_doc(doctype, name)
    doc.check_permission("read")
    return read_why(doc)


@frappe.whitelist(methods=["GET", "POST"])
def what_if(
    ect: str,
    start: str | None = None,
    fte: str | float | None = None,
    fte_from: str | None = None,
    absences: str | list | None = None,
) -> dict:
    """The schedule as it is and as it would be with another start, other hours or further absences.

    `absences` is a list of {starts_on, days, kind, extend}. Nothing is saved.
    """
    frappe.get_doc("ECT", ect).check_permission("read")
    history = history_of(ect)
    changed = history.with_changes(
        start=_date(start, _("Start")),
        fte=_fte(fte),
        fte_from=_date(fte_from, _("New hours from")),
        leaves=[_leave(row, index) for index, row in enumerate(_rows(absences), start=1)],
    )
    return {"now": _shown(work_out(history)), "then": _shown(work_out(changed))}


def _shown(outlook: Outlook) -> dict:
    return {
        "figures": outlook.figures,
        "events": [{"event": each.event, "term": each.term, "due": each.due} for each in outlook.events],
        "why": explain(outlook),
    }


def _facts(facts: str | dict) -> dict:
    if isinstance(facts, str):
        if len(facts) > _MOST_FACTS:
            frappe.throw(_("Facts: too long."))
        try:
            facts = json.loads(facts)
        except ValueError:
            frappe.throw(_("Facts: send them as a JSON object."))
    if not isinstance(facts, dict):
        frappe.throw(_("Facts: send them as a JSON object."))
    return facts


def _date(value: str | None, label: str) -> date | None:
    if not value:
        return None
    try:
        day = getdate(value) if isinstance(value, str) else None
    except (ValueError, frappe.ValidationError):
        day = None
    if not day:
        frappe.throw(_("{0}: {1} is not a date. Write it as 2025-09-01.").format(label, value))
    if day.year not in _YEARS:
        frappe.throw(
            _("{0}: choose a day from {1} to {2}.").format(label, min(_YEARS), max(_YEARS)),
        )
    return day


def _fte(value: str | float | None) -> float | None:
    if value in (None, ""):
        return None
    fte = flt(value, 2)
    if not 0.1 <= fte <= 1:
        frappe.throw(_("Full-time equivalent: enter a number from 0.1 to 1, not {0}.").format(value))
    return fte


def _rows(absences: str | list | None) -> list[dict]:
    try:
        rows = json.loads(absences) if isinstance(absences, str) and absences else absences or []
    except ValueError:
        rows = None
    if not isinstance(rows, list) or len(rows) > 100 or not all(isinstance(row, dict) for row in rows):
        frappe.throw(_("Absences: send a JSON list of at most 100 objects."))
    return rows


def _leave(row: dict, index: int) -> Leave:
    start = _date(row.get("starts_on"), _("Absences, row {0}").format(index))
    days = cint(row.get("days"))
    if not start or not 1 <= days <= _LONGEST:
        frappe.throw(
            _("Absences, row {0}: give the first day, and from 1 to {1} days absent.").format(index, _LONGEST)
        )
    kind = row.get("kind") or "ad_hoc"
    if kind not in LEAVE_KINDS.values():
        frappe.throw(_("Absences, row {0}: {1} is no kind of absence.").format(index, kind))
    return Leave.planned(start, days, kind, bool(cint(row.get("extend"))))
