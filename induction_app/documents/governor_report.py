"""The general termly report governors may ask for (2.80): figures of the school, never of a person."""

import frappe
from frappe import _
from frappe.utils import cint

from induction_app.access import positions as held
from induction_app.access.positions import positions_of
from induction_app.documents import case_facts as case
from induction_app.documents.case_facts import fact
from induction_app.documents.small_numbers import protect
from induction_app.documents.term_figures import figures_of, terms_over
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
    return terms_over(school)


def governor_report(school: str, academic_term: str) -> dict:
    """Figures of a school for a term, small ones hidden, as plain data for the page and the PDF.

    `total` is the number of ECTs in induction there that term, or None where it is below the limit; each of
    `tables` divides them into categories that exclude each other. They are those counted when the term was over,
    whatever has happened since. Raises frappe.DoesNotExistError, and
    frappe.ValidationError for a term that has not ended or is not one of the school's.
    """
    place = frappe.get_doc("School", school)
    term = frappe.get_doc("Academic Term", academic_term)
    if term.name not in {row.name for row in terms_reported(school)}:
        frappe.throw(_("Choose a term of the school that has ended. Figures are given once a term is over."))
    limit = cint(frappe.db.get_single_value("Induction Settings", "small_number_limit"))
    figures = figures_of(school, term)
    total = figures.total if figures.total >= limit else None
    name = _("{0} term {1}").format(_(term.term), term.academic_year)
    return {
        "document": {
            **case.head(place, _("Report to governors"), place.school_name, f"{place.school_name}, {name}"),
            "detail": name,
            "description": _("Induction at {0}, {1}").format(place.school_name, name),
            "confidential": False,
        },
        "facts": [
            fact(_("Term"), _("{0} to {1}").format(long_date(figures.starts_on), long_date(figures.ends_on))),
            fact(_("Early career teachers in induction"), "" if total is None else str(total)),
            fact(_("Appropriate body"), place.appropriate_body),
        ],
        "limit": limit,
        "total": total,
        "tables": [] if total is None else [_table(*table, limit) for table in _divisions(figures)],
    }


def _divisions(figures: frappe._dict) -> list[tuple[str, str, dict[str, int]]]:
    """Each way of dividing the teachers: caption, heading of the categories, a count for each."""
    progress, outcome, programme = figures.progress, figures.outcome, figures.programme
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
