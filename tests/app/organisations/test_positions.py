"""Positions: where a role is held, who gives it, and the framework roles that follow."""

import pytest


@pytest.fixture
def permission_error():
    import frappe

    return frappe.PermissionError


def roles(user: str) -> set[str]:
    import frappe

    return set(frappe.get_all("Has Role", filters={"parent": user, "parenttype": "User"}, pluck="role"))


@pytest.mark.parametrize(
    ("capacity", "place", "words"),
    [
        ("mentor", "hub", "School: choose"),
        ("governor", "hub", "School: choose"),
        ("ab_officer", "oak", "Appropriate body: choose"),
        ("ab_named_contact", "oak", "Appropriate body: choose"),
        ("ect", "oak", "is not held at"),
        ("administrator", "hub", "is not held at"),
    ],
)
def test_a_role_is_held_where_its_rows_are(places, refused, capacity, place, words):
    position = places.position(places.account("Pat"), capacity, getattr(places, place))
    with refused(words):
        position.insert()


def test_both_places_or_none_are_refused(places, refused):
    both = places.position(places.account("Pat"), "mentor", places.oak, appropriate_body=places.hub)
    with refused("School: choose"):
        both.insert()
    none = places.position(places.account("Pat"), "mentor", places.oak, school=None)
    with refused("School: choose"):
        none.insert()


def test_an_unknown_role_is_refused(places, refused):
    position = places.position(places.account("Pat"), "mentor", places.oak, role="System Manager")
    with refused("Role", "System Manager"):
        position.insert()


def test_the_last_day_is_not_before_the_first(places, refused):
    position = places.position(places.account("Pat"), "mentor", places.oak, ends_on="2025-08-31")
    with refused("To: 31 August 2025 is before the first day, 1 September 2025"):
        position.insert()


def test_nobody_holds_a_role_twice_at_a_place_at_a_time(places, refused):
    import frappe

    pat = places.account("Pat")
    places.position(pat, "mentor", places.oak, ends_on="2025-12-31").insert()
    with refused("Pat Test is already Mentor at Oak School", error=frappe.DuplicateEntryError):
        places.position(pat, "mentor", places.oak, starts_on="2025-12-31").insert()
    places.position(pat, "mentor", places.oak, starts_on="2026-01-01").insert()
    places.position(pat, "mentor", places.elm).insert()
    places.position(pat, "induction_tutor", places.oak).insert()


def test_whoever_has_a_closed_account_holds_nothing(places):
    import frappe

    from induction_app.access.positions import people_in

    pat = places.person("Pat", "mentor", places.oak)
    assert pat in people_in("mentor", school=places.oak)
    frappe.db.set_value("User", pat, "enabled", 0)
    assert pat not in people_in("mentor", school=places.oak)


def test_of_two_equal_positions_given_side_by_side_one_is_made(site, url, refused):
    """The server gives it first; this transaction, which began before, sees that although it read earlier."""
    import frappe

    from tests import factory
    from tests.http_client import Visitor

    at, pat = factory.place(), factory.person("Pat")
    frappe.db.commit()
    values = {"user": pat, "role": "Mentor", "school": at.school, "starts_on": "2025-09-01", "holds_qts": 1}
    assert not frappe.db.exists("Induction Staff", {"user": pat})
    Visitor(url, at.head).insert("Induction Staff", **values)
    with refused("is already Mentor", error=frappe.DuplicateEntryError):
        frappe.get_doc({"doctype": "Induction Staff", **values}).insert()


def test_the_person_role_and_place_of_a_position_stay(places):
    import frappe

    position = places.position(places.account("Pat"), "mentor", places.oak).insert()
    position.school = places.elm
    with pytest.raises(frappe.CannotChangeConstantError):
        position.save()


@pytest.mark.parametrize("capacity", ["headteacher", "school_administrator"])
def test_school_people_give_roles_at_their_own_school_only(
    places, acting, refused, permission_error, capacity
):
    giver, pat = places.person("Gina", capacity, places.oak), places.account("Pat")
    with acting(giver):
        places.position(pat, "mentor", places.oak).insert()
        with refused(error=permission_error):
            places.position(pat, "mentor", places.elm).insert()
        for role_at_body in ("ab_officer", "ab_decision_maker", "ab_named_contact", "qa_officer"):
            with refused(error=permission_error):
                places.position(pat, role_at_body, places.hub).insert()
    assert roles(pat) == {places.role("mentor")}


def test_an_officer_gives_roles_at_the_schools_of_their_body_only(places, acting, refused, permission_error):
    officer, pat = places.person("Olive", "ab_officer", places.hub), places.account("Pat")
    with acting(officer):
        places.position(pat, "headteacher", places.elm).insert()
        with refused(error=permission_error):
            places.position(pat, "headteacher", places.ash).insert()
        for body in (places.hub, places.other_hub):
            with refused(error=permission_error):
                places.position(pat, "ab_decision_maker", body).insert()
        with refused(error=permission_error):
            places.position(officer, "ab_decision_maker", places.hub).insert()


def test_a_coordinator_gives_roles_but_not_the_managers(places, acting, refused, permission_error):
    coordinator, pat = (
        places.person("Cora", "induction_coordinator", places.oak),
        places.account("Pat"),
    )
    with acting(coordinator):
        for capacity in ("mentor", "induction_tutor", "induction_coordinator", "governor"):
            places.position(pat, capacity, places.oak).insert()
        for capacity in ("headteacher", "school_administrator"):
            with refused("is given by the headteacher", error=permission_error):
                places.position(pat, capacity, places.oak).insert()
        with refused(error=permission_error):
            places.position(pat, "mentor", places.elm).insert()
        with refused("yourself", error=permission_error):
            places.position(coordinator, "induction_tutor", places.oak).insert()


