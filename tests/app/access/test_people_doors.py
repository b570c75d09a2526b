"""Names and roles of accounts are told to those who can find the account."""

from __future__ import annotations

import json

import pytest

from tests.app.access.world import ROLES

_METHOD = "/api/method/frappe"
INFO = f"{_METHOD}.desk.form.load.get_user_info_for_viewers"
SIGN_INS = ("last_ip", "last_login", "last_active", "last_password_reset_date")
ROLES_OF = f"{_METHOD}.core.doctype.user.user.get_roles"


@pytest.mark.parametrize("code", ("TUT", "ABO", "GOV", "ECT"))
def test_a_strangers_name_is_not_told(world, visitors, code):
    own, far = world.people[code], world.far
    asked = {"users": json.dumps([own, far.place.tutor, far.user])}
    assert set(visitors[code].ask("GET", INFO, params=asked).json()["message"]) == {own}


def test_a_colleagues_name_is_told(world, visitors):
    asked = {"users": json.dumps([world.own.place.mentor])}
    told = visitors["TUT"].ask("GET", INFO, params=asked).json()["message"]
    assert told[world.own.place.mentor]["fullname"]


@pytest.mark.parametrize("code", ("ABO", "TUT", "MEN", "ADM"))
def test_when_and_from_where_others_sign_in_is_not_told(world, visitors, code):
    told = visitors[code].ask(
        "GET",
        "/api/resource/User",
        params={"fields": json.dumps(["name", *SIGN_INS]), "limit_page_length": 5},
    )
    rows = told.json()["data"]
    assert rows and all(set(row) == {"name"} for row in rows)
    asked = {"doctype": "User", "fieldname": json.dumps(SIGN_INS), "filters": world.own.place.tutor}
    told = visitors[code].ask("GET", "/api/method/frappe.client.get_value", params=asked).json()["message"]
    assert not set(told) & set(SIGN_INS)


@pytest.mark.parametrize("users", ("[", '"a"', "[1]", "{}"))
def test_bad_names_get_a_sentence(visitors, users):
    answer = visitors["TUT"].ask("GET", INFO, params={"users": users})
    assert answer.status_code == 417 and "Users" in answer.text


@pytest.mark.parametrize("code", ROLES)
def test_roles_are_ones_own(world, visitors, code):
    ask = visitors[code].ask
    assert ROLES[code] in ask("GET", ROLES_OF).json()["message"]
    assert ROLES[code] in ask("GET", ROLES_OF, params={"uid": world.people[code]}).json()["message"]
    for other in (world.far.place.tutor, "Administrator"):
        assert ask("GET", ROLES_OF, params={"uid": other}).status_code == 403


def test_a_name_stays_on_one_line(world, visitors):
    ect = world.own.parked["ECT", "returned"]
    changed = visitors["SAD"].update("ECT", ect, first_name="  Parked\nBcc:\tall ", middle_names="\n")
    assert changed["first_name"] == "Parked Bcc: all"
    assert changed["full_name"].startswith("Parked Bcc: all Teacher")
    visitors["SAD"].update("ECT", ect, first_name="Parked")
