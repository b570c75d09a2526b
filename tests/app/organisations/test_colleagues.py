"""Registering a colleague: account, position and welcome together, or nothing."""

import pytest


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
    register(pat, "Another", "Name", places.role("mentor"), places.oak)
    assert frappe.db.get_value("User", pat, "full_name") == "Pat Test"
    assert frappe.db.count("Induction Staff", {"user": pat}) == 2


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
