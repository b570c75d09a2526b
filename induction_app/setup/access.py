"""Roles with their meaning, and the rights on the framework's own records that they need."""

import frappe
from frappe.permissions import add_permission, update_permission_property

from induction_app.access.positions import AS_CONTACT, AS_MENTOR, AS_TUTOR, BODY, EVERYTHING, OWN, SCHOOL
from induction_app.setup.once import shipped

# role as shipped, capacity, rows, desk, what the role does
ROLES = (
    ("ECT", "ect", OWN, 0, "The early career teacher: reads, comments and signs their own records."),
    ("Mentor", "mentor", AS_MENTOR, 0, "Supports the ECT. Does not assess (2.55)."),
    ("Induction Tutor", "induction_tutor", AS_TUTOR, 1, "Reviews and assesses the ECT (2.42)."),
    ("Induction Coordinator", "induction_coordinator", SCHOOL, 1, "Runs induction in the school."),
    ("Headteacher", "headteacher", SCHOOL, 1, "Signs and recommends (2.60)."),
    (
        "School Administrator",
        "school_administrator",
        SCHOOL,
        1,
        "Registers ECTs and staff; sees no review or assessment.",
    ),
    ("Governor", "governor", SCHOOL, 0, "Reads general reports, never an individual's assessments (2.80)."),
    ("AB Officer", "ab_officer", BODY, 1, "Authorises, receives and tracks for the appropriate body."),
    ("AB Decision Maker", "ab_decision_maker", BODY, 1, "Decides: pass, extension or fail (2.67)."),
    (
        "AB Named Contact",
        "ab_named_contact",
        AS_CONTACT,
        0,
        "Hears an ECT's concerns; neither monitors nor decides (2.28).",
    ),
    ("QA Officer", "qa_officer", BODY, 1, "Audits the quality of induction in schools (5.8)."),
    (
        "Induction Administrator",
        "administrator",
        EVERYTHING,
        1,
        "Sets the service up: workflows, roles, mail.",
    ),
)

# Rights on the framework's own record types, granted through its permission manager.
_READ_BY_ALL = ("Workflow", "Workflow State", "Workflow Action Master")
_RUN_BY_ADMINISTRATOR = {
    "Workflow": ("read", "write", "create", "delete"),
    "Workflow State": ("read", "write", "create"),
    "Workflow Action Master": ("read", "write", "create"),
    "Email Template": ("read", "write", "create"),
    "Role": ("read", "write", "create"),
    "View Log": ("read", "report", "export"),
    "Access Log": ("read", "report", "export"),
    "Activity Log": ("read", "report", "export"),
}
# What the framework notes of an account at each sign-in. It shows this to whoever finds the account.
_SIGN_INS = ("last_ip", "last_login", "last_active", "last_password_reset_date")


def ship_roles() -> None:
    """Create each shipped role and its Induction Role where no Induction Role has come from it yet."""
    for role, capacity, scope, desk, purpose in ROLES:
        if frappe.db.exists("Induction Role", {"shipped_as": role}):
            continue
        if not frappe.db.exists("Role", role):
            frappe.get_doc({"doctype": "Role", "role_name": role}).insert(
                ignore_permissions=True
            )  # installing
        frappe.db.set_value("Role", role, "desk_access", desk)
        if not frappe.db.exists("Induction Role", role):
            frappe.get_doc(
                {
                    "doctype": "Induction Role",
                    "role": role,
                    "capacity": capacity,
                    "scope": scope,
                    "shipped_as": role,
                    "task_description": purpose,
                }
            ).insert(ignore_permissions=True)  # installing


def follow_renamed_roles() -> None:
    """Give a renamed role the rights its shipped name gets from the record types' files.

    An upgrade reads those files again and would leave a renamed role without rights, and its old name back.
    """
    for row in frappe.get_all(
        "Induction Role", filters={"shipped_as": ("is", "set")}, fields=["role", "shipped_as"]
    ):
        if row.role == row.shipped_as:
            continue
        rights = frappe.qb.DocType("DocPerm")
        frappe.qb.update(rights).set(rights.role, row.role).where(rights.role == row.shipped_as).run()
        in_use = frappe.db.exists("Has Role", {"role": row.shipped_as})
        if frappe.db.exists("Role", row.shipped_as) and not in_use:
            frappe.delete_doc(
                "Role", row.shipped_as, ignore_permissions=True, force=True
            )  # a ghost of the rename
    frappe.clear_cache()


def open_framework_records() -> None:
    """Let people read the workflows they act in, and administrators run them.

    Each right is given once: one that was taken away stays so, unless all rights on the record type have been
    set back to the framework's.
    """
    meaning = frappe.get_all("Induction Role", fields=["role", "capacity"])
    changed = set(frappe.get_all("Custom DocPerm", pluck="parent", distinct=True))
    wanted = [(doctype, row.role, ("read",)) for doctype in _READ_BY_ALL for row in meaning]
    wanted += [
        (doctype, row.role, rights)
        for doctype, rights in _RUN_BY_ADMINISTRATOR.items()
        for row in meaning
        if row.capacity == "administrator"
    ]
    with shipped() as known:
        for doctype, role, rights in wanted:
            keys = {right: f"right {doctype} {role} {right}" for right in rights}
            given = known if doctype in changed else set()
            _grant(doctype, role, tuple(right for right in rights if keys[right] not in given))
            known.update(keys.values())


def keep_sign_ins_private() -> None:
    """Let only those who read the account's own rights read when and from where somebody signed in."""
    for field in _SIGN_INS:
        of_field = {"doc_type": "User", "field_name": field, "property": "permlevel"}
        if not frappe.db.exists("Property Setter", of_field):
            frappe.get_doc(
                {
                    "doctype": "Property Setter",
                    "doctype_or_field": "DocField",
                    "property_type": "Int",
                    "value": "1",
                    **of_field,
                }
            ).insert(ignore_permissions=True)  # installing


def _grant(doctype: str, role: str, rights: tuple[str, ...]) -> None:
    if not rights:
        return
    held = frappe.db.get_value(
        "Custom DocPerm", {"parent": doctype, "role": role, "permlevel": 0}, "*", as_dict=True
    )
    if not held:
        add_permission(doctype, role, 0)
    for right in rights:
        if not held or (not held.get(right) and right != "read"):
            update_permission_property(doctype, role, 0, right, 1)
