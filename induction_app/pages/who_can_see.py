"""Who may read a case, and how much of it: the ECT is told (paragraph 2.79)."""

from frappe import _
from frappe.model.document import Document

from induction_app.access.disclosure import people_with_access
from induction_app.access.rows import roles_with_permission
from induction_app.pages.cases import school_name


def access_rows(ect: Document) -> list[dict[str, str]]:
    """Everybody who may read the case, in which roles, and what they see of it. One row a person and place."""
    people: dict[tuple[str, str], list[dict]] = {}
    for row in people_with_access(ect):
        people.setdefault((row["user"], row["place"]), []).append(row)
    return [
        {
            "name": rows[0]["name"],
            "role": _(" and ").join(dict.fromkeys(_(row["role"]) for row in rows)),
            "place": school_name(place) if place == ect.school else place or _("The whole service"),
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
