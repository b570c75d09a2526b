"""Who may read a case, and how much of it: the ECT is told (paragraph 2.79)."""

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.access.disclosure import people_with_access
from induction_app.access.positions import EVERYTHING
from induction_app.access.rows import roles_with_permission
from induction_app.pages.cases import school_name
from induction_app.prepared import prepared

_KEPT, _SECONDS = "induction_people_of_the_service", 300


def access_rows(ect: Document) -> list[dict[str, str]]:
    """Everybody who may read the case, in which roles, and what they see of it. One row a person and place."""
    people: dict[tuple[str, str], list[dict]] = {}
    for row in [*people_with_access(ect), *_of_the_service()]:
        people.setdefault((row["user"], row["place"]), []).append(row)
    return [
        {
            "name": rows[0]["name"],
            "role": _(" and ").join(dict.fromkeys(_(row["role"]) for row in rows)),
            "place": school_name(place) if place == ect.school else place,
            "sees": _sees({row["role"] for row in rows}),
        }
        for (_user, place), rows in people.items()
    ]


def _sees(roles: set[str]) -> str:
    """What the roles of one person let them read beside the case itself."""
    reviews = bool(roles & roles_with_permission("Progress Review", "read"))
    assessments = bool(roles & roles_with_permission("Formal Assessment", "read"))
    if reviews and assessments:
        return _("The case, its progress reviews and its formal assessments")
    if reviews:
        return _("The case and its progress reviews, not its formal assessments")
    if assessments:
        return _("The case and its formal assessments")
    return _("The case only")


def forget_people_of_the_service(*_args) -> None:
    """After an account or the meaning of a role has changed: who reaches every case is found anew."""
    frappe.cache.delete_value(_KEPT)


def _of_the_service() -> list[dict[str, str]]:
    """Those whose role reaches every case, whatever school or body it is of.

    Kept for some minutes: to find them, the roles of all accounts are gone through.
    """
    found = frappe.cache.get_value(_KEPT)
    if found is None:
        found = _everywhere()
        frappe.cache.set_value(_KEPT, found, expires_in_sec=_SECONDS)
    reading = roles_with_permission("ECT", "read")
    return [
        {"user": row["user"], "name": row["full_name"], "role": row["role"], "place": _("The whole service")}
        for row in found
        if row["role"] in reading
    ]


@prepared
def _everywhere():
    role, given, user = (frappe.qb.DocType(name) for name in ("Induction Role", "Has Role", "User"))
    return (
        frappe.qb.from_(role)
        .join(given)
        .on((given.role == role.role) & (given.parenttype == "User"))
        .join(user)
        .on((user.name == given.parent) & (user.enabled == 1))
        .where((role.scope == EVERYTHING) & (user.name != "Administrator"))
        .select(user.name.as_("user"), user.full_name, role.role)
        .orderby(user.full_name)
    )
