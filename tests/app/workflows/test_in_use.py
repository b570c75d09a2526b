"""What administrators change cannot take the work of others away: conditions, workflows and roles in use."""

import frappe
import pytest

from induction_app.workflows.moves import moves_for
from induction_app.workflows.tasks import pending_for
from tests import factory
from tests.factory import acting_as


@pytest.fixture
def case(site):
    at = factory.place()
    factory.registered_ect(at)
    return at


def spoil(condition: str) -> None:
    """Leave a condition as somebody may have left it who could write it unchecked."""
    for row in frappe.get_doc("Workflow", "Progress Review").transitions:
        frappe.db.set_value("Workflow Transition", row.name, "condition", condition)
    frappe.clear_cache()


@pytest.mark.parametrize("condition", ("doc.", "nobody.knows()", "doc.due_on > 3"))
def test_a_condition_that_fails_takes_only_its_own_step_away(case, condition):
    with factory.on_day("2024-12-05"):
        with acting_as(case.tutor):
            before = {task.doctype for task in pending_for(case.tutor)}
        spoil(condition)
        with acting_as(case.tutor):
            after = {task.doctype for task in pending_for(case.tutor)}
            review = frappe.get_last_doc("Progress Review")
            assert moves_for(review) == []
    assert before - after == {"Progress Review"}
    logged = frappe.get_all(
        "Error Log", filters={"method": ("like", "Workflow Progress Review, transition row%")}
    )
    assert logged


def test_a_workflow_in_use_is_neither_deleted_nor_switched_off(case):
    workflow = frappe.get_doc("Workflow", "Progress Review")
    with pytest.raises(frappe.ValidationError, match="go through this workflow"):
        workflow.delete()
    workflow.is_active = 0
    with pytest.raises(frappe.ValidationError, match="go through this workflow"):
        workflow.save()


def test_the_stage_of_a_state_stays_while_records_are_in_it(case):
    workflow = frappe.get_doc("Workflow", "Progress Review")
    start = workflow.states[0]
    extra = workflow.append("states", {k: v for k, v in start.as_dict().items() if k not in ("name", "idx")})
    extra.state = (
        frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": "Read again"}).insert().name
    )
    extra.update_value = "checking"
    onward = next(row for row in workflow.transitions if row.state == start.state)
    for ends in ({"state": extra.state}, {"next_state": extra.state, "action": "Reject"}):
        values = {k: v for k, v in onward.as_dict().items() if k not in ("name", "idx")}
        workflow.append("transitions", values | ends)
    workflow.save()
    review = frappe.get_last_doc("Progress Review")
    review.db_set({"workflow_state": extra.state, "stage": "checking"})
    workflow.reload()
    workflow.states[-1].update_value = "drafting"
    with pytest.raises(frappe.ValidationError, match="1 records are in it at the stage checking"):
        workflow.save()


def test_another_workflow_can_be_switched_on_in_its_place(case):
    shipped = frappe.get_doc("Workflow", "Progress Review")
    own = frappe.copy_doc(shipped)
    own.workflow_name = "Our reviews"
    own.insert()
    assert not frappe.db.get_value("Workflow", shipped.name, "is_active")
    with acting_as(case.tutor):
        assert moves_for(frappe.get_last_doc("Progress Review"))
    frappe.get_doc("Workflow", shipped.name).delete()


@pytest.mark.parametrize("role", ("ECT", "Headteacher", "Induction Administrator"))
def test_a_role_that_people_or_workflows_need_is_not_deleted(case, role):
    frappe.get_doc("User", factory.person("Sam")).add_roles("Induction Administrator")
    with pytest.raises(frappe.ValidationError, match="Give these steps|End their positions"):
        frappe.delete_doc("Induction Role", role)


def test_a_role_keeps_the_capacity_that_workflows_wait_for(case):
    head = frappe.get_doc("Induction Role", "Headteacher")
    head.capacity = "school_colleague"
    with pytest.raises(frappe.ValidationError, match="waits for a signature as headteacher"):
        head.save()
