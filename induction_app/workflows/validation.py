"""Refuses a workflow that could not work, with a sentence that says where and why.

An administrator may add states, rename them, rewire transitions and change roles. What must hold is that
every record can reach its end, that no signature the law asks for can be gone round, and that every
state says what it means.
"""

from collections import defaultdict

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.workflows.stages import PATHS, Path


def validate_workflow(workflow: Document, method: str | None = None) -> None:
    """Workflow.validate for the record types of this app. Raises frappe.ValidationError."""
    path = PATHS.get(workflow.document_type)
    if not path or not workflow.is_active:
        return
    check_stages(workflow, path)
    check_roles(workflow)
    check_signers(workflow, path)
    check_no_dead_end(workflow, path)
    check_reachable(workflow)
    check_nothing_is_skipped(workflow, path)
    check_states_in_use(workflow)


def check_stages(workflow: Document, path: Path) -> None:
    """Every state sets `stage` to a stage of this record type, and the first is where records start."""
    for row in workflow.states:
        if row.update_field != "stage" or row.update_value not in path.stages:
            frappe.throw(
                _("State {0} (row {1}): set Update Field to stage and Update Value to one of: {2}.").format(
                    row.state, row.idx, ", ".join(path.stages)
                )
            )
        if frappe.utils.cint(row.doc_status):
            frappe.throw(_("State {0} (row {1}): Doc Status must be 0.").format(row.state, row.idx))
    if workflow.states[0].update_value != path.start:
        frappe.throw(_("Row 1: records start here, so its stage must be {0}.").format(path.start))
    present = {row.update_value for row in workflow.states}
    for stage in (*path.must_pass, *path.goals):
        if stage not in present and stage not in path.goals:
            frappe.throw(_("No state has the stage {0}, which the rules ask for.").format(stage))
    if not present & set(path.goals):
        frappe.throw(_("No state has the stage {0}, where a record ends.").format(_(" or ").join(path.goals)))


def check_roles(workflow: Document) -> None:
    """Every role that acts has an Induction Role, which says whose records it covers."""
    known = set(frappe.get_all("Induction Role", pluck="role")) | {"System Manager"}
    for row in workflow.transitions:
        if row.allowed not in known:
            frappe.throw(
                _(
                    "Transition row {0}: {1} covers no records yet. Add an Induction Role for it first."
                ).format(row.idx, row.allowed)
            )


def check_signers(workflow: Document, path: Path) -> None:
    """A signing state is left, other than by a return, only by the person whose signature it is."""
    stage_of = _stage_of(workflow)
    capacity_of = dict(frappe.get_all("Induction Role", fields=["role", "capacity"], as_list=True))
    for row in workflow.transitions:
        signs = path.stages[stage_of[row.state]].signs
        leads_to = path.stages[stage_of[row.next_state]]
        if signs and not leads_to.back and stage_of[row.next_state] != "cancelled":
            if capacity_of.get(row.allowed) != signs:
                frappe.throw(
                    _(
                        "Transition row {0}: {1} waits for a signature as {2}, so only a role with that capacity can move it on."
                    ).format(row.idx, row.state, signs)
                )


def check_reachable(workflow: Document) -> None:
    """A state nothing leads to could never hold a record."""
    reached = _reach(workflow, workflow.states[0].state)
    for row in workflow.states:
        if row.state not in reached:
            frappe.throw(_("State {0} (row {1}): no transition leads here.").format(row.state, row.idx))


def check_no_dead_end(workflow: Document, path: Path) -> None:
    """From every state that waits for somebody there is a way to an end."""
    stage_of = _stage_of(workflow)
    for row in workflow.states:
        if path.stages[row.update_value].closed:
            continue
        ends = {stage_of[state] for state in _reach(workflow, row.state)}
        if not ends & set(path.goals):
            frappe.throw(
                _("State {0} (row {1}) is a dead end: no way leads from it to {2}.").format(
                    row.state, row.idx, _(" or ").join(path.goals)
                )
            )


def check_nothing_is_skipped(workflow: Document, path: Path) -> None:
    """No way to the end goes round a stage the rules ask for."""
    stage_of = _stage_of(workflow)
    for stage in path.must_pass:
        around = _reach(workflow, workflow.states[0].state, avoid=stage)
        if {stage_of[state] for state in around} & set(path.goals):
            frappe.throw(
                _(
                    "This workflow lets a record reach its end without the stage {0}: {1}. Close that way."
                ).format(stage, _(path.stages[stage].task))
            )


def check_states_in_use(workflow: Document) -> None:
    """A state that records are in cannot be taken away under them; renaming it takes them along."""
    if workflow.is_new():
        return
    table = frappe.qb.DocType(workflow.document_type)
    states = [row.state for row in workflow.states] + list(renamed_states(workflow))
    left = (
        frappe.qb.from_(table)
        .select(table.workflow_state)
        .where(table.workflow_state.notin(states) & (table.workflow_state != ""))
        .limit(1)
        .run()
    )
    if left:
        frappe.throw(
            _("Records are still in the state {0}. Rename the state instead, or move them on first.").format(
                left[0][0]
            )
        )


def renamed_states(workflow: Document) -> dict[str, str]:
    """States given another name by this save: the same row, or the same place and stage, under a new name."""
    before = workflow.get_doc_before_save()
    if not before:
        return {}
    now = {row.state for row in workflow.states}
    then = {row.state for row in before.states}
    by_row = {row.name: row.state for row in workflow.states}
    same_length = len(before.states) == len(workflow.states)
    found = {}
    for row in before.states:
        if row.state in now:
            continue
        name = by_row.get(row.name)
        if not name and same_length and workflow.states[row.idx - 1].update_value == row.update_value:
            name = workflow.states[row.idx - 1].state
        if name and name not in then:
            found[row.state] = name
    return found


def carry_renamed_states(workflow: Document, method: str | None = None) -> None:
    """Workflow.on_update: records, and the story of what happened to them, take a state's new name."""
    if workflow.document_type not in PATHS:
        return
    record, event = frappe.qb.DocType(workflow.document_type), frappe.qb.DocType("Induction Event")
    for old, new in renamed_states(workflow).items():
        frappe.qb.update(record).set(record.workflow_state, new).where(record.workflow_state == old).run()
        for column in (event.from_state, event.to_state):
            of_this = (event.reference_doctype == workflow.document_type) & (column == old)
            frappe.qb.update(event).set(column, new).where(of_this).run()


def _stage_of(workflow: Document) -> dict[str, str]:
    return {row.state: row.update_value for row in workflow.states}


def _reach(workflow: Document, start: str, avoid: str | None = None) -> set[str]:
    """States one can come to from `start`, not passing through states of the stage `avoid`."""
    stage_of = _stage_of(workflow)
    onward = defaultdict(set)
    for row in workflow.transitions:
        if row.state not in stage_of or row.next_state not in stage_of:
            missing = row.state if row.state not in stage_of else row.next_state
            frappe.throw(
                _("Transition row {0}: {1} is not a state of this workflow.").format(row.idx, missing)
            )
        onward[row.state].add(row.next_state)
    reached, waiting = set(), [start]
    while waiting:
        state = waiting.pop()
        if state in reached or stage_of[state] == avoid:
            continue
        reached.add(state)
        waiting += onward[state]
    return reached
