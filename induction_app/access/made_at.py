"""Reviews and assessments are of the school they were made at, also when the ECT has moved on (2.61 to 2.63, 5.3).

The headteacher and the induction tutor who had the case there write and sign what is still open; the people of
the next school read it (2.75) and sign their own.
"""

import frappe
from pypika.terms import Criterion

from induction_app.access import positions as held
from induction_app.access.positions import Position
from induction_app.access.request_memory import remembered
from induction_app.access.scopes import ECT_SCOPES, NOWHERE, meets, written
from induction_app.workflows.stages import open_stages

#: Record types that the people of the school they were made at write and sign.
MADE_AT_A_SCHOOL = ("Progress Review", "Formal Assessment")
_WRITING = (held.AS_TUTOR, held.SCHOOL)


def concerns(doctype: str, position: Position) -> bool:
    """Whether what a position does with records of this type hangs on the school they were made at."""
    return doctype in MADE_AT_A_SCHOOL and position.scope in _WRITING


def is_theirs(record, ect: frappe._dict, position: Position) -> bool:
    """Whether a stored record is a position's to write: at the ECT's school, or still open at one they left."""
    if record.school != position.school:
        return False
    if ect.school == record.school:
        return ECT_SCOPES[position.scope](ect, position)
    if position.scope == held.SCHOOL:
        return record.stage in open_stages(record.doctype)
    return meets(
        record.doctype, record.name, lambda table: _kept(record.doctype, table, position, _left(position))
    )


def kept_by_tutor(doctype: str, table, position: Position) -> Criterion:
    """Condition for the records that a tutor (a position of literals) keeps of ECTs who have left.

    With the names of the posts, as the database can use an index for a list beside an "or".
    """
    query = _left(position)
    names = remembered(("left", query.get_sql()), lambda: query.run(pluck=True))
    return _kept(doctype, table, position, [written(name) for name in names]) if names else NOWHERE


def theirs_now(doctype: str, table, position: Position, ects) -> Criterion:
    """Condition for the records a position (of literals) works on now; `ects`: a query for those it covers."""
    here = table.school == position.school
    if position.scope == held.SCHOOL:
        return here
    return (here & table.ect.isin(ects)) | _kept(doctype, table, position, _left(position))


def _kept(doctype: str, table, position: Position, posts) -> Criterion:
    still_open = table.stage.isin(open_stages(doctype))
    return still_open & (table.school == position.school) & table.induction_period.isin(posts)


def _left(position: Position):
    """A query for the posts in which a tutor had ECTs who are at another school now."""
    period, ect = frappe.qb.DocType("Induction Period"), frappe.qb.DocType("ECT")
    return (
        frappe.qb.from_(period)
        .join(ect)
        .on(period.ect == ect.name)
        .select(period.name)
        .where(period.induction_tutor == position.user)
        .where(period.school == position.school)
        .where(ect.school != position.school)
    )
