"""Who may act for a school or an appropriate body, whatever their roles are called."""

from collections.abc import Collection

import frappe
from frappe import _

from induction_app.access.positions import positions_of

ADMINISTRATOR = "administrator"
OFFICER = "ab_officer"
SCHOOL_MANAGERS = ("headteacher", "school_administrator")
# Who looks after a school's people. A coordinator brings in those who work with ECTs, not the managers.
STAFF_KEEPERS = (*SCHOOL_MANAGERS, "induction_coordinator")


def is_administrator(user: str | None = None) -> bool:
    """Whether a person (default: the one signed in) runs the service."""
    return any(position.capacity == ADMINISTRATOR for position in positions_of(user))


def acts_at_school(school: str | None, capacities: Collection[str], user: str | None = None) -> bool:
    """Whether a person holds one of the capacities at this very school today."""
    return bool(school) and any(
        position.school == school and position.capacity in capacities for position in positions_of(user)
    )


def acts_at_body(body: str | None, capacities: Collection[str] = (OFFICER,), user: str | None = None) -> bool:
    """Whether a person holds one of the capacities at this very appropriate body today."""
    return bool(body) and any(
        position.appropriate_body == body and position.capacity in capacities
        for position in positions_of(user)
    )


def acts_for_body_of(school: str | None, user: str | None = None) -> bool:
    """Whether a person is an officer of the appropriate body the school works with now."""
    return bool(school) and acts_at_body(frappe.db.get_value("School", school, "appropriate_body"), user=user)


def require_officer_of(body: str | None) -> None:
    """Raise frappe.PermissionError unless an officer of this body or an administrator is signed in."""
    if not (is_administrator() or acts_at_body(body)):
        frappe.throw(
            _("Only an officer of the appropriate body {0} can do this.").format(body or _("of this record")),
            frappe.PermissionError,
        )
