"""The general termly report governors may ask for (2.80): figures of the school, never of a person."""

from collections import Counter

import frappe
from frappe import _
from frappe.utils import cint
from pypika.terms import Term

from induction_app.access import positions as held
from induction_app.access.positions import positions_of
from induction_app.clock import today
from induction_app.documents import case_facts as case
from induction_app.documents.case_facts import fact
from induction_app.documents.small_numbers import protect
from induction_app.documents.wording import long_date

_READERS = {
    "governor",
    "headteacher",
    "induction_coordinator",
    "ab_officer",
    "ab_decision_maker",
    "qa_officer",
    "administrator",
}


def check_may_read(school: str) -> None:
    """Refuse everybody but the school's governors and leaders and its appropriate body.

    Raises frappe.PermissionError.
    """
    body = frappe.db.get_value("School", school, "appropriate_body")
    for position in positions_of():
        here = position.school == school or (body and position.appropriate_body == body)
        if position.capacity in _READERS and (here or position.scope == held.EVERYTHING):
            return
    if frappe.session.user != "Administrator":
        frappe.throw(
            _(
                "This report is for the school's governors and leaders and its appropriate body (paragraph 2.80)."
            ),
            frappe.PermissionError,
        )


def terms_reported(school: str) -> list[frappe._dict]:
    """The terms a report is given for, newest first: those that have ended, on the school's own dates.

    Figures of a term that runs change with every review, and two sets of dates for one term take in nearly the
    same people: comparing either would tell of one person.
    """
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


def governor_report(school: str, academic_term: str) -> dict:
    """Figures of a school for a term, small ones hidden, as plain data for the page and the PDF.

    `total` is the number of ECTs in induction there that term, or None where it is below the limit; each of
    `tables` divides them into categories that exclude each other. Raises frappe.DoesNotExistError, and
    frappe.ValidationError for a term that has not ended or is not one of the school's.
    """
    place = frappe.get_doc("School", school)
    term = frappe.get_doc("Academic Term", academic_term)
    if term.name not in {row.name for row in terms_reported(school)}:
        frappe.throw(_("Choose a term of the school that has ended. Figures are given once a term is over."))
    limit = cint(frappe.db.get_single_value("Induction Settings", "small_number_limit"))
    teachers = _teachers(school, term)
    total = len(teachers) if len(teachers) >= limit else None
    name = _("{0} term {1}").format(_(term.term), term.academic_year)
    return {
        "document": {
            **case.head(place, _("Report to governors"), place.school_name, f"{place.school_name}, {name}"),
            "detail": name,
            "description": _("Induction at {0}, {1}").format(place.school_name, name),
            "confidential": False,
        },
        "facts": [
            fact(_("Term"), _("{0} to {1}").format(long_date(term.starts_on), long_date(term.ends_on))),
            fact(_("Early career teachers in induction"), "" if total is None else str(total)),
            fact(_("Appropriate body"), place.appropriate_body),
        ],
        "limit": limit,
        "total": total,
        "tables": []
        if total is None
        else [_table(*table, limit) for table in _divisions(teachers, school, term)],
    }


def _divisions(teachers: list[frappe._dict], school: str, term) -> list[tuple[str, str, dict[str, int]]]:
    """Each way of dividing the teachers: caption, heading of the categories, a count for each."""
    progress = _progress([teacher.ect for teacher in teachers], school, term)
    outcome = Counter(_outcome(teacher, term) for teacher in teachers)
    programme = Counter(teacher.programme_type for teacher in teachers)
    return [
        (
            _("Progress this term"),
            _("Latest review or assessment of the term"),
            {
                _("On track"): progress["good"],
                _("Not on track"): progress["concern"],
                _("Due, not with the appropriate body by then"): progress["open"],
                _("None due this term"): progress["none"],
            },
        ),
        (
            _("Induction at the end of the term"),
            _("Where they stand"),
            {
                _("Still in induction here"): outcome["open"],
                _("Completed induction"): outcome["Pass"],
                _("Left, or otherwise ended"): outcome["other"],
            },
        ),
        (
            _("Training programme"),
            _("Programme"),
            {_("Provider-led"): programme["Provider-led"], _("School-led"): programme["School-led"]},
        ),
    ]


def _table(caption: str, heading: str, counts: dict[str, int], limit: int) -> dict:
    shown = protect(counts, limit)
    return {
        "caption": caption,
        "heading": heading,
        "unit": None,
        "rows": [{"label": label, "value": value} for label, value in shown.items()],
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
    return (
        frappe.qb.from_(report)
        .select(report.ect, report.stage, report.scheduled_for, report.received_on, verdict.as_("verdict"))
        .where(report.ect.isin(ects or [""]))
        .where(report.school == school)
        .where(report.stage != "cancelled")
        .where(report.scheduled_for[term.starts_on : term.ends_on])
        .run(as_dict=True)
    )
