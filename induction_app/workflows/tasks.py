"""What waits for a person: read from the workflows as the administrator has drawn them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

import frappe
from frappe import _
from pypika.functions import Count
from pypika.terms import Criterion, ValueWrapper

from induction_app.access import positions as held
from induction_app.access.positions import Position, positions_of
from induction_app.access.rows import reach
from induction_app.access.user_permissions import Limits, limits_of, within
from induction_app.clock import today
from induction_app.prepared import asked, prepared
from induction_app.workflows.conditions import is_met
from induction_app.workflows.next_actors import whose_turn_it_is
from induction_app.workflows.staged_document import workflow_of
from induction_app.workflows.stages import PATHS, STAGES, open_stages

_MOST_FIRST = 500  # tasks read of one record type; a task list is for doing, not for scrolling


@dataclass(frozen=True)
class Task:
    """Something one person can do now on one record."""

    doctype: str
    name: str
    title: str
    subject: str
    ect: str | None
    school: str | None
    state: str
    stage: str
    what: str
    actions: tuple[str, ...]
    due_on: date | None
    paragraph: str | None
    overdue: bool


@dataclass(frozen=True)
class Turn:
    """The states in which records of a type wait for a role, and where a person holds it."""

    role: str
    states: tuple[str, ...]
    positions: tuple[Position, ...]


def pending_for(user: str | None = None, limit: int = 100, ect: str | None = None) -> list[Task]:
    """What a person can do now, most urgent first, on all cases or on one ECT's.

    Queries: one for each kind of record, whatever their number; on one ECT's case, only for the kinds of which
    something waits.
    """
    user = user or frappe.session.user
    tasks: list[Task] = []
    states = _states_on(ect) if ect else {}
    for doctype in states if ect else PATHS:
        turns = _turns(doctype, user)
        if turns and (not ect or any(states[doctype].intersection(turn.states) for turn in turns)):
            tasks += _pending_of(doctype, turns, user, min(limit, _MOST_FIRST), ect)
    tasks.sort(key=lambda task: (task.due_on or date.max, task.subject, task.doctype, task.name))
    return tasks[:limit]


def pending_counts(user: str | None = None) -> dict[str, int]:
    """How many records of each type wait for a person."""
    user = user or frappe.session.user
    counts = {}
    for doctype in PATHS:
        if turns := _turns(doctype, user):
            counts[doctype] = _number_waiting(
                doctype, turns, limits_of(doctype, user), today=today(), user=user
            )[0].number
    return counts


def waiting_among(doctype: str, names: list[str], user: str | None = None) -> set[str]:
    """Which of some records of a type wait for a person."""
    user = user or frappe.session.user
    turns = _turns(doctype, user)
    if not (turns and names):
        return set()
    rows = _waiting_of(doctype, turns, limits_of(doctype, user), today=today(), user=user, names=names)
    return {row.name for row in rows}


def _turns(doctype: str, user: str) -> tuple[Turn, ...]:
    """When records of a type wait for a person; nothing where they never do."""
    turns = whose_turn_it_is(doctype)
    by_role: dict[str, list[Position]] = defaultdict(list)
    for position in positions_of(user):
        if position.scope != held.EVERYTHING:
            by_role[position.role].append(position)
    found = []
    for role, positions in by_role.items():
        states = sorted(state for state, roles in turns.items() if role in roles)
        if states:
            found.append(Turn(role, tuple(states), tuple(positions)))
    return tuple(found)


def _waiting(doctype: str, turns: tuple[Turn, ...], limits: Limits):
    """A query for the records that wait for a person, and its table."""
    table = frappe.qb.DocType(doctype)
    parts = (table.workflow_state.isin(turn.states) & reach(doctype, table, turn.positions) for turn in turns)
    query = frappe.qb.from_(table).where(reduce(or_, parts))
    if limits:
        query = query.where(within(table, limits))
    if begins := _may_begin(doctype, table):
        query = query.where((table.stage != PATHS[doctype].start) | begins)
    return query, table


def _may_begin(doctype: str, table) -> Criterion | None:
    """When a person may begin a record that nobody has sent on; what was sent on waits for them whatever the day."""
    if doctype == "Observation":  # feedback is its observer's to write, whoever else may
        return table.observer == asked("user")
    if frappe.get_meta(doctype).has_field("available_from"):
        open_now = table.available_from.isnull() | (table.available_from <= asked("today"))
        # While the ECT is away, it waits for their return or choice (2.49, 2.56, 3.7).
        return open_now & (table.waits_for.isnull() | (table.waits_for == ""))
    return None


@prepared
def _number_waiting(doctype: str, turns: tuple[Turn, ...], limits: Limits):
    query, table = _waiting(doctype, turns, limits)
    return query.select(Count(table.name).as_("number"))


@prepared
def _waiting_of(doctype: str, turns: tuple[Turn, ...], limits: Limits):
    query, table = _waiting(doctype, turns, limits)
    return query.select(table.name).where(table.name.isin(asked("names")))


@prepared
def _records_waiting(doctype: str, turns: tuple[Turn, ...], limits: Limits, of_case: bool):
    query, table = _waiting(doctype, turns, limits)
    if of_case:
        query = query.where((table.name if doctype == "ECT" else table.ect) == asked("ect"))
    # Unset dates sort last: MariaDB puts NULL first, which would hide what is due behind what never is.
    return query.select(table.star).orderby(table.due_on.isnull(), table.due_on).limit(asked("limit"))


def _states_on(ect: str) -> dict[str, set[str]]:
    """The states of the unfinished records of a case, by record type."""
    found = defaultdict(set)
    for row in _unfinished_of(ect=ect):
        found[row.kind].add(row.workflow_state)
    return found


@prepared
def _unfinished_of():
    """The states of the unfinished records of a case, the ECT's own among them."""
    parts = []
    for doctype in PATHS:
        if doctype == "QM Audit":  # of a school
            continue
        record = frappe.qb.DocType(doctype)
        of_case = (record.name if doctype == "ECT" else record.ect) == asked("ect")
        query = frappe.qb.from_(record).where(of_case & record.stage.isin(open_stages(doctype)))
        parts.append(query.select(ValueWrapper(doctype).as_("kind"), record.workflow_state))
    return reduce(lambda first, second: first.union_all(second), parts)


