"""Who may act next on a record: read from the workflows as the administrator has drawn them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.model.document import Document
from frappe.model.workflow import get_workflow_name

from induction_app.access import positions as held
from induction_app.clock import today
from induction_app.induction_case.tutors import at_their_schools
from induction_app.workflows.staged_document import workflow_of
from induction_app.workflows.stages import PATHS, STAGES

_KEPT = "induction_turns"


@dataclass(frozen=True)
class Turns:
    """Roles by state: of all states of a workflow, and of those in which something is to be done."""

    by_state: dict[str, set[str]]
    unfinished: dict[str, set[str]]


def people_who_may_act(doc: Document) -> list[str]:
    """Users for whom a record waits now. Administrators, who can always act, are not named."""
    return people_by_record(doc.doctype, [doc.as_dict()])[doc.name]


def people_by_record(doctype: str, records: Iterable[dict]) -> dict[str, list[str]]:
    """For many records of one type (each with name, workflow_state and ect, or school and
    appropriate_body): who may act next. A fixed number of queries for the whole batch."""
    records = list(records)
    roles_of_state = whose_turn(doctype)
    subjects = _subjects(doctype, records)
    staff = _staff_by_place(subjects.values())
    meanings = _meanings_of_roles()
    found: dict[str, list[str]] = {}
    for record in records:
        subject = subjects.get(record["name"]) or frappe._dict()
        people: dict[str, None] = {}
        for role in sorted(roles_of_state.get(record["workflow_state"], ())):
            for user in _holders(role, meanings.get(role), subject, staff):
                people[user] = None
        found[record["name"]] = list(people)
    return found


def whose_turn(doctype: str) -> dict[str, set[str]]:
    """For each state, the roles that can take the record further on its way.

    Where nobody can, those with any transition: sending back and calling off are open to people whose turn
    it is not, and nobody should be told that a record waits for them because they could stop it.
    """
    turns = _kept().get(doctype) or _turns_in(workflow_of(doctype))
    return turns.by_state


def whose_turn_it_is(doctype: str) -> dict[str, set[str]]:
    """The same for the states in which something is to be done; nothing for a type without a workflow."""
    turns = _kept().get(doctype)
    return turns.unfinished if turns else {}


def forget_turns(workflow: Document, method: str | None = None) -> None:
    """Workflow.on_update and on_trash: read whose turn it is anew, also after others have read it meanwhile."""

    def forget() -> None:
        frappe.cache.delete_value(_KEPT)
        frappe.clear_cache(doctype=workflow.document_type)  # the framework keeps the name of a deleted one

    forget()
    frappe.db.after_commit.add(forget)
    frappe.db.after_rollback.add(forget)


def _kept() -> dict[str, Turns]:
    """Read from all workflows once, and kept until one of them changes."""
    return frappe.cache.get_value(_KEPT, _read_turns)


def _read_turns() -> dict[str, Turns]:
    return {doctype: _turns_in(workflow_of(doctype)) for doctype in PATHS if get_workflow_name(doctype)}


def _turns_in(workflow: Document) -> Turns:
    doctype = workflow.document_type
    stages = {row.state: row.update_value for row in workflow.states}
    onward, any_way = defaultdict(set), defaultdict(set)
    for transition in workflow.transitions:
        any_way[transition.state].add(transition.allowed)
        if PATHS[doctype].leads_on(stages[transition.state], stages[transition.next_state]):
            onward[transition.state].add(transition.allowed)
    found = {state: onward.get(state) or roles for state, roles in any_way.items()}
    unfinished = {state for state, stage in stages.items() if not STAGES[doctype][stage].closed}
    return Turns(found, {state: roles for state, roles in found.items() if state in unfinished})


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
    if doctype == "ECT":
        return {row["name"]: by_name.get(row["name"]) for row in records}
    return at_their_schools(doctype, records, by_name)


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
