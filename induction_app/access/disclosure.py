"""Who has been given access to an ECT's records: the ECT is told (para 2.79)."""

import frappe
from frappe.model.document import Document

from induction_app.access import positions as held
from induction_app.access.rows import roles_with_permission
from induction_app.clock import today
from induction_app.prepared import asked, prepared

_ASSESSMENTS = ("Progress Review", "Formal Assessment")


def people_with_access(ect: Document) -> list[dict]:
    """Everyone whose position covers this ECT today: name, role, place, and whether they see assessments."""
    rows = _holding(today=today(), school=ect.school, body=ect.appropriate_body)
    assigned = {
        held.AS_TUTOR: ect.induction_tutor,
        held.AS_MENTOR: ect.mentor,
        held.AS_CONTACT: ect.named_contact,
    }
    reading = roles_with_permission("ECT", "read")
    assessing = set.union(*(roles_with_permission(doctype, "read") for doctype in _ASSESSMENTS))
    return [
        {
            "user": row.user,
            "name": row.full_name,
            "role": row.role,
            "place": row.school or row.appropriate_body,
            "sees_assessments": row.role in assessing,
        }
        for row in rows
        if row.role in reading and row.user == assigned.get(row.scope, row.user)
    ]


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
