"""Two appropriate bodies, three schools and their people, inside the test's transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests


class Places:
    """What the tests of schools and people start from; `person` adds people as they are needed."""

    def __init__(self, name: str = "Test", first_urn: int = 900001) -> None:
        import frappe

        self.name = name
        self.hub, self.other_hub = f"{name} Hub North", f"{name} Hub South"
        # Oak and Elm work with the hub, Ash with the other one.
        self.oak, self.elm, self.ash = (str(first_urn + number) for number in range(3))
        schools = (
            ("Oak", self.oak, self.hub),
            ("Elm", self.elm, self.hub),
            ("Ash", self.ash, self.other_hub),
        )
        for body in (self.hub, self.other_hub):
            frappe.get_doc(
                {
                    "doctype": "Appropriate Body",
                    "ab_name": body,
                    "ab_type": "Teaching school hub",
                    "is_active": 1,
                }
            ).insert()
        for school, urn, body in schools:
            frappe.get_doc(
                {
                    "doctype": "School",
                    "urn": urn,
                    "school_name": f"{school} School",
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

        email = f"{first_name.lower()}@{self.name.lower()}.test"
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


class Caller:
    """A person asking the web server, with a key of their own."""

    def __init__(self, url: str, user: str) -> None:
        import frappe

        person = frappe.get_doc("User", user)
        person.api_key, person.api_secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
        self.user = user
        self._url, self._key = url, f"token {person.api_key}:{person.api_secret}"
        person.save()

    def __call__(self, method: str, verb: str = "POST", **values):
        """Return the server's response to a method of the app's API."""
        return requests.request(
            verb,
            f"{self._url}/api/method/induction_app.api.{method}",
            headers={"Authorization": self._key, "Accept": "application/json"},
            **({"json": values} if verb == "POST" else {"params": values}),
            timeout=60,
        )

    def upload(self, name: str, content: bytes) -> str:
        """Return the private File made of an upload."""
        answer = requests.post(
            f"{self._url}/api/method/upload_file",
            headers={"Authorization": self._key, "Accept": "application/json"},
            files={"file": (name, content, "text/csv")},
            data={"is_private": 1},
            timeout=60,
        )
        return answer.json()["message"]["name"]


@pytest.fixture(scope="module")
def served(bench_site: None) -> Iterator[Places]:
    """Return bodies and schools that the web server sees, too; they are gone after the module."""
    import frappe

    frappe.db.rollback()
    frappe.set_user("Administrator")
    places = Places("Served", 900021)
    frappe.db.commit()
    yield places
    frappe.db.rollback()
    frappe.set_user("Administrator")
    urns, bodies = [places.oak, places.elm, places.ash], [places.hub, places.other_hub]
    frappe.db.delete("Notification Log", {"for_user": ("like", "%@served.test")})
    for doctype, field, values in (
        ("Induction Event", "school", urns),
        ("Induction Event", "appropriate_body", bodies),
        ("Induction Period", "appropriate_body", bodies),
        ("ECT", "appropriate_body", bodies),
        ("Induction Staff", "school", urns),
        ("Induction Staff", "appropriate_body", bodies),
        ("School", "name", urns),
        ("Appropriate Body", "name", bodies),
    ):
        frappe.db.delete(doctype, {field: ("in", values)})
    frappe.db.commit()


class Callers:
    """Makes people who ask the web server."""

    def __init__(self, places: Places, url: str) -> None:
        self._places, self._url = places, url

    def __call__(self, first_name: str, capacity: str, place: str) -> Caller:
        """Return a person with a position, as a caller."""
        import frappe

        frappe.db.rollback()
        frappe.set_user("Administrator")
        return self.of(self._places.person(first_name, capacity, place))

    def of(self, user: str) -> Caller:
        """Return somebody who is there already, as a caller."""
        import frappe

        person = Caller(self._url, user)
        frappe.db.commit()
        return person


@pytest.fixture(scope="module")
def caller(served: Places, url: str) -> Callers:
    """Return the maker of callers."""
    return Callers(served, url)
