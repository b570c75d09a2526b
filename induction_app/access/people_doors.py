"""Ways of the framework to what is known of anybody's account: open to those who can find the account."""

import json

import frappe
from frappe import _
from frappe.desk.form import load


@frappe.whitelist()
def get_user_info_for_viewers(users: str) -> dict:
    """In place of the framework's: names and pictures of the people one can find, and of oneself."""
    try:
        asked = json.loads(users)
    except ValueError:
        asked = None
    if not isinstance(asked, list) or not all(isinstance(user, str) for user in asked):
        frappe.throw(_("Users: send them as a JSON list."))
    known = _known(asked)
    return load.get_user_info_for_viewers(json.dumps([user for user in asked if user in known]))


@frappe.whitelist()
def get_roles(uid: str | None = None) -> list[str]:
    """In place of the framework's: one's own roles; those of others for System Managers."""
    user = frappe.session.user
    if uid and uid != user and "System Manager" not in frappe.get_roles():
        frappe.throw(_("The roles of {0} are not yours to read.").format(uid), frappe.PermissionError)
    return frappe.get_roles(uid or user)


def _known(users: list[str]) -> set[str]:
    own = {frappe.session.user}
    if not frappe.has_permission("User", "read"):
        return own
    found = frappe.get_list("User", filters={"name": ("in", users)}, pluck="name", limit_page_length=0)
    return own | set(found)
