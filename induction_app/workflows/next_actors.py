"""Who may act next, and what on: read from the workflows as the administrator has drawn them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow_name, is_transition_condition_satisfied
from pypika.functions import Count

from induction_app.access import positions as held
from induction_app.access.positions import Position, positions_of
from induction_app.access.rows import reach
from induction_app.clock import today
from induction_app.workflows.staged_document import workflow_of
from induction_app.workflows.stages import PATHS, STAGES

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


def pending_for(user: str | None = None, limit: int = 100, ect: str | None = None) -> list[Task]:
    """What a person can do now, most urgent first, on all cases or on one ECT's.

    Queries: one for each kind of record, whatever their number.
    """
    user = user or frappe.session.user
    tasks: list[Task] = []
    for doctype in PATHS:
        tasks += _pending_of(doctype, user, min(limit, _MOST_FIRST), ect)
    tasks.sort(key=lambda task: (task.due_on or date.max, task.subject, task.doctype, task.name))
    return tasks[:limit]


def pending_counts(user: str | None = None) -> dict[str, int]:
    """How many records of each type wait for a person."""
    user = user or frappe.session.user
    counts = {}
    for doctype in PATHS:
        query, table, *_rest = _waiting(doctype, user)
        if query is not None:
            counts[doctype] = query.select(Count(table.name)).run()[0][0]
    return counts


def people_who_may_act(doc: Document) -> list[str]:
    """Users for whom a record waits now. Administrators, who can always act, are not named."""
    return people_by_record(doc.doctype, [doc.as_dict()])[doc.name]


def people_by_record(doctype: str, records: Iterable[dict]) -> dict[str, list[str]]:
    """For many records of one type (each with name, workflow_state and ect, or school and
    appropriate_body): who may act next. A fixed number of queries for the whole batch."""
    records = list(records)
    roles_of_state = _whose_turn(doctype)
    subjects = _subjects(doctype, records)
    staff = _staff_by_place(subjects.values())
    meanings = _meanings_of_roles()
    found: dict[str, list[str]] = {}
    for record in records:
        subject = subjects.get(record["name"]) or frappe._dict()
        people: dict[str, None] = {}
        for role in sorted(roles_of_state[record["workflow_state"]]):
            for user in _holders(role, meanings.get(role), subject, staff):
                people[user] = None
        found[record["name"]] = list(people)
    return found


def _whose_turn(doctype: str) -> dict[str, set[str]]:
    """For each state, the roles that can take the record further on its way.

    Where nobody can, those with any transition: sending back and calling off are open to people whose turn
    it is not, and nobody should be told that a record waits for them because they could stop it.
    """
    workflow = workflow_of(doctype)
    stages = {row.state: row.update_value for row in workflow.states}
    onward, any_way = defaultdict(set), defaultdict(set)
    for transition in workflow.transitions:
        any_way[transition.state].add(transition.allowed)
        if PATHS[doctype].leads_on(stages[transition.state], stages[transition.next_state]):
            onward[transition.state].add(transition.allowed)
    return defaultdict(set, {state: onward.get(state) or roles for state, roles in any_way.items()})


def _holders(role: str, scope: str | None, subject: frappe._dict, staff: dict) -> list[str]:
    at_school, at_body = (
        staff.get(("school", subject.school, role), []),
        staff.get(("body", subject.appropriate_body, role), []),
    )
    match scope:
        case held.OWN:
            return [subject.user] if subject.user else []
        case held.AS_TUTOR:
            return [user for user in at_school if user == subject.induction_tutor]
        case held.AS_MENTOR:
            return [user for user in at_school if user == subject.mentor]
        case held.AS_CONTACT:
            return [user for user in at_body if user == subject.named_contact]
        case held.SCHOOL:
            return at_school
        case held.BODY:
            return at_body
    return []


def _subjects(doctype: str, records: list[dict]) -> dict[str, frappe._dict]:
    if doctype == "QM Audit":
        return {row["name"]: frappe._dict(row) for row in records}
    key = "name" if doctype == "ECT" else "ect"
    names = {row[key] for row in records}
    ects = frappe.get_all(
        "ECT",
        filters={"name": ("in", names)},
        fields=["name", "user", "induction_tutor", "mentor", "named_contact", "school", "appropriate_body"],
    )
    by_name = {row.name: row for row in ects}
    return {row["name"]: by_name.get(row[key]) for row in records}


def _staff_by_place(subjects: Iterable[frappe._dict]) -> dict[tuple, list[str]]:
    subjects = [subject for subject in subjects if subject]
    staff, role, person = (frappe.qb.DocType(d) for d in ("Induction Staff", "Induction Role", "User"))
    schools = {subject.school for subject in subjects} or {""}
    bodies = {subject.appropriate_body for subject in subjects} or {""}
    rows = (
        frappe.qb.from_(staff)
        .join(role)
        .on(staff.role == role.name)
        .join(person)
        .on(staff.user == person.name)
        .where(person.enabled == 1)
        .where(staff.starts_on <= today())
        .where(staff.ends_on.isnull() | (staff.ends_on >= today()))
        .where(staff.school.isin(list(schools)) | staff.appropriate_body.isin(list(bodies)))
        .select(staff.user, role.role, staff.school, staff.appropriate_body)
        .orderby(staff.full_name)
        .run(as_dict=True)
    )
    found = defaultdict(list)
    for row in rows:
        if row.school:
            found["school", row.school, row.role].append(row.user)
        if row.appropriate_body:
            found["body", row.appropriate_body, row.role].append(row.user)
    return found


def _meanings_of_roles() -> dict[str, str]:
    return dict(frappe.get_all("Induction Role", fields=["role", "scope"], as_list=True))


def _waiting(doctype: str, user: str):
    """The query for records that wait for a person, with its table, transitions and roles; None where none can."""
    if not get_workflow_name(doctype):
        return None, None, [], set()
    workflow = workflow_of(doctype)
    positions = [p for p in positions_of(user) if p.scope != held.EVERYTHING]
    by_role: dict[str, list[Position]] = defaultdict(list)
    for position in positions:
        by_role[position.role].append(position)
    closed = {row.state for row in workflow.states if STAGES[doctype][row.update_value].closed}
    turns = _whose_turn(doctype)
    table = frappe.qb.DocType(doctype)
    criterion = None
    for role, role_positions in by_role.items():
        states = sorted({state for state, roles in turns.items() if role in roles} - closed)
        if states:
            part = table.workflow_state.isin(states) & reach(doctype, table, role_positions)
            criterion = part if criterion is None else criterion | part
    if criterion is None:
        return None, None, [], set()
    query = frappe.qb.from_(table).where(criterion)
    if frappe.get_meta(doctype).has_field("available_from"):
        query = query.where(table.available_from.isnull() | (table.available_from <= today()))
    if doctype == "Observation":  # feedback is its observer's to write, whoever else may
        query = query.where((table.stage != PATHS[doctype].start) | (table.observer == user))
    return query, table, workflow.transitions, set(by_role)


def _pending_of(doctype: str, user: str, limit: int, ect: str | None) -> list[Task]:
    query, table, transitions, roles = _waiting(doctype, user)
    if query is None or (ect and doctype == "QM Audit"):
        return []
    if ect:
        query = query.where((table.name if doctype == "ECT" else table.ect) == ect)
    # Unset dates sort last: MariaDB puts NULL first, which would hide what is due behind what never is.
    rows = (
        query.select(table.star).orderby(table.due_on.isnull(), table.due_on).limit(limit).run(as_dict=True)
    )
    tasks = []
    for row in rows:
        actions = tuple(
            dict.fromkeys(
                transition.action
                for transition in transitions
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
    return is_transition_condition_satisfied(transition, frappe.get_doc({**row, "doctype": doctype}))


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
