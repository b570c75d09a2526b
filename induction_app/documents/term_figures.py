"""Counting a school's induction when a term is over, once: what happens later changes no figure of it (2.79, 2.80).

A report read twice would tell of the one person who has left, or whose report was called off, in between. So the
figures of a term are counted when it is over (by the daily job, or by the first reader where that comes before it)
and kept. What they hang on is read as it was on the last day of the term, as far as the records still say so: a
report that was received or called off later was still due.
"""

import json
from collections import Counter
from datetime import date, datetime, time, timedelta

import frappe
from frappe.model.document import Document
from frappe.utils import add_days
from pypika.terms import Term

from induction_app.clock import today

_KEPT = "Term Figures"
# For so many days after a term the daily job looks for schools whose figures have not been kept.
_LOOK_BACK = 28


def terms_over(school: str) -> list[frappe._dict]:
    """The terms of a school that have ended, on its own dates where it has them, newest first."""
    term = frappe.qb.DocType("Academic Term")
    rows = (
        frappe.qb.from_(term)
        .select(term.name, term.academic_year, term.term, term.school, term.starts_on, term.ends_on)
        .where(term.ends_on < today())
        .where(term.school.isnull() | term.school.isin(["", school]))
        .run(as_dict=True)
    )
    by_term: dict[tuple[str, str], frappe._dict] = {}
    for row in sorted(rows, key=lambda row: bool(row.school)):  # the school's own dates win
        by_term[row.academic_year, row.term] = row
    return sorted(by_term.values(), key=lambda row: row.ends_on, reverse=True)


def figures_of(school: str, term: frappe._dict | Document) -> frappe._dict:
    """The figures of a term that is over, counted at the first call and kept from then on.

    `starts_on` and `ends_on` of the term counted, `total`, the number of ECTs, and Counters `progress`, `outcome` and
    `programme`, each of which divides them.
    """
    key = {"school": school, "academic_year": term.academic_year, "term": term.term}
    kept = frappe.db.get_value(_KEPT, key, ["starts_on", "ends_on", "figures"], as_dict=True)
    if not kept:
        dates = {"starts_on": term.starts_on, "ends_on": term.ends_on}
        kept = frappe._dict(dates, figures=json.dumps(count(school, term)))
        made = frappe.get_doc({"doctype": _KEPT, **key, **kept})
        made.insert(
            ignore_permissions=True, ignore_if_duplicate=True
        )  # nobody may write figures; they are counted
        frappe.local.flags.commit = True  # the framework does not commit a GET by itself
    found = json.loads(kept.pop("figures"))
    parts = {name: Counter(found[name]) for name in ("progress", "outcome", "programme")}
    return frappe._dict(kept, total=found["total"], **parts)


def schools_to_count() -> list[str]:
    """Schools in which somebody served induction in a term that has just ended."""
    since = add_days(today(), -_LOOK_BACK)
    if not frappe.db.exists("Academic Term", {"ends_on": ("between", (since, add_days(today(), -1)))}):
        return []
    period = frappe.qb.DocType("Induction Period")
    lasts = period.ends_on.isnull() | (period.ends_on >= since)
    return [
        school for (school,) in frappe.qb.from_(period).select(period.school).distinct().where(lasts).run()
    ]


def keep_terms_just_over(school: str) -> None:
    """Count the terms of a school that have just ended, and keep what was counted."""
    since = today() - timedelta(days=_LOOK_BACK)
    for term in terms_over(school):
        if term.ends_on >= since:
            figures_of(school, term)


def count(school: str, term: frappe._dict | Document) -> dict:
    """The figures of a school for a term, as plain data."""
    teachers = _teachers(school, term)
    return {
        "total": len(teachers),
        "progress": _progress([teacher.ect for teacher in teachers], school, term),
        "outcome": Counter(_outcome(teacher, term) for teacher in teachers),
        "programme": Counter(teacher.programme_type or "" for teacher in teachers),
    }


def _teachers(school: str, term) -> list[frappe._dict]:
    """One row an ECT who served induction at the school in the term: their last period there."""
    period = frappe.qb.DocType("Induction Period")
    rows = (
        frappe.qb.from_(period)
        .select(period.ect, period.ends_on, period.outcome, period.programme_type)
        .where(period.school == school)
        .where(period.starts_on <= min(term.ends_on, today()))
        .where(period.ends_on.isnull() | (period.ends_on >= term.starts_on))
        .orderby(period.starts_on)
        .run(as_dict=True)
    )
    return list({row.ect: row for row in rows}.values())


def _outcome(teacher: frappe._dict, term) -> str:
    if not teacher.ends_on or teacher.ends_on > term.ends_on:
        return "open"
    return "Pass" if teacher.outcome == "Pass" else "other"


def _progress(ects: list[str], school: str, term) -> Counter:
    """For each ECT, what the latest report of the term says, or that it is still open, or that none is due."""
    latest: dict[str, tuple] = {}
    for doctype, verdict, good in (
        ("Progress Review", "on_track", "On track"),
        ("Formal Assessment", "overall", "Satisfactory"),
    ):
        report = frappe.qb.DocType(doctype)
        for row in _reports(report, report[verdict], ects, school, term):
            # What comes in after the term is left out: a figure that moves by one tells of one person.
            arrived = row.stage == "received" and not (row.received_on and row.received_on > term.ends_on)
            kind = "open" if not arrived else "good" if row.verdict == good else "concern"
            if row.ect not in latest or latest[row.ect][0] < row.scheduled_for:
                latest[row.ect] = (row.scheduled_for, kind)
    counts = Counter(kind for _scheduled, kind in latest.values())
    counts["none"] = len(ects) - len(latest)
    return counts


def _reports(report, verdict: Term, ects: list[str], school: str, term) -> list[frappe._dict]:
    """The reports that were due in the term and had not been called off by its end."""
    rows = (
        frappe.qb.from_(report)
        .select(
            report.name,
            report.ect,
            report.stage,
            report.scheduled_for,
            report.received_on,
            verdict.as_("verdict"),
        )
        .where(report.ect.isin(ects or [""]))
        .where(report.school == school)
        .where(report.scheduled_for[term.starts_on : term.ends_on])
        .run(as_dict=True)
    )
    later = _called_off_after(term.ends_on, [row.name for row in rows if row.stage == "cancelled"])
    return [row for row in rows if row.stage != "cancelled" or row.name in later]


def _called_off_after(day: date, names: list[str]) -> set[str]:
    """Those of the reports that were called off after a day, as the events of their cases say."""
    event = frappe.qb.DocType("Induction Event")
    rows = (
        frappe.qb.from_(event)
        .select(event.reference_name)
        .where(event.reference_name.isin(names or [""]))
        .where(event.stage == "cancelled")
        .where(event.happened_at > datetime.combine(day, time.max))
        .run()
    )
    return {name for (name,) in rows}
