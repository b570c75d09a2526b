"""A link in a mail of the framework's acts for nobody: it leads to the record's page, where one signs in."""

import frappe
import pytest
import requests
from frappe.utils.verified_command import get_signed_params

_ACTIONS = "/api/method/frappe.workflow.doctype.workflow_action.workflow_action"


@pytest.fixture
def waiting(world) -> tuple[str, str]:
    """A review that waits for a signature, and the one who can give it."""
    return world.own.parked["Progress Review", "tutor_signature"], world.own.place.tutor


@pytest.mark.parametrize("method", ("apply_action", "confirm_action"))
def test_a_mailed_link_signs_nothing(world, waiting, url, method):
    review, tutor = waiting
    values = {"doctype": "Progress Review", "docname": review, "user": tutor, "action": "Sign as tutor"}
    values |= {"current_state": frappe.db.get_value("Progress Review", review, "workflow_state")}
    address = f"{url}{_ACTIONS}.{method}?{get_signed_params(values)}"
    answer = requests.get(address, allow_redirects=False, timeout=30)
    frappe.db.rollback()
    assert frappe.db.get_value("Progress Review", review, "stage") == "tutor_signature"
    assert not frappe.db.exists(
        "Induction Signature", {"reference_name": review, "capacity": "induction_tutor"}
    )
    assert answer.status_code == 302 and answer.headers["Location"].endswith(f"/reviews/{review}")
