"""What the frame of every page shows of a person: where they can go, who they are here, and whom to ask."""

import frappe
from frappe import _
from pypika import Order

from induction_app.access.positions import BODY, OWN, Position, capacities_of, people_in, positions_of
from induction_app.access.request_memory import remembered
from induction_app.access.rows import may
from induction_app.organisations.authority import STAFF_KEEPERS, is_administrator
from induction_app.pages.cases import names_of, school_name
from induction_app.prepared import asked, prepared

#: Those who see the cases of others, and those who see to registrations.
_SEE_CASES = {
    "mentor",
    "induction_tutor",
    "induction_coordinator",
    "headteacher",
    "school_administrator",
    "ab_officer",
    "ab_decision_maker",
    "ab_named_contact",
    "qa_officer",
    "administrator",
    "school_colleague",
    "ab_colleague",
}
_REGISTER = {"induction_coordinator", "headteacher", "school_administrator", "ab_officer", "administrator"}
#: Those with pictures of cohorts, and with the governors' figures.
_COHORT = {
    "induction_coordinator",
    "headteacher",
    "ab_officer",
    "ab_decision_maker",
    "qa_officer",
    "administrator",
}
_GOVERNORS = {"governor", "headteacher", "induction_coordinator"}
#: Whom to ask for access, nearest first.
_HELPERS = ("induction_coordinator", "headteacher", "school_administrator")


def links() -> list[dict[str, str]]:
    """The main links of the person signed in."""
    capacities = capacities_of()
    found = [{"text": _("Home"), "href": "/"}]
    if "ect" in capacities and (own := own_case()):
        found.append({"text": _("My induction"), "href": f"/cases/{own}"})
    if capacities & _SEE_CASES:
        found.append({"text": _("ECTs"), "href": "/cases"})
        lists = (
            ("Progress Review", "read", _("Reviews"), "/reviews"),
            ("Formal Assessment", "read", _("Assessments"), "/assessments"),
            # A school has few decisions; they are on the ECT's page.
            ("Induction Decision", "report", _("Decisions"), "/decisions"),
        )
        found += [{"text": text, "href": href} for doctype, right, text, href in lists if may(doctype, right)]
    if capacities & _COHORT:
        found.append({"text": _("Overview"), "href": "/cohort"})
    if capacities & _REGISTER:
        found.append({"text": _("Registrations"), "href": "/registrations"})
    if any(position.scope == BODY for position in positions_of()) or is_administrator():
        found.append({"text": _("Schools"), "href": "/schools"})
    if capacities & set(STAFF_KEEPERS):
        found.append({"text": _("People"), "href": "/people"})
    if capacities & _GOVERNORS:
        found.append({"text": _("Governors"), "href": "/governors"})
    if is_administrator():
        found.append({"text": _("Administration"), "href": "/app"})
    return found


def own_case(user: str | None = None) -> str | None:
    """The ECT record of a person who is one; the newest of several."""
    user = user or frappe.session.user
    found = remembered(("own case", user), lambda: _cases_of(user=user))
    return found[0].name if found else None


@prepared
def _cases_of():
    ect = frappe.qb.DocType("ECT")
    query = frappe.qb.from_(ect).select(ect.name).where(ect.user == asked("user"))
    return query.orderby(ect.creation, order=Order.desc).limit(1)


def person(user: str) -> dict[str, str]:
    """In which role, and where, for the header."""
    held = positions_of(user)
    if not held:
        return {}
    roles = list(dict.fromkeys(_(position.role) for position in held))
    role = (
        _(" and ").join(roles) if len(roles) < 3 else _("{0} and {1} more").format(roles[0], len(roles) - 1)
    )
    return {"role": role, "organisation": _place(held)}


def whom_to_ask(user: str) -> list[dict[str, str]]:
    """Who can give this person access: people who run induction at their school, else officers of their body."""
    held = positions_of(user)
    school = next((position.school for position in held if position.school), None)
    body = next((position.appropriate_body for position in held if position.appropriate_body), None)
    if not school and any(position.scope == OWN for position in held):
        school = frappe.db.get_value("ECT", {"user": user}, "school")
    found = []
    if school:
        found = [(capacity, email) for capacity in _HELPERS for email in people_in(capacity, school=school)]
    elif body:
        found = [("ab_officer", email) for email in people_in("ab_officer", appropriate_body=body)]
    found = [(capacity, email) for capacity, email in found if email != user][:3]
    names = names_of(*(email for _capacity, email in found))
    roles = {row.capacity: row.role for row in frappe.get_all("Induction Role", fields=["capacity", "role"])}
    return [
        {"name": names.get(email, email), "role": _(roles.get(capacity, "")), "email": email}
        for capacity, email in found
    ]


def _place(held: tuple[Position, ...]) -> str:
    places = list(
        dict.fromkeys(p.school or p.appropriate_body for p in held if p.school or p.appropriate_body)
    )
    if not places:
        return ""
    first = places[0]
    name = school_name(first) or first
    return name if len(places) == 1 else _("{0} and {1} more").format(name, len(places) - 1)
