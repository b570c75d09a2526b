"""Rows of the outcomes file: passes and releases of a body that the DfE has not been told of."""

from datetime import date
from decimal import Decimal

import frappe
from frappe import _

from induction_app.dfe.bulk_file import (
    MOST_TERMS,
    Row,
    check_day,
    check_person,
    date_cell,
    day_in_words,
    terms_cell,
)

OUTCOME_CELLS = {"Pass": "pass", "Release": "release"}


def outcome_rows(body: str, today: date) -> list[Row]:
    """Every unreported outcome of a body as a row, good or refused; a fail is always refused. One query."""
    return [_row(period, today) for period in _unreported(body)]


def _row(period: frappe._dict, today: date) -> Row:
    row = Row(
        period.name,
        period.ect,
        period.full_name,
        [
            period.trn or "",
            date_cell(period.date_of_birth),
            date_cell(period.ends_on),
            terms_cell(period.terms_served),
            OUTCOME_CELLS.get(period.outcome, ""),
        ],
    )
    if period.outcome not in OUTCOME_CELLS:
        row.refuse(
            _("Outcome"),
            _("a fail is never recorded in bulk. Record it in the DfE's service, then confirm it here."),
        )
    check_person(row, period.trn, period.date_of_birth, today)
    check_day(row, _("Induction period end date"), period.ends_on, today)
    if period.ends_on and period.ends_on < period.starts_on:
        row.refuse(
            _("Induction period end date"),
            _("{0} is before the period started on {1}. Correct the induction period {2}.").format(
                day_in_words(period.ends_on), day_in_words(period.starts_on), period.name
            ),
        )
    _check_terms(row, period.terms_served)
    if not period.claim_reported_on:
        row.refuse(
            _("Claim reported on"), _("the DfE has not been told that this period started. Claim it first.")
        )
    return row


def _check_terms(row: Row, terms: float | None) -> None:
    label = _("Number of terms")
    if terms is None:
        row.refuse(
            label,
            _("the terms served have not been worked out yet. Save the induction period {0}.").format(
                row.period
            ),
        )
    elif not 0 <= terms <= MOST_TERMS:
        row.refuse(
            label,
            _("{0} is not between 0 and {1}. Correct the induction period {2}.").format(
                terms, MOST_TERMS, row.period
            ),
        )
    elif Decimal(str(terms)) != Decimal(terms_cell(terms)):
        row.notes.append(
            _("{0} ({1}): {2} terms are written as {3}, since the file takes one decimal.").format(
                row.ect_name, row.ect, terms, terms_cell(terms)
            )
        )


def _unreported(body: str) -> list[frappe._dict]:
    period, ect = frappe.qb.DocType("Induction Period"), frappe.qb.DocType("ECT")
    return (
        frappe.qb.from_(period)
        .join(ect)
        .on(period.ect == ect.name)
        .select(
            period.name,
            period.ect,
            period.starts_on,
            period.ends_on,
            period.terms_served,
            period.outcome,
            period.claim_reported_on,
            ect.full_name,
            ect.trn,
            ect.date_of_birth,
        )
        .where(period.appropriate_body == body)
        .where(period.outcome.isin([*OUTCOME_CELLS, "Fail"]))
        .where(period.outcome_reported_on.isnull())
        .orderby(ect.last_name, ect.full_name, period.ends_on)
        .run(as_dict=True)
    )
