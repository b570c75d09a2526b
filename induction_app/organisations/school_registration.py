"""A school registers itself: who may begin, the link that confirms an address, and what is forgotten again.

Whoever asks has no account. Nothing they enter is seen by anybody before they have confirmed their address,
and what they are told never depends on whether an address is known here.
"""

import secrets

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.rate_limiter import rate_limit
from frappe.utils import add_to_date, get_url

from induction_app.access.positions import SCHOOL, positions_of
from induction_app.access.rows import has_permission as rows_permit
from induction_app.clock import now, today
from induction_app.correspondence.recipients import Recipient
from induction_app.organisations import account_mails
from induction_app.organisations.authority import OFFICER, STAFF_KEEPERS, is_administrator
from induction_app.organisations.doctype.school.school import REQUESTED
from induction_app.organisations.doctype.school_registration.school_registration import (
    UNCONFIRMED,
    WAITING,
    fingerprint,
    forget,
)
from induction_app.organisations.gias_import import CLOSED
from induction_app.page_kit.counted import counted_as
from induction_app.prepared import asked, prepared

LINK_HOURS = 48
FROM_ONE_PLACE, TO_ONE_ADDRESS = 20, 3
A_DAY = 24 * 60 * 60


def why_not(schools: list[frappe._dict]) -> dict[str, str]:
    """For those of some schools (name, school_name, status) that cannot be registered: why, and whom to ask.

    One query for all of them.
    """
    taken = _with_people([school.name for school in schools])
    found = {}
    for school in schools:
        if school.status == CLOSED:
            found[school.name] = _(
                "{0} is closed in the national register. If that is not right, ask your appropriate body."
            ).format(school.school_name)
        elif school.name in taken:
            found[school.name] = _(
                "{0} uses this service already. Ask its headteacher, induction coordinator or administrator "
                "to add you."
            ).format(school.school_name)
    return found


def roles() -> list[frappe._dict]:
    """The roles in which a person can register a school: name and capacity, the head first."""
    found = frappe.get_all(
        "Induction Role",
        filters={"capacity": ("in", STAFF_KEEPERS), "scope": SCHOOL},
        fields=["name", "capacity"],
        order_by="name",
    )
    return sorted(found, key=lambda role: STAFF_KEEPERS.index(role.capacity))


def bodies(school: str) -> list[str]:
    """The appropriate bodies a school can ask: the one it works with, else all that act, but not its own hub
    (paragraph 2.25)."""
    own = frappe.db.get_value("School", school, "appropriate_body")
    if own:
        return [own]
    found = frappe.get_all(
        "Appropriate Body", filters={"is_active": 1}, fields=["name", "lead_school"], order_by="name"
    )
    return [body.name for body in found if body.lead_school != school]


def ask(school: str, first_name: str, last_name: str, email: str, role: str, body: str) -> None:
    """Keep a request that nobody sees yet, and mail the link that confirms its address.

    Raises frappe.ValidationError where the school cannot be registered, frappe.RateLimitExceededError after
    too many requests from one place or for one address in a day.
    """
    frappe.local.form_dict["asked_for"] = email.strip().lower()
    _count_this()
    place = frappe.db.get_value("School", school, ["name", "school_name", "status"], as_dict=True)
    if not place:
        raise frappe.DoesNotExistError
    if refusal := why_not([place]).get(place.name):
        frappe.throw(refusal)
    if body not in bodies(school):
        frappe.throw(_("Appropriate body: choose one from the list."))
    token = secrets.token_urlsafe(32)
    request = frappe.get_doc(
        {
            "doctype": "School Registration",
            "school": school,
            "school_name": place.school_name,
            "appropriate_body": body,
            "first_name": first_name.strip(),
            "last_name": last_name.strip(),
            "email": email,
            "role": role,
            "status": UNCONFIRMED,
            "requested_at": now(),
            "link_hash": fingerprint(token),
            "link_works_until": add_to_date(now(), hours=LINK_HOURS),
        }
    ).insert(ignore_permissions=True)  # a guest may not make records; this one is seen by nobody
    facts = {
        "school": place.school_name,
        "appropriate_body": body,
        "hours": str(LINK_HOURS),
        "link": get_url(f"/confirm-a-school?key={token}"),
    }
    recipient = Recipient(request.email, request.person_name())
    account_mails.send("confirm_address_text", recipient, facts, request)


def behind_link(token: str | None, for_update: bool = False) -> Document | None:
    """The request whose link this is, while it works."""
    if not token:
        return None
    found = {"link_hash": fingerprint(token), "status": UNCONFIRMED, "link_works_until": (">=", now())}
    name = frappe.db.get_value("School Registration", found)
    if not name:
        return None
    request = frappe.get_doc("School Registration", name, for_update=for_update)
    # Of two who open the link at once, the second finds it used.
    return request if request.link_hash == found["link_hash"] else None


def forget_unconfirmed() -> int:
    """Daily: remove what people entered and never confirmed. Returns how many requests were removed."""
    old = {"status": UNCONFIRMED, "link_works_until": ("<", now())}
    names = frappe.get_all("School Registration", filters=old, pluck="name")
    forget(names)
    return len(names)


def waiting_for(user: str | None = None) -> int:
    """How many schools wait for an officer's (or administrator's) answer: a first person's request, or that of
    a school with people. One query; none for people who are no officers."""
    everywhere = is_administrator(user)
    held = {p.appropriate_body for p in positions_of(user) if p.capacity == OFFICER}
    if not held and not everywhere:
        return 0
    return len({row.school for row in _asking(everywhere, bodies=tuple(held))})


@prepared
def _asking(everywhere: bool):
    """The schools of requests, and those of schools with people, that wait for an answer."""
    request, school = frappe.qb.DocType("School Registration"), frappe.qb.DocType("School")
    new = frappe.qb.from_(request).select(request.school).where(request.status == WAITING)
    known = frappe.qb.from_(school).select(school.name).where(school.authorisation == REQUESTED)
    if not everywhere:
        new = new.where(request.appropriate_body.isin(asked("bodies")))
        known = known.where(school.appropriate_body.isin(asked("bodies")))
    return new.union_all(known)


# Rows: what is not confirmed is seen by nobody ----------------------------------------------------


def confirmed_only(user: str | None = None, doctype: str | None = None) -> str:
    """The condition, beside that of the rows, for lists and counts of requests."""
    request = frappe.qb.DocType("School Registration")
    return (request.status != UNCONFIRMED).get_sql(quote_char="`", with_namespace=True)


def has_permission(doc: Document, ptype: str = "read", user: str | None = None) -> bool:
    """Whether a person may see a request: the rows of their position, once it is confirmed."""
    return doc.status != UNCONFIRMED and rows_permit(doc, ptype, user)


@counted_as("ask for a school")
@rate_limit(limit=FROM_ONE_PLACE, seconds=A_DAY)
@rate_limit(key="asked_for", limit=TO_ONE_ADDRESS, seconds=A_DAY, ip_based=False)
def _count_this() -> None:
    """Counted by the framework: requests of a day from one network address, and for one email address."""


def _with_people(schools: list[str]) -> set[str]:
    staff = frappe.qb.DocType("Induction Staff")
    query = (
        frappe.qb.from_(staff)
        .select(staff.school)
        .distinct()
        .where(staff.school.isin(schools or [""]))
        .where(staff.ends_on.isnull() | (staff.ends_on >= today()))
    )
    return set(query.run(pluck=True))
