"""Rows of the claims file: ECTs of a body who have started and whom the DfE has not been told of."""

from datetime import date

import frappe
from frappe import _

from induction_app.dfe.bulk_file import EARLIEST_START, Row, check_day, check_person, date_cell, day_in_words

PROGRAMMES = {"Provider-led": "provider-led", "School-led": "school-led"}


def claim_rows(body: str, today: date) -> list[Row]:
    """Every started, registered and unreported period of a body as a row, good or refused. Two queries."""
    periods = _unreported(body, today)
    still_claimed = _ects_still_claimed({period.ect for period in periods})
    rows, claimed_here = [], set()
    for period in periods:
        row = _row(period, today)
        if period.ect in still_claimed or period.ect in claimed_here:
            row.refuse(
                _("Induction period start date"),
                _("an earlier period has to be claimed and reported as released first."),
            )
        claimed_here.add(period.ect)
        rows.append(row)
    return rows


def _row(period: frappe._dict, today: date) -> Row:
    programme = PROGRAMMES.get(period.programme_type, "")
    row = Row(
        period.name,
        period.ect,
        period.full_name,
        [period.trn or "", date_cell(period.date_of_birth), programme, date_cell(period.starts_on)],
    )
    check_person(row, period.trn, period.date_of_birth, today)
    check_day(row, _("Induction period start date"), period.starts_on, today)
    if period.starts_on and period.starts_on < EARLIEST_START:
        row.refuse(
            _("Induction period start date"),
            _(
                "{0} is before {1}, so it cannot be claimed in bulk. Claim this ECT in the DfE's service."
            ).format(day_in_words(period.starts_on), day_in_words(EARLIEST_START)),
        )
    if not programme:
        row.refuse(
            _("Induction programme"),
            _("it must be provider-led or school-led. Choose one on the induction period {0}.").format(
                period.name
            ),
        )
    if not period.qts_awarded_on:
        row.refuse(_("QTS awarded on"), _("it is empty. Fill it in on the ECT's record (paragraph 2.10)."))
    elif period.starts_on and period.starts_on < period.qts_awarded_on:
        row.refuse(
            _("Induction period start date"),
            _("{0} is before QTS was awarded on {1} (paragraph 2.10). Correct one of them.").format(
                day_in_words(period.starts_on), day_in_words(period.qts_awarded_on)
            ),
        )
    return row


def _unreported(body: str, today: date) -> list[frappe._dict]:
    period, ect = frappe.qb.DocType("Induction Period"), frappe.qb.DocType("ECT")
    return (
        frappe.qb.from_(period)
        .join(ect)
        .on(period.ect == ect.name)
        .select(
            period.name,
            period.ect,
            period.programme_type,
            period.starts_on,
            ect.full_name,
            ect.trn,
            ect.date_of_birth,
            ect.qts_awarded_on,
        )
        .where(period.appropriate_body == body)
        .where(period.claim_reported_on.isnull())
        .where(period.short_term_supply == 0)  # never counts, so is never claimed (2.14)
        .where(period.starts_on <= today)
        .where(ect.stage == "registered")
        .orderby(ect.last_name, ect.full_name, period.starts_on)
        .run(as_dict=True)
    )


def _ects_still_claimed(ects: set[str]) -> set[str]:
    """ECTs with a period the DfE knows as open: claimed, and no outcome reported. At any body."""
    if not ects:
        return set()
    return set(
        frappe.get_all(
            "Induction Period",
            filters={
                "ect": ("in", sorted(ects)),
                "claim_reported_on": ("is", "set"),
                "outcome_reported_on": ("is", "not set"),
            },
            pluck="ect",
        )
    )
