"""Whose turn it is, read from the workflows: kept, and read anew when a workflow changes or its change is undone."""

import frappe

from induction_app.workflows.next_actors import whose_turn, whose_turn_it_is


def _active(doctype: str):
    return frappe.get_doc("Workflow", {"document_type": doctype, "is_active": 1})


def _give(workflow, state: str, role: str) -> None:
    """Let another role take the way on from a state."""
    for transition in workflow.transitions:
        if transition.state == state:
            transition.allowed = role
    workflow.save()


def test_a_changed_workflow_changes_the_turn_and_undone_it_is_as_before(site):
    workflow = _active("Observation")
    state = next(row.state for row in workflow.states if row.update_value == "drafting")
    before = whose_turn("Observation")[state]
    assert before and "Governor" not in before
    _give(workflow, state, "Governor")
    assert whose_turn("Observation")[state] == {"Governor"}
    frappe.db.rollback()
    assert whose_turn("Observation")[state] == before


def test_nothing_is_to_be_done_in_a_closed_state(site):
    for doctype in ("ECT", "Progress Review", "Induction Decision"):
        closing = {"ECT": "registered", "Progress Review": "received", "Induction Decision": "closed"}[
            doctype
        ]
        closed = {row.state for row in _active(doctype).states if row.update_value == closing}
        assert closed and not closed & set(whose_turn_it_is(doctype))


def test_a_type_without_a_workflow_waits_for_nobody(site):
    for name in frappe.get_all("Workflow", filters={"document_type": "QM Audit"}, pluck="name"):
        workflow = frappe.get_doc("Workflow", name)
        workflow.is_active = 0
        workflow.save()
    assert whose_turn_it_is("QM Audit") == {}
    frappe.db.rollback()
    assert whose_turn_it_is("QM Audit")
