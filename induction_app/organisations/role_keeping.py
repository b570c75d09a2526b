"""Keeping people's framework roles in step with the positions they hold.

A position gives its role from its first to its last day. Roles that are no Induction Role, and roles that
are not held at a place (the ECT's own and the administrator's), are given elsewhere and left alone here.
"""

from collections import defaultdict

import frappe
from frappe import _

from induction_app.access.positions import PLACELESS, forget_positions
from induction_app.clock import today
from induction_app.correspondence.alerts import tell_administrators


def keep_roles_in_step(user: str) -> None:
    """Give a person the roles of today's positions and take back those no position gives any more."""
    _set_roles(user, _roles_of_positions([user])[user], _placed_roles())


def end_expired_positions() -> list[str]:
    """Daily: give and take the roles of everybody whose positions began or ended. Returns the people changed.

    Two queries whatever the number of people; only those whose roles differ are written, each by itself: an
    account that cannot be saved is logged, told to the administrators, and does not stop the others.
    """
    placed = _placed_roles()
    due, held = _roles_of_positions(), _held_roles(placed)
    changed, broken = [], []
    for user in sorted(user for user in {*due, *held} if due[user] != held[user]):
        frappe.db.savepoint("roles_of_one")
        try:
            _set_roles(user, due[user], placed)
            changed.append(user)
        except Exception:
            frappe.db.rollback(save_point="roles_of_one")
            frappe.log_error(title=f"The roles of {user} could not be changed")
            broken.append(user)
    if broken:
        tell_administrators(
            _(
                "These accounts could not be given the roles of their positions: {0}. The Error Log says why."
            ).format(", ".join(broken))
        )
    return changed


def users_holding(role: str) -> list[str]:
    """People with a position of this role that has not ended."""
    return sorted(
        set(
            frappe.get_all(
                "Induction Staff",
                filters={"role": role},
                or_filters=[["ends_on", "is", "not set"], ["ends_on", ">=", today()]],
                pluck="user",
            )
        )
    )


def people_holding(role: str) -> list[str]:
    """People with a position of this role, or with an account that has it."""
    accounts = frappe.get_all(
        "User", filters=[["enabled", "=", 1], ["Has Role", "role", "=", role]], pluck="name"
    )
    return sorted({*users_holding(role), *accounts} - {"Administrator"})


def _set_roles(user: str, due: set[str], placed: set[str]) -> None:
    forget_positions()
    person = frappe.get_doc("User", user)
    held = {row.role for row in person.roles}
    lost = (placed - due) & held
    if not lost and due <= held:
        return
    person.roles = [row for row in person.roles if row.role not in lost]
    person.append_roles(*sorted(due - held))
    # Whoever gives a position may not edit User; the position's own checks have been passed.
    person.save(ignore_permissions=True)


def _placed_roles() -> set[str]:
    return set(frappe.get_all("Induction Role", filters={"scope": ("not in", PLACELESS)}, pluck="role"))


def _roles_of_positions(users: list[str] | None = None) -> dict[str, set[str]]:
    staff, role = frappe.qb.DocType("Induction Staff"), frappe.qb.DocType("Induction Role")
    query = (
        frappe.qb.from_(staff)
        .join(role)
        .on(staff.role == role.name)
        .select(staff.user, role.role)
        .distinct()
        .where(role.scope.notin(PLACELESS))
        .where(staff.starts_on <= today())
        .where(staff.ends_on.isnull() | (staff.ends_on >= today()))
    )
    return _by_user(query.where(staff.user.isin(users)) if users else query)


def _held_roles(placed: set[str]) -> dict[str, set[str]]:
    held = frappe.qb.DocType("Has Role")
    return _by_user(
        frappe.qb.from_(held)
        .select(held.parent, held.role)
        .where(held.parenttype == "User")
        .where(held.parent != "Administrator")  # holds every role by its nature
        .where(held.role.isin(sorted(placed) or [""]))
    )


def _by_user(query) -> dict[str, set[str]]:
    roles: dict[str, set[str]] = defaultdict(set)
    for user, role in query.run():
        roles[user].add(role)
    return roles
