"""Two appropriate bodies, three schools and their people, inside the test's transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

HUB, OTHER_HUB = "Test Hub North", "Test Hub South"
OAK, ELM, ASH = "900001", "900002", "900003"  # Oak and Elm work with the hub, Ash with the other one


class Places:
    """What the tests of schools and people start from; `person` adds people as they are needed."""

    hub, other_hub, oak, elm, ash = HUB, OTHER_HUB, OAK, ELM, ASH

    def __init__(self) -> None:
        import frappe

        for body in (HUB, OTHER_HUB):
            frappe.get_doc(
                {
                    "doctype": "Appropriate Body",
                    "ab_name": body,
                    "ab_type": "Teaching school hub",
                    "is_active": 1,
                }
            ).insert()
        for urn, name, body in ((OAK, "Oak", HUB), (ELM, "Elm", HUB), (ASH, "Ash", OTHER_HUB)):
            frappe.get_doc(
                {
                    "doctype": "School",
                    "urn": urn,
                    "school_name": f"{name} School",
                    "status": "Open",
                    "establishment_type": "Community school",
                    "appropriate_body": body,
                }
            ).insert()

    def role(self, capacity: str) -> str:
        """Return the role that carries a capacity, whatever it is called."""
        import frappe

        return frappe.db.get_value("Induction Role", {"capacity": capacity}, "name")

    def account(self, first_name: str) -> str:
        """Return the account of a person with no position, made when it is not there."""
        import frappe

        email = f"{first_name.lower()}@places.test"
        if not frappe.db.exists("User", email):
            frappe.get_doc(
                {
                    "doctype": "User",
                    "email": email,
                    "first_name": first_name,
                    "last_name": "Test",
                    "send_welcome_email": 0,
                }
            ).insert()
        return email

    def position(self, user: str, capacity: str, place: str, **values):
        """Return a new Induction Staff record, not yet written."""
        import frappe

        where = "school" if place.isdigit() else "appropriate_body"
        fields = {
            "user": user,
            "role": self.role(capacity),
            where: place,
            "starts_on": "2025-09-01",
            **values,
        }
        return frappe.get_doc({"doctype": "Induction Staff", **fields})

    def person(self, first_name: str, capacity: str, place: str) -> str:
        """Return the account of a person who holds a position."""
        user = self.account(first_name)
        self.position(user, capacity, place).insert()
        return user


@pytest.fixture
def places(site: None) -> Places:
    """Return bodies and schools to act at."""
    return Places()


@pytest.fixture
def acting(site: None):
    """Return a context in which another person is signed in."""
    import frappe

    @contextmanager
    def sign_in(user: str) -> Iterator[None]:
        frappe.set_user(user)
        try:
            yield
        finally:
            frappe.set_user("Administrator")

    return sign_in


@pytest.fixture
def refused():
    """Return a check that a sentence is thrown and contains some words."""
    import frappe

    @contextmanager
    def check(*words: str, error: type[Exception] = frappe.ValidationError) -> Iterator[None]:
        with pytest.raises(error) as caught:
            yield
        for word in words:
            assert word in str(caught.value), f"“{word}” is not in “{caught.value}”"

    return check
