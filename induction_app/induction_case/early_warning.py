"""How the cases of a person stand in numbers, and what somebody should look at although it does not wait for them."""

from dataclasses import dataclass, field

import frappe
from frappe.utils import add_days, cint
from pypika import Case
from pypika.functions import Count, Sum
from pypika.terms import Criterion

from induction_app.access.positions import BODY
from induction_app.access.readable import readable, reader_of_ects
from induction_app.clock import today
from induction_app.prepared import asked, prepared
from induction_app.workflows.stages import open_stages

START_SOON_DAYS = 14


@dataclass(frozen=True)
class Warning:
    """A number of cases or records that need a look: which kind of warning, how many, and the paragraph."""

    code: str
    number: int
    paragraph: str


@dataclass(frozen=True)
class CasesInNumbers:
    """How many cases have which induction status, and the warnings that there is something to warn of."""

    by_status: dict[str, int] = field(default_factory=dict)
    warnings: tuple[Warning, ...] = ()


def cases_in_numbers(user: str | None = None) -> CasesInNumbers:
    """The cases a person (default: the one signed in) may read, counted. Four queries, whatever their number.

    Codes of the warnings: `overdue` (reviews and assessments that are late, 2.48 and 2.55), `action_plans`
    (open plans for ECTs who are not on track, 4.1), `unregistered` (induction about to start or started
    without registration, 2.11), `extended` (inductions made longer by absence, 3.6, 3.7), `tra` (decisions of which
    the reader's own body has not told the TRA, 2.69).
    """
    reader = reader_of_ects(user)
    soon = add_days(today(), START_SOON_DAYS)
    rows = _by_status(reader, soon=soon)
    late = _late_records(reader, today=today())
    plans, plan = readable("Action Plan", user)
    found = (
        Warning("overdue", sum(row.number for row in late), "2.48"),
        Warning("action_plans", _number(plans, plan, plan.stage.isin(open_stages("Action Plan"))), "4.1"),
        Warning("unregistered", sum(cint(row.starting) for row in rows), "2.11"),
        Warning("extended", sum(cint(row.longer) for row in rows), "3.6, 3.7"),
        Warning("tra", _untold(reader), "2.69"),
    )
    return CasesInNumbers(
        by_status={row.induction_status: row.number for row in rows},
        warnings=tuple(warning for warning in found if warning.number),
    )


@prepared
def _by_status(reader: tuple):
    query, ect = readable("ECT", reader[0])
    starting = ect.stage.isin(open_stages("ECT")) & (ect.start_date <= asked("soon"))
    longer = (ect.absence_extension_days > 0) & ect.completed_on.isnull()
    return query.groupby(ect.induction_status).select(
        ect.induction_status,
        Count(ect.name).as_("number"),
        Sum(Case().when(starting, 1).else_(0)).as_("starting"),
        Sum(Case().when(longer, 1).else_(0)).as_("longer"),
    )


@prepared
def _late_records(reader: tuple):
    """Late reviews and late assessments of the cases a person may read: that one is late is no secret of its text."""
    parts = []
    for doctype in ("Progress Review", "Formal Assessment"):
        ects, ect = readable("ECT", reader[0])
        record = frappe.qb.DocType(doctype)
        late = record.stage.isin(open_stages(doctype)) & (record.due_on < asked("today"))
        query = frappe.qb.from_(record).where(late & record.ect.isin(ects.select(ect.name)))
        parts.append(query.select(Count(record.name).as_("number")))
    return parts[0].union_all(parts[1])


def tra_to_be_told(decision) -> Criterion:
    """Condition on a decision table: the TRA has to be told of it, and was not yet (2.69)."""
    return decision.tra_notice_due_on.notnull() & decision.tra_notified_on.isnull()


def _untold(reader: tuple) -> int:
    user, positions, _limits = reader
    if not any(position.scope == BODY for position in positions):
        return 0  # the body tells the TRA
    decisions, decision = readable("Induction Decision", user)
    return _number(decisions, decision, tra_to_be_told(decision))


def _number(query, table, condition: Criterion) -> int:
    return query.where(condition).select(Count(table.name)).run()[0][0]
