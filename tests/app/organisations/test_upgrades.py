"""An upgrade puts nothing back that an administrator has taken away."""

import frappe

from induction_app.setup import access, reference_data

_ADMINISTRATOR = {"parent": "Workflow", "role": "Induction Administrator"}
_GOVERNOR = {"parent": "Workflow State", "role": "Governor"}


def _may(right: str, of: dict) -> int:
    return frappe.db.get_value("Custom DocPerm", of, right) or 0


def test_rights_that_were_taken_away_stay_so(site):
    access.open_framework_records()
    assert _may("delete", _ADMINISTRATOR) and _may("read", _GOVERNOR)
    frappe.db.set_value("Custom DocPerm", _ADMINISTRATOR, "delete", 0)
    frappe.db.delete("Custom DocPerm", _GOVERNOR)
    access.open_framework_records()
    assert not _may("delete", _ADMINISTRATOR) and not _may("read", _GOVERNOR)
    assert _may("write", _ADMINISTRATOR)


def test_rights_set_back_to_the_frameworks_are_given_again(site):
    """Otherwise nobody could read the workflows they act in."""
    frappe.db.delete("Custom DocPerm", {"parent": "Workflow State"})
    access.open_framework_records()
    assert _may("read", _GOVERNOR)


def test_a_new_role_gets_its_rights(site):
    frappe.get_doc({"doctype": "Role", "role_name": "Executive Head"}).insert()
    frappe.get_doc(
        {
            "doctype": "Induction Role",
            "role": "Executive Head",
            "capacity": "headteacher",
            "scope": "School",
        }
    ).insert()
    access.open_framework_records()
    assert _may("read", {"parent": "Workflow", "role": "Executive Head"})


def test_a_standard_and_an_address_that_were_removed_stay_so(site):
    reference_data.ship_standards()
    reference_data.ship_settings()
    frappe.db.delete("Teachers Standard", {"name": "P2"})
    frappe.db.set_single_value("Induction Settings", "appeals_body_address", "")
    reference_data.ship_standards()
    reference_data.ship_settings()
    assert not frappe.db.exists("Teachers Standard", "P2")
    assert not frappe.db.get_single_value("Induction Settings", "appeals_body_address")
