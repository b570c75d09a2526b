"""The demonstration's schools, appropriate bodies and the people who work there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import frappe

from induction_app.access.positions import people_in
from induction_app.clock import now, today
from induction_app.demo.days import Diary
from induction_app.demo.writing import DATA, data
from induction_app.organisations.gias_import import import_register

SINCE = date(2020, 9, 1)


def make(password: str) -> None:
    """Schools from the register's sample, bodies, and a person for every role."""
    import_register((DATA / "gias-sample.csv").read_bytes())
    places = data("places")
    for body in places["bodies"]:
        frappe.get_doc({"doctype": "Appropriate Body", **body}).insert()
    for person in places["people"]:
        make_account(person["name"], email_of(person["name"], person["domain"]), password)
    diary = Diary.kept_on(today())
    with diary.acting("Administrator", SINCE):
        for urn, about in places["schools"].items():
            open_school(urn, about)
        for person in places["people"]:
            give_roles(person)
    for urn in places["schools"]:
        authorise(urn, diary)
    for about in places["asks"]:
        ask_to_register(about)


def people() -> list[dict]:
    """Everybody who works somewhere: name, email, and what they are."""
    found = []
    for person in data("places")["people"]:
        posts = [f"{role} at {place_name(place)}" for role, place in person.get("roles", [])]
        posts += ["Induction Administrator"] if person.get("administers") else []
        found.append(
            {
                "name": person["name"],
                "email": email_of(person["name"], person["domain"]),
                "posts": ", ".join(posts),
            }
        )
    return found


def place_name(place: str) -> str:
    """A school's name for its URN; a body's name stands for itself."""
    return frappe.db.get_value("School", place, "school_name") or place


def email_of(name: str, domain: str) -> str:
    """The invented address of a person."""
    return f"{name}@{domain}".lower().replace(" ", ".").replace("â", "a")


def make_account(name: str, email: str, password: str) -> None:
    """An account with the demonstration's password, and without a welcome mail."""
    first, last = name.split(" ", 1)
    with as_in_installation():
        frappe.get_doc(
            {
                "doctype": "User",
                "email": email,
                "first_name": first,
                "last_name": last,
                "user_type": "Website User",
                "send_welcome_email": 0,
                "new_password": password,
            }
        ).insert()


def open_school(urn: str, about: dict) -> None:
    """A school works with its body and has an employer."""
    school = frappe.get_doc("School", urn)
    school.appropriate_body = about["body"]
    school.employer_name = about["employer"]
    school.employer_email = f"governors@{about['domain']}"
    school.save()


def authorise(urn: str, diary: Diary) -> None:
    """The school asks and its body authorises, as soon as both have people."""
    body = frappe.db.get_value("School", urn, "appropriate_body")
    head, officer = people_in("headteacher", school=urn), people_in("ab_officer", appropriate_body=body)
    with diary.acting(head[0], SINCE):
        frappe.get_doc("School", urn).request_authorisation()
    with diary.acting(officer[0], SINCE):
        frappe.get_doc("School", urn).authorise()


def ask_to_register(about: dict) -> None:
    """Somebody has asked to register their school and confirmed their address."""
    first, last = about["name"].split(" ", 1)
    frappe.get_doc(
        {
            "doctype": "School Registration",
            "school": about["school"],
            "appropriate_body": about["body"],
            "first_name": first,
            "last_name": last,
            "email": email_of(about["name"], about["domain"]),
            "role": role_called(about["role"]),
            "requested_at": now(),
        }
    ).insert().confirm()


def give_roles(person: dict) -> None:
    """Each of a person's positions, held for some years; the administrator's role is not held at a place."""
    email = email_of(person["name"], person["domain"])
    with as_in_installation():
        for role, place in person.get("roles", []):
            frappe.get_doc(
                {
                    "doctype": "Induction Staff",
                    "user": email,
                    "role": role_called(role),
                    "school": place if place.isdigit() else None,
                    "appropriate_body": None if place.isdigit() else place,
                    "starts_on": SINCE,
                    "holds_qts": 1,
                }
            ).insert()
        if person.get("administers"):
            frappe.get_doc("User", email).add_roles(role_called("Induction Administrator"))


def role_called(shipped_as: str) -> str:
    """The role that was shipped under this name, whatever it is called now."""
    return frappe.db.get_value("Induction Role", {"shipped_as": shipped_as})


@contextmanager
def as_in_installation() -> Iterator[None]:
    """The framework then does what it does for a new account at once, not as a background job each."""
    before, frappe.flags.in_install = frappe.flags.in_install, "induction_app"
    try:
        yield
    finally:
        frappe.flags.in_install = before
