"""A step that an administrator puts into the middle of a review has its page and its button."""

import frappe
from frappe.permissions import add_permission, update_permission_property

from induction_app.workflows.act import act
from tests import factory
from tests.browser.records import account, commit, fresh


def test_an_administrators_own_step_has_its_page_and_button(school, visit, screen):
    shipped = frappe.get_doc("Workflow", {"document_type": "Progress Review", "is_active": 1}).as_dict()
    try:
        _insert_deputy_check(school)
        factory.write_review(school, school.review, "2024-12-04")
        with factory.acting_as(school.teacher):
            act("Progress Review", school.review, "Send comment")
        commit()
        deputy = visit(account(school.deputy), screen)
        deputy.go(f"/reviews/{school.review}")
        assert "With the deputy head" in deputy.main()
        deputy.check("review-own-step")
        deputy.button("Deputy has checked")
        assert "Planning, books and three observations." in deputy.main()
        deputy.check("review-own-step-act")
        deputy.button("Deputy has checked")
        assert fresh("Progress Review", school.review, "stage") == "tutor_signature"
    finally:
        frappe.db.rollback()
        _put_back(shipped)


def _insert_deputy_check(at) -> None:
    for doctype, name, values in (
        ("Role", "Deputy Head", {"role_name": "Deputy Head"}),
        (
            "Induction Role",
            "Deputy Head",
            {"role": "Deputy Head", "capacity": "school_colleague", "scope": "School"},
        ),
        ("Workflow State", "With the deputy head", {"workflow_state_name": "With the deputy head"}),
        ("Workflow Action Master", "Deputy has checked", {"workflow_action_name": "Deputy has checked"}),
    ):
        if not frappe.db.exists(doctype, name):
            frappe.get_doc({"doctype": doctype, **values}).insert()
    add_permission("Progress Review", "Deputy Head", 0)
    update_permission_property("Progress Review", "Deputy Head", 0, "write", 1)
    at.people["deputy"] = factory.person("Deputy", "Deputy Head", school=at.school)
    workflow = frappe.get_doc("Workflow", {"document_type": "Progress Review", "is_active": 1})
    comment = next(row for row in workflow.states if row.update_value == "ect_comment")
    tutor = next(row for row in workflow.states if row.update_value == "tutor_signature")
    workflow.append(
        "states",
        {
            "state": "With the deputy head",
            "doc_status": "0",
            "update_field": "stage",
            "update_value": "checking",
            "allow_edit": "Deputy Head",
        },
    )
    for row in workflow.transitions:
        if row.state == comment.state and row.next_state == tutor.state:
            row.next_state = "With the deputy head"
    workflow.append(
        "transitions",
        {
            "state": "With the deputy head",
            "action": "Deputy has checked",
            "next_state": tutor.state,
            "allowed": "Deputy Head",
            "allow_self_approval": 1,
        },
    )
    workflow.save()
    commit()


def _put_back(shipped) -> None:
    workflow = frappe.get_doc("Workflow", shipped.name)
    for table in ("states", "transitions"):
        workflow.set(table, [{k: v for k, v in row.items() if k != "name"} for row in shipped[table]])
    frappe.db.delete("Custom DocPerm", {"parent": "Progress Review"})
    stray = frappe.get_all(
        "Progress Review", filters={"workflow_state": "With the deputy head"}, pluck="name"
    )
    for name in stray:
        frappe.db.set_value(
            "Progress Review", name, {"workflow_state": shipped.states[0].state, "stage": "drafting"}
        )
    workflow.save()
    frappe.clear_cache()
    commit()
