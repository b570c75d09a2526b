"""Accounts for tests, on the real site."""

import itertools
import secrets
from dataclasses import dataclass

import frappe

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Person:
    """An account and how to sign in with it; `one_session` for one whose visits may share a session."""

    email: str
    password: str
    name: str
    one_session: bool = False


class People:
    """Adds accounts, each with an address that no other test has."""

    def add(self, first: str, last: str, roles: list[str] | None = None) -> Person:
        """An account that can sign in at once; committed, since the web server reads it on its own."""
        # The framework lets few people be added in an hour; a test run adds many.
        frappe.local.conf.throttle_user_limit = 10_000
        email = f"{first}.{last}.{next(_numbers)}.{secrets.token_hex(3)}@example.org".lower()
        password = f"steady {secrets.token_hex(4)} lantern"
        user = frappe.get_doc(
            {
                "doctype": "User",
                "email": email,
                "first_name": first,
                "last_name": last,
                "user_type": "Website User",
                "send_welcome_email": 0,
                "new_password": password,
                "roles": [{"role": role} for role in roles or []],
            }
        )
        user.flags.no_welcome_mail = True
        user.insert()
        frappe.db.commit()
        return Person(email, password, f"{first} {last}")

    def change(self, person: Person, **values: str) -> None:
        """Change someone's account as an administrator would, in a request of its own."""
        user = frappe.get_doc("User", person.email)
        user.update(values)
        user.save()
        frappe.db.commit()