def _pending_of(doctype: str, turns: tuple[Turn, ...], user: str, limit: int, ect: str | None) -> list[Task]:
    roles = {turn.role for turn in turns}
    limits = limits_of(doctype, user)
    rows = _records_waiting(doctype, turns, limits, bool(ect), today=today(), user=user, ect=ect, limit=limit)
    tasks = []
    for row in rows:
        actions = tuple(
            dict.fromkeys(
                transition.action
                for transition in workflow_of(doctype).transitions
                if transition.state == row.workflow_state
                and transition.allowed in roles
                and _condition_holds(transition, doctype, row)
            )
        )
        if actions:
            tasks.append(_task(doctype, row, actions))
    return tasks


def _condition_holds(transition, doctype: str, row: frappe._dict) -> bool:
    if not transition.condition:
        return True
    return is_met(transition, frappe.get_doc({**row, "doctype": doctype}))


def _task(doctype: str, row: frappe._dict, actions: tuple[str, ...]) -> Task:
    return Task(
        doctype=doctype,
        name=row.name,
        title=_title(doctype, row),
        subject=row.get("full_name") or row.get("ect_name") or row.get("school_name") or row.name,
        ect=row.name if doctype == "ECT" else row.get("ect"),
        school=row.get("school"),
        state=_(row.workflow_state),
        stage=row.stage,
        what=_(STAGES[doctype][row.stage].task),
        actions=actions,
        due_on=row.due_on,
        paragraph=row.due_paragraph,
        overdue=bool(row.due_on and row.due_on < today()),
    )


def _title(doctype: str, row: frappe._dict) -> str:
    """What the record is, such as `Progress review 2` or `Final assessment`."""
    match doctype:
        case "ECT":
            return _("Registration")
        case "Progress Review" if row.term_number:
            return _("Progress review {0}").format(row.term_number)
        case "Formal Assessment":
            return _("{0} assessment").format(_(row.assessment_type))
        case "Induction Decision":
            return _("Decision on induction")
    return _(doctype).capitalize() if doctype != "QM Audit" else _("Quality audit")
