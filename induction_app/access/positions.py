"""The positions a person holds: a role, what it means in law, and the place it is held at."""

from dataclasses import dataclass
from datetime import date

import frappe
from pypika.terms import Term

from induction_app.clock import today
from induction_app.prepared import asked, prepared

OWN = "Own record"
AS_TUTOR = "ECTs as induction tutor"
AS_MENTOR = "ECTs as mentor"
AS_CONTACT = "ECTs as named contact"
SCHOOL = "School"
BODY = "Appropriate body"
EVERYTHING = "Everything"

# Scopes that hang on the person alone; the others need a place, given by an Induction Staff record.
PLACELESS = (OWN, EVERYTHING)
_AT_BODY = (BODY, AS_CONTACT)


@dataclass(frozen=True)
class Position:
    """One role held by one person at one place (or at none, for the ECT and the administrator)."""

    user: str
    role: str
    capacity: str
    scope: str
    school: str | None = None
    appropriate_body: str | None = None


def positions_of(user: str | None = None) -> tuple[Position, ...]:
    """Every position `user` (default: the person signed in) holds today. One query, once a request."""
    user = user or frappe.session.user
    held = _cache()
    if user not in held:
        held[user] = _positions_today(user)
    return held[user]


def forget_positions(*_args) -> None:
    """Drop what this request remembered, after a position or a role has changed."""
    frappe.local.induction_positions = {}


def capacities_of(user: str | None = None) -> set[str]:
    """The stable capacities a person acts in, whatever their roles are called."""
    return {position.capacity for position in positions_of(user)}


def people_in(capacity: str, school: str | None = None, appropriate_body: str | None = None) -> list[str]:
    """Users who hold a capacity today at a school or an appropriate body, in order of name."""
    staff, role = frappe.qb.DocType("Induction Staff"), frappe.qb.DocType("Induction Role")
    query = holding_on(today()).where(role.capacity == capacity).select(staff.user).distinct()
    if school:
        query = query.where(staff.school == school)
    if appropriate_body:
        query = query.where(staff.appropriate_body == appropriate_body)
    return [row[0] for row in query.orderby(staff.full_name).run()]


def _cache() -> dict:
    if getattr(frappe.local, "induction_positions", None) is None:
        frappe.local.induction_positions = {}
    return frappe.local.induction_positions


def holding_on(day: date | Term):
    """A query for the positions people hold on a day, joined with the roles' meanings.

    Somebody whose account is closed holds none: they can neither act nor read.
    """
    staff, role, user = (frappe.qb.DocType(name) for name in ("Induction Staff", "Induction Role", "User"))
    return (
        frappe.qb.from_(staff)
        .join(role)
        .on(staff.role == role.name)
        .join(user)
        .on((staff.user == user.name) & (user.enabled == 1))
        .where(staff.starts_on <= day)
        .where(staff.ends_on.isnull() | (staff.ends_on >= day))
    )


@prepared
def _held_by():
    """Every role with a meaning, with the places where one person holds it today, if any."""
    staff, role = frappe.qb.DocType("Induction Staff"), frappe.qb.DocType("Induction Role")
    holding = (staff.role == role.name) & (staff.user == asked("user"))
    begun = staff.starts_on <= asked("today")
    not_ended = staff.ends_on.isnull() | (staff.ends_on >= asked("today"))
    return (
        frappe.qb.from_(role)
        .left_join(staff)
        .on(holding & begun & not_ended)
        .select(role.role, role.capacity, role.scope, staff.school, staff.appropriate_body)
    )


def _positions_today(user: str) -> tuple[Position, ...]:
    roles = frappe.get_roles(user)
    rows = [row for row in _held_by(user=user, today=today()) if row.role in roles]
    placed = [row for row in rows if row.scope not in PLACELESS]
    placed = [row for row in placed if (row.appropriate_body if row.scope in _AT_BODY else row.school)]
    placeless = {row.role: row for row in rows if row.scope in PLACELESS}
    return (
        *(
            Position(user, row.role, row.capacity, row.scope, row.school, row.appropriate_body)
            for row in placed
        ),
        *(Position(user, row.role, row.capacity, row.scope) for row in placeless.values()),
    )