@pytest.mark.parametrize("capacity", ["mentor", "induction_tutor", "governor"])
def test_others_give_no_roles(places, acting, refused, permission_error, capacity):
    other, pat = places.person("Other", capacity, places.oak), places.account("Pat")
    with acting(other), refused(error=permission_error):
        places.position(pat, "mentor", places.oak).insert()


def test_a_school_administrator_cannot_make_themselves_a_tutor_but_a_head_can(
    places, acting, refused, permission_error
):
    administrator = places.person("Ada", "school_administrator", places.oak)
    head = places.person("Hilda", "headteacher", places.oak)
    with acting(administrator), refused("yourself", error=permission_error):
        places.position(administrator, "induction_tutor", places.oak).insert()
    with acting(head):
        places.position(head, "induction_tutor", places.oak).insert()


def test_a_position_of_another_school_is_not_ended_from_outside(places, acting, permission_error, refused):
    head = places.person("Hilda", "headteacher", places.oak)
    position = places.position(places.account("Pat"), "mentor", places.elm).insert()
    with acting(head), refused(error=permission_error):
        position.end()


def test_roles_come_and_go_with_positions_and_others_are_left_alone(places):
    import frappe

    pat = places.account("Pat")
    frappe.get_doc("User", pat).add_roles("Report Manager", places.role("ect"))
    kept = {"Report Manager", places.role("ect")}
    at_oak = places.position(pat, "mentor", places.oak).insert()
    at_elm = places.position(pat, "mentor", places.elm).insert()
    assert roles(pat) == kept | {places.role("mentor")}
    at_oak.delete()
    assert roles(pat) == kept | {places.role("mentor")}
    at_elm.delete()
    assert roles(pat) == kept


def test_desk_opens_only_for_roles_with_desk_access(places):
    import frappe

    mentor, officer = (
        places.person("Mo", "mentor", places.oak),
        places.person("Olive", "ab_officer", places.hub),
    )
    assert frappe.db.get_value("User", mentor, "user_type") == "Website User"
    assert frappe.db.get_value("User", officer, "user_type") == "System User"


def test_access_ends_after_the_last_day_and_begins_on_the_first(places, monkeypatch):
    import frappe

    from induction_app.organisations.role_keeping import end_expired_positions

    def on(day: str) -> list[str]:
        monkeypatch.setitem(frappe.local.conf, "induction_today", day)
        return end_expired_positions()

    on("2025-09-01")
    going = places.account("Gil")
    coming = places.account("Cam")
    places.position(going, "mentor", places.oak, ends_on="2025-12-31").insert()
    places.position(coming, "mentor", places.oak, starts_on="2026-01-01").insert()
    assert (roles(going), roles(coming)) == ({places.role("mentor")}, set())
    assert not {going, coming} & set(on("2025-12-31"))
    assert {going, coming} <= set(on("2026-01-01"))
    assert (roles(going), roles(coming)) == (set(), {places.role("mentor")})
    assert on("2026-01-01") == []


def test_one_account_that_cannot_be_saved_does_not_keep_others_from_their_roles(places, monkeypatch):
    import frappe

    from induction_app.organisations.role_keeping import end_expired_positions

    monkeypatch.setitem(frappe.local.conf, "induction_today", "2025-09-01")
    # In order of name, the account that cannot be saved comes first.
    broken, coming = places.account("Aaron"), places.account("Zoe")
    for account in (broken, coming):
        places.position(account, "mentor", places.oak, starts_on="2026-01-01").insert()
    frappe.db.set_value("User", broken, "first_name", "")
    kit = places.account("Kit")
    frappe.get_doc("User", kit).add_roles("Induction Administrator")
    monkeypatch.setitem(frappe.local.conf, "induction_today", "2026-01-01")
    assert coming in end_expired_positions()
    assert roles(coming) == {places.role("mentor")}
    assert frappe.db.exists("Error Log", {"method": f"The roles of {broken} could not be changed"})
    assert frappe.db.exists("Notification Log", {"for_user": kit, "subject": ("like", f"%{broken}%")})


def test_the_story_tells_of_positions_given_changed_and_removed(places):
    import frappe

    position = places.position(places.account("Pat"), "mentor", places.oak).insert()
    position.end("2026-07-31")
    position.delete()
    told = frappe.get_all(
        "Induction Event", filters={"school": places.oak}, fields=["event", "summary"], order_by="creation"
    )
    kinds = [event.event for event in told if event.event.startswith("position")]
    assert kinds == ["position_given", "position_dates_changed", "position_removed"]
    assert told[0].summary == "Pat Test became Mentor at Oak School"


@pytest.mark.parametrize("role", ["System Manager", "Administrator", "All"])
def test_a_role_that_runs_the_system_is_no_role_in_induction(site, refused, role):
    import frappe

    meaning = frappe.get_doc(
        {"doctype": "Induction Role", "role": role, "capacity": "mentor", "scope": "School"}
    )
    with refused(role):
        meaning.insert()


def test_a_role_people_hold_is_not_removed_nor_made_placeless(places, refused):
    import frappe

    places.person("Pat", "mentor", places.oak)
    role = frappe.get_doc("Induction Role", places.role("mentor"))
    role.scope = "Everything"
    with refused("Rows covered"):
        role.save()
    places.person("Gail", "governor", places.oak)
    with refused("people hold"):  # no workflow names the role
        frappe.get_doc("Induction Role", places.role("governor")).delete()
