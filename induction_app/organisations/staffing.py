"""Which schools have nobody yet whom every ECT needs."""

from collections.abc import Iterable

import frappe

from induction_app.access.positions import holding_on
from induction_app.clock import today
from induction_app.prepared import asked, prepared

#: An ECT is given one person of each (paragraphs 2.42 and 2.43).
NEEDED = ("induction_tutor", "mentor")


def posts_to_fill(schools: Iterable[str]) -> dict[str, list[str]]:
    """The capacities that nobody holds today, by URN, of the schools at which any of NEEDED is not held.

    One query.
    """
    wanted = tuple(schools)
    held = {(row.school, row.capacity) for row in _held(schools=wanted, today=today())} if wanted else set()
    found = {school: [each for each in NEEDED if (school, each) not in held] for school in wanted}
    return {school: unfilled for school, unfilled in found.items() if unfilled}


@prepared
def _held():
    staff, role = frappe.qb.DocType("Induction Staff"), frappe.qb.DocType("Induction Role")
    return (
        holding_on(asked("today"))
        .where(staff.school.isin(asked("schools")) & role.capacity.isin(NEEDED))
        .select(staff.school, role.capacity)
        .distinct()
    )
