"""What people are told, among their notifications, when the service could not do its own work."""

from collections.abc import Iterable

import frappe


def tell_administrators(what: str) -> None:
    """Say it to every administrator."""
    tell(administrators(), what)


def tell(users: Iterable[str], what: str) -> None:
    """Put a sentence among the notifications of people, once as long as it is unread."""
    for user in dict.fromkeys(users):
        about = {"for_user": user, "subject": what, "type": "Alert"}
        if not frappe.db.exists("Notification Log", {**about, "read": 0}):
            # The service itself says it, whoever's job has failed.
            frappe.get_doc({"doctype": "Notification Log", **about}).insert(ignore_permissions=True)


def administrators() -> list[str]:
    """Enabled accounts with a role whose capacity is administrator, or that run the framework."""
    roles = frappe.get_all("Induction Role", filters={"capacity": "administrator"}, pluck="role")
    return frappe.get_all(
        "User",
        filters=[["enabled", "=", 1], ["Has Role", "role", "in", [*roles, "System Manager"]]],
        pluck="name",
        distinct=True,
    )
