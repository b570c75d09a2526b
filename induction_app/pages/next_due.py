"""The next day that something of an ECT's falls due: a review, an assessment or the body's decision."""

from functools import reduce
from operator import mul
from typing import Any

import frappe
from pypika.functions import Min

from induction_app.access.readable import readable
from induction_app.access.rows import may
from induction_app.prepared import asked, prepared
from induction_app.workflows.stages import open_stages

_REPORTS = ("Progress Review", "Formal Assessment")


def next_due(ects: list[str]) -> dict[str, Any]:
    """The day of the first open review, assessment or, for who may read it, decision of each ECT.

    Two queries for all of them.
    """
    found: dict[str, Any] = {}
    for row in (*_first_open(ects=tuple(ects)), *_decisions_due(ects)) if ects else ():
        if row.due_on and (row.ect not in found or row.due_on < found[row.ect]):
            found[row.ect] = row.due_on
    return found


def first_days():
    """The same of every ECT, as a table `ect`, `due_on` to sort a list of ECTs by."""
    parts = [_first_of(doctype) for doctype in _REPORTS]
    if may("Induction Decision"):
        parts.append(_first_decision())
    days = reduce(mul, parts)  # the query builder's sign for `union all`
    return frappe.qb.from_(days).groupby(days.ect).select(days.ect, Min(days.due_on).as_("due_on"))


def _decisions_due(ects: list[str]) -> list[frappe._dict]:
    if not may("Induction Decision"):
        return []
    return _first_decision(ects).run(as_dict=True)


def _first_decision(ects: list[str] | None = None):
    """The first day of a decision's clocks, within the reader's rows: before notice it is the body's alone."""
    query, decision = readable("Induction Decision")
    waiting = decision.stage.isin(open_stages("Induction Decision")) & decision.due_on.isnotnull()
    query = query.where(waiting & decision.ect.isin(ects) if ects else waiting).groupby(decision.ect)
    return query.select(decision.ect, Min(decision.due_on).as_("due_on"))


@prepared
def _first_open():
    """The first open review of some ECTs each, and the first open assessment."""
    of_reviews, of_assessments = (_first_of(doctype, asked("ects")) for doctype in _REPORTS)
    return of_reviews.union_all(of_assessments)


def _first_of(doctype: str, ects=None):
    record = frappe.qb.DocType(doctype)
    query = frappe.qb.from_(record).where(record.stage.isin(open_stages(doctype))).groupby(record.ect)
    if ects is not None:
        query = query.where(record.ect.isin(ects))
    return query.select(record.ect, Min(record.due_on).as_("due_on"))
