"""What somebody should look at although it does not wait for them: counted, with the paragraph."""

from dataclasses import dataclass

import frappe
from frappe.utils import add_days
from pypika.functions import Count
from pypika.terms import Criterion

from induction_app.access.readable import readable
from induction_app.clock import today
from induction_app.workflows.stages import open_stages

START_SOON_DAYS = 14


@dataclass(frozen=True)
class Warning:
    """A number of cases or records that need a look: which kind of warning, how many, and the paragraph."""

    code: str
    number: int
    paragraph: str


def warnings_for(user: str | None = None) -> list[Warning]:
    """The warnings on the cases a person (default: the one signed in) may read.

    One query each, whatever the number of cases. Codes: `overdue` (reviews and assessments that are late,
    2.48 and 2.55), `action_plans` (open plans for ECTs who are not on track, 4.1), `unregistered`
    (induction about to start or started without registration, 2.11), `extended` (inductions made longer
    by absence, 3.6).
    """
    plans, plan = readable("Action Plan", user)
    ects, ect = readable("ECT", user)
    found = [
        Warning("overdue", _late("Progress Review", user) + _late("Formal Assessment", user), "2.48"),
        Warning("action_plans", _number(plans, plan, plan.stage.isin(open_stages("Action Plan"))), "4.1"),
        Warning(
            "unregistered",
            _number(
                ects,
                ect,
                ect.stage.isin(open_stages("ECT")) & (ect.start_date <= add_days(today(), START_SOON_DAYS)),
            ),
            "2.11",
        ),
        Warning(
            "extended",
            _number(ects, ect, (ect.absence_extension_days > 0) & ect.completed_on.isnull()),
            "3.6",
        ),
    ]
    return [warning for warning in found if warning.number]


def _late(doctype: str, user: str | None) -> int:
    """Late records of the cases a person may read: that one is late is no secret of its text."""
    ects, ect = readable("ECT", user)
    record = frappe.qb.DocType(doctype)
    late = record.stage.isin(open_stages(doctype)) & (record.due_on < today())
    return _number(frappe.qb.from_(record), record, late & record.ect.isin(ects.select(ect.name)))


def _number(query, table, condition: Criterion) -> int:
    return query.where(condition).select(Count(table.name)).run()[0][0]
