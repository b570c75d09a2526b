"""Sending a form in this process: what is told when, to whom, and what another's save in between does."""

import frappe
import pytest

from induction_app.page_kit import surroundings
from tests import factory
from tests.app.organisations.pages import words
from tests.app.pages.looking import look, send

DETAILS = "/your-details"


@pytest.fixture
def ann(site) -> str:
    """Somebody who has an account, and another who changed it when it was made."""
    user = factory.person("Ann")
    frappe.db.commit()
    change(user, "Administrator", phone="020 7946 0000")
    return user


def opened(user: str, address: str) -> str:
    return look(user, address).get_data(as_text=True)


def change(user: str, by: str, **values: str) -> None:
    """Change somebody's account in a request of its own."""
    with factory.acting_as(by):
        frappe.get_doc("User", user).update(values).save(ignore_permissions=True)
        frappe.db.commit()


def details(last_name: str, phone: str = "020 7946 0000") -> dict[str, str]:
    return {"first_name": "Ann", "last_name": last_name, "phone": phone}


def test_a_save_is_told_once_it_is_committed(ann):
    assert send(ann, DETAILS, opened(ann, DETAILS), **details("Bell")).status_code == 303
    frappe.db.rollback()  # as where the commit fails
    assert "Your details are saved" not in opened(ann, "/your-account")
    assert send(ann, DETAILS, opened(ann, DETAILS), **details("Bell")).status_code == 303
    frappe.db.commit()
    assert "Your details are saved" in opened(ann, "/your-account")
    assert "Your details are saved" not in opened(ann, "/your-account")


def test_a_notice_is_told_where_redis_is_older_than_6_2(ann):
    def may_getdel(sign: str) -> None:
        frappe.cache.execute_command("ACL", "SETUSER", "default", f"{sign}getdel")

    may_getdel("-")
    try:
        with factory.acting_as(ann):
            surroundings.keep_for_next_page("It is done")
        assert "It is done" in opened(ann, "/your-account")
        assert "It is done" not in opened(ann, "/your-account")
    finally:
        may_getdel("+")


def test_who_saved_before_the_form_was_opened_is_not_named(ann):
    bea = factory.person("Bea")
    form = opened(ann, DETAILS)
    change(ann, bea, last_name="Bell")
    said = words(send(ann, DETAILS, form, **details("Bellamy")).get_data(as_text=True))
    assert f"{frappe.utils.get_fullname(bea)} changed this while you were writing" in said
    assert "Administrator" not in said


def test_one_person_in_two_windows_is_told_so(ann):
    form = opened(ann, DETAILS)
    change(ann, ann, last_name="Bell")
    again = send(ann, DETAILS, form, **details("Bellamy")).get_data(as_text=True)
    assert "You changed this in another window" in words(again)
    bea = factory.person("Bea")
    change(ann, bea, last_name="Cole")
    said = words(send(ann, DETAILS, again, **details("Bellamy")).get_data(as_text=True))
    assert f"{frappe.utils.get_fullname(bea)} changed this while you were writing" in said
    assert f"and {frappe.utils.get_fullname(bea)}" not in said


def test_a_save_by_another_before_a_lock_is_taken_is_no_fault(site):
    """MariaDB 11.6 and later refuse the lock where earlier ones let it be taken on what is newer."""
    at = factory.shared_place()
    address = f"/schools/{at.school}/return"
    frappe.db.sql("set session innodb_snapshot_isolation = on")
    try:
        form = opened(at.officer, address)  # the transaction has its view of the data
        other = frappe.db.get_connection()
        other.cursor().execute("update tabSchool set modified = now(6) where name = %s", [at.school])
        other.commit()
        other.close()
        answer = send(at.officer, address, form, reason="Ask again.")
    finally:
        frappe.db.sql("set session innodb_snapshot_isolation = off")
    assert answer.status_code == 422, words(answer.get_data(as_text=True))
