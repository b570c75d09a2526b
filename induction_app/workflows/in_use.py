"""What a change of a workflow would do to the records that go through it."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow_name
from pypika.functions import Count

from induction_app.workflows.stages import PATHS


def check_not_needed(workflow: Document, method: str | None = None) -> None:
    """The workflow that records go through is not switched off or deleted under them.

    Also Workflow.on_trash. Switching another on in its place switches this one off.
    """
    if workflow.document_type not in PATHS or workflow.name != get_workflow_name(workflow.document_type):
        return
    if count := frappe.db.count(workflow.document_type):
        frappe.throw(
            _(
                "{0} records of the type {1} go through this workflow. Switch on another one for them: that switches this one off."
            ).format(count, _(workflow.document_type))
        )


def check_records(workflow: Document) -> None:
    """Every record is in a state of this workflow, and at the stage that the state sets.

    A state that records are in cannot be taken away under them; renaming it takes them along. Given another
    stage, they would keep the old one, with its clock and its readers.
    """
    record = frappe.qb.DocType(workflow.document_type)
    renamed = renamed_states(workflow)
    stages = {row.state: row.update_value for row in workflow.states}
    found = (
        frappe.qb.from_(record)
        .where(record.workflow_state != "")
        .groupby(record.workflow_state, record.stage)
        .select(record.workflow_state, record.stage, Count(record.name))
        .run()
    )
    for state, stage, count in found:
        name = renamed.get(state, state)
        if name not in stages:
            frappe.throw(
                _(
                    "Records are still in the state {0}. Rename the state instead, or move them on first."
                ).format(state)
            )
        if stages[name] != stage:
            frappe.throw(
                _(
                    "State {0}: {1} records are in it at the stage {2}, which cannot become {3} under them. Add another state for {3}, or move the records on first."
                ).format(name, count, stage, stages[name])
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
