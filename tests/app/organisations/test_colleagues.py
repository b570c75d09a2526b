"""Registering a colleague: account, position and invitation together, or nothing."""

import socket
import threading
from collections.abc import Iterator

import pytest
import requests


@pytest.fixture
def register(site):
    from induction_app.organisations.colleagues import register_colleague

    return register_colleague


def exists(email: str) -> bool:
    import frappe

    return bool(frappe.db.exists("User", email))


def test_a_new_colleague_gets_an_account_a_position_and_a_welcome(register, places, acting):
    import frappe

    head = places.person("Hilda", "headteacher", places.oak)
    with acting(head):
        position = register(
            " New.Mentor@Oak.test ", "Nia", "Mentor", places.role("mentor"), places.oak, holds_qts=True
        )
    assert (position.user, position.full_name, position.holds_qts) == ("new.mentor@oak.test", "Nia Mentor", 1)
    user = frappe.get_doc("User", "new.mentor@oak.test")
    assert (user.user_type, [row.role for row in user.roles]) == ("Website User", [places.role("mentor")])
    mails = frappe.get_all("Email Queue Recipient", {"recipient": user.name}, pluck="parent")
    assert len(mails) == 1


def test_a_role_with_desk_access_makes_a_desk_user(register, places):
    import frappe

    register("officer@hub.test", "Ola", "Officer", places.role("ab_officer"), appropriate_body=places.hub)
    assert frappe.db.get_value("User", "officer@hub.test", "user_type") == "System User"


def test_somebody_known_keeps_their_account_and_name(register, places):
    import frappe

    pat = places.person("Pat", "mentor", places.elm)
    register(pat, "Patricia", "test", places.role("mentor"), places.oak)
    assert frappe.db.get_value("User", pat, "full_name") == "Pat Test"
    assert frappe.db.count("Induction Staff", {"user": pat}) == 2


def test_an_address_of_somebody_else_lets_nobody_in(register, places, refused):
    import frappe

    pat = places.person("Pat", "mentor", places.elm)
    with refused("is the address of somebody with another last name"):
        register(pat, "Tess", "Brook", places.role("mentor"), places.oak)
    assert frappe.db.count("Induction Staff", {"user": pat}) == 1


def test_who_may_not_give_the_role_makes_no_account_either(register, places, acting, refused):
    import frappe

    head = places.person("Hilda", "headteacher", places.oak)
    mentor = places.person("Mo", "mentor", places.oak)
    for person, capacity, place in (
        (head, "mentor", {"school": places.elm}),
        (head, "ab_officer", {"appropriate_body": places.hub}),
        (mentor, "mentor", {"school": places.oak}),
    ):
        with acting(person), refused(error=frappe.PermissionError):
            register("sly@oak.test", "Sly", "One", places.role(capacity), **place)
        assert not exists("sly@oak.test")


@pytest.mark.parametrize(
    ("email", "first_name", "last_name", "words"),
    [
        ("not an address", "Nia", "New", "Email"),
        ("", "Nia", "New", "Email"),
        ("nia@oak.test", " ", "New", "First name"),
        ("nia@oak.test", "Nia", "", "Last name"),
    ],
)
def test_a_field_that_is_missing_is_named(register, places, refused, email, first_name, last_name, words):
    with refused(words):
        register(email, first_name, last_name, places.role("mentor"), places.oak)


def test_a_closed_account_is_not_reopened_by_a_colleague(register, places, refused):
    import frappe

    pat = places.account("Pat")
    frappe.db.set_value("User", pat, "enabled", 0)
    with refused("has been closed"):
        register(pat, "Pat", "Test", places.role("mentor"), places.oak)


@pytest.fixture
def outside(monkeypatch) -> Iterator[list[str]]:
    """The hosts that this process asks: every request to another host goes through this socket."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[str] = []

    def listen() -> None:
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            asked.append(connection.recv(1024).decode().split("\r\n")[0])
            connection.close()

    threading.Thread(target=listen, daemon=True).start()
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{listener.getsockname()[1]}")
    for name in ("NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    yield asked
    listener.close()


def test_no_other_host_hears_of_a_new_account(register, places, outside):
    """Neither for the account nor for the contact that a job of the framework's makes of it."""
    import frappe
    from frappe.core.doctype.user.user import create_contact

    with pytest.raises(requests.exceptions.RequestException):
        requests.get("https://avatars.example.com/", timeout=5)
    assert [line.split()[1] for line in outside] == ["avatars.example.com:443"]
    register("nia@oak.test", "Nia", "New", places.role("mentor"), places.oak)
    user = frappe.get_doc("User", "nia@oak.test")
    create_contact(user, ignore_mandatory=True)
    user.last_name = "Newer"
    user.save()
    contact = frappe.get_doc("Contact", {"user": user.name})
    contact.save()
    assert user.user_image == contact.image != ""
    assert len(outside) == 1
