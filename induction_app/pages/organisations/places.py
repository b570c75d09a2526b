"""The places whose people somebody looks after, and who may open the pages about them."""

from dataclasses import dataclass
from urllib.parse import quote

import frappe
from frappe import _

from induction_app.access.positions import AS_CONTACT, AS_MENTOR, AS_TUTOR, BODY, SCHOOL, positions_of
from induction_app.organisations.authority import (
    SCHOOL_MANAGERS,
    STAFF_KEEPERS,
    acts_at_school,
    acts_for_body_of,
    is_administrator,
)

_AT_SCHOOL, _AT_BODY = (SCHOOL, AS_TUTOR, AS_MENTOR), (BODY, AS_CONTACT)


@dataclass(frozen=True)
class Place:
    """A school or an appropriate body: its name in the records, and what people call it."""

    name: str
    title: str
    is_school: bool

    @property
    def field(self) -> str:
        """The field of a position that names such a place."""
        return "school" if self.is_school else "appropriate_body"

    def address(self, page: str = "at") -> str:
        """The list of its people, or (`new`) the page that adds somebody."""
        return f"/people/{page}/{quote(self.name, safe='')}"


def own_places() -> list[Place]:
    """The schools and bodies at which the person signed in looks after, or oversees, the people."""
    found = {}
    for position in positions_of():
        if position.school and position.capacity in STAFF_KEEPERS:
            found.setdefault(position.school, place_named(position.school))
        if position.appropriate_body and position.scope == BODY:
            found.setdefault(position.appropriate_body, place_named(position.appropriate_body))
    return list(found.values())


def place_named(name: str) -> Place:
    """The school or body of a name. Raises frappe.DoesNotExistError."""
    if title := frappe.db.get_value("School", name, "school_name"):
        return Place(name, title, True)
    if frappe.db.exists("Appropriate Body", name):
        return Place(name, name, False)
    raise frappe.DoesNotExistError


def open_place(name: str) -> Place:
    """A place whose people the person signed in may see. Raises frappe.PermissionError for others."""
    place = place_named(name)
    if is_administrator():
        return place
    body = frappe.db.get_value("School", name, "appropriate_body") if place.is_school else name
    if place.is_school and acts_at_school(name, STAFF_KEEPERS):
        return place
    if any(p.scope == BODY and p.appropriate_body == body for p in positions_of()):
        return place
    frappe.throw(
        _("You can see the people of your own school or appropriate body, not those of {0}.").format(
            place.title
        ),
        frappe.PermissionError,
    )


def may_add(place: Place) -> bool:
    """Whether the person signed in gives roles at a place. The record's own rules are asked when they do."""
    if is_administrator():
        return True
    return place.is_school and (acts_at_school(place.name, STAFF_KEEPERS) or acts_for_body_of(place.name))


def roles_to_give(place: Place) -> list[frappe._dict]:
    """The roles somebody can be given at a place by the person signed in: name, and what the role does."""
    scopes = _AT_SCHOOL if place.is_school else _AT_BODY
    found = frappe.get_all(
        "Induction Role",
        filters={"scope": ("in", scopes)},
        fields=["name", "capacity", "task_description"],
        order_by="name",
    )
    manages = (
        is_administrator() or acts_at_school(place.name, SCHOOL_MANAGERS) or acts_for_body_of(place.name)
    )
    return [role for role in found if manages or role.capacity not in SCHOOL_MANAGERS]
