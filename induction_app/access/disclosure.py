"""Who has been given access to an ECT's records: the ECT is told (para 2.79)."""

import frappe
from frappe.model.document import Document

from induction_app.access import positions as held
from induction_app.access.rows import roles_with_permission
from induction_app.clock import today
from induction_app.prepared import asked, prepared

_ASSESSMENTS = ("Progress Review", "Formal Assessment")
_KEPT, _SECONDS = "induction_people_of_the_service", 300


def people_with_access(ect: Document) -> list[dict]:
    """Everyone who reads this ECT's case today: name, role, place, and whether they see assessments.

    Those whose role reaches every case, whatever its school or body, have no place.
    """
    rows = _holding(today=today(), school=ect.school, body=ect.appropriate_body)
    assigned = {
        held.AS_TUTOR: ect.induction_tutor,
        held.AS_MENTOR: ect.mentor,
        held.AS_CONTACT: ect.named_contact,
    }
    reading = roles_with_permission("ECT", "read")
    assessing = set.union(*(roles_with_permission(doctype, "read") for doctype in _ASSESSMENTS))
    covering = [row for row in rows if row.user == assigned.get(row.scope, row.user)]
    return [
        {
            "user": row["user"],
            "name": row["full_name"],
            "role": row["role"],
            "place": row.get("school") or row.get("appropriate_body"),
            "sees_assessments": row["role"] in assessing,
        }
        for row in [*covering, *_of_the_service()]
        if row["role"] in reading
    ]


def forget_people_of_the_service(*_args) -> None:
    """After an account or the meaning of a role has changed: who reaches every case is found anew."""
    frappe.cache.delete_value(_KEPT)


def _of_the_service() -> list[dict]:
    """Who holds a role that reaches every case.

    Kept for some minutes: to find them, the roles of all accounts are gone through.
    """
    found = frappe.cache.get_value(_KEPT)
    if found is None:
        found = _everywhere()
        frappe.cache.set_value(_KEPT, found, expires_in_sec=_SECONDS)
    return found


@prepared
def _everywhere():
    role, given, user = (frappe.qb.DocType(name) for name in ("Induction Role", "Has Role", "User"))
    return (
        frappe.qb.from_(role)
        .join(given)
        .on((given.role == role.role) & (given.parenttype == "User"))
        .join(user)
        .on((user.name == given.parent) & (user.enabled == 1))
        .where((role.scope == held.EVERYTHING) & (user.name != "Administrator"))
        .select(user.name.as_("user"), user.full_name, role.role)
        .orderby(user.full_name)
    )


@prepared
def _holding():
    """Who holds a role today at a school or at an appropriate body."""
    staff, role = frappe.qb.DocType("Induction Staff"), frappe.qb.DocType("Induction Role")
    at_place = (staff.school == asked("school")) | (staff.appropriate_body == asked("body"))
    return (
        held.holding_on(asked("today"))
        .where(at_place)
        .select(staff.user, staff.full_name, role.role, role.scope, staff.school, staff.appropriate_body)
        .orderby(staff.school.isnull(), staff.full_name)
    )
