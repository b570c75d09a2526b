"""Refuses a workflow that could not work, with a sentence that says where and why.

An administrator may add states, rename them, rewire transitions and change roles. What must hold is that
every record can reach its end, that no signature the law asks for can be gone round, and that every
state says what it means.
"""

from collections import defaultdict

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow_name, is_transition_condition_satisfied

from induction_app.access.positions import AS_MENTOR, EVERYTHING
from induction_app.access.scopes import seen_as
from induction_app.workflows import conditions, in_use
from induction_app.workflows.stages import PATHS, Path, Stage


def validate_workflow(workflow: Document, method: str | None = None) -> None:
    """Workflow.validate for the record types of this app. Raises frappe.ValidationError."""
    path = PATHS.get(workflow.document_type)
    if not path:
        return
    if not workflow.is_active:
        in_use.check_not_needed(workflow)
        return
    check_stages(workflow, path)
    check_no_mailed_records(workflow)
    check_roles(workflow, path)
    check_conditions(workflow)
    check_signers(workflow, path)
    check_no_dead_end(workflow, path)
    check_reachable(workflow)
    check_nothing_is_skipped(workflow, path)
    in_use.check_records(workflow)


def check_stages(workflow: Document, path: Path) -> None:
    """Every state sets `stage` to a stage of this record type, and the first is where records start."""
    if workflow.workflow_state_field != "workflow_state":
        frappe.throw(_("Workflow State Field: records keep their state in workflow_state; leave it so."))
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


def check_no_mailed_records(workflow: Document) -> None:
    """Nobody acts by a link in a mail: who signs has signed in and has seen the text (paragraph 2.61)."""
    if frappe.utils.cint(workflow.send_email_alert):
        frappe.throw(
            _(
                "Send Email Alert: leave it empty. It mails whole records, with links that act for whoever has the mail. Mail Rules tell people what waits for them."
            )
        )


def check_roles(workflow: Document, path: Path) -> None:
    """Every role that acts has an Induction Role, which says whose records it covers, and sees them then."""
    scopes = dict(frappe.get_all("Induction Role", fields=["role", "scope"], as_list=True))
    stage_of = _stage_of(workflow)
    for row in workflow.transitions:
        if row.allowed == "System Manager":
            continue
        if row.allowed not in scopes:
            frappe.throw(
                _(
                    "Transition row {0}: {1} covers no records yet. Add an Induction Role for it first."
                ).format(row.idx, row.allowed)
            )
        stage = stage_of.get(row.state)
        if stage and not _sees(scopes[row.allowed], path.stages[stage]):
            frappe.throw(
                _(
                    "Transition row {0}: {1} does not see records in the state {2}, whose stage is {3}. Give the state a stage they see, such as that of the state before it."
                ).format(row.idx, row.allowed, row.state, stage)
            )


def _sees(scope: str, stage: Stage) -> bool:
    # A mentor sees as the ECT does, but their own observations from the beginning.
    return scope in (EVERYTHING, AS_MENTOR) or getattr(stage, f"{seen_as(scope)}_sees")


def check_conditions(workflow: Document) -> None:
    """Every condition of a transition can be worked out, and reads fields that there are."""
    for row in workflow.transitions:
        conditions.check(
            _("Transition row {0}").format(row.idx),
            row.condition,
            workflow.document_type,
            lambda doc, row=row: is_transition_condition_satisfied(row, doc),
        )


def check_signers(workflow: Document, path: Path) -> None:
    """A signing state is left, other than by a return, only by the person whose signature it is."""
    stage_of = _stage_of(workflow)
    capacity_of = dict(frappe.get_all("Induction Role", fields=["role", "capacity"], as_list=True))
    for row in workflow.transitions:
        signs = path.stages[stage_of[row.state]].signs
        leads_to = path.stages[stage_of[row.next_state]]
        if signs and stage_of[row.next_state] == stage_of[row.state]:
            frappe.throw(
                _(
                    "Transition row {0}: {1} and {2} have the same stage, {3}, and a person signs in it only once. Give the other state the stage checking, and place it before the signature."
                ).format(row.idx, row.state, row.next_state, stage_of[row.state])
            )
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


def check_role_change() -> None:
    """After a role's capacity or rows have changed: the workflows still work. Raises frappe.ValidationError."""
    for doctype, path in PATHS.items():
        if not (name := get_workflow_name(doctype)):
            continue
        workflow = frappe.get_cached_doc("Workflow", name)
        try:
            check_roles(workflow, path)
            check_signers(workflow, path)
        except frappe.ValidationError as error:
            frappe.clear_last_message()
            frappe.throw(_("Workflow {0}. {1}").format(name, error))


def workflows_of_role(role: str) -> list[str]:
    """The active workflows in which a role acts."""
    names = [name for doctype in PATHS if (name := get_workflow_name(doctype))]
    return [
        name
        for name in names
        if any(row.allowed == role for row in frappe.get_cached_doc("Workflow", name).transitions)
    ]


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
