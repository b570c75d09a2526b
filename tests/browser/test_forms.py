"""What every form promises: nothing twice, nothing lost, nobody overwritten. Shown on the details form."""

from concurrent.futures import ThreadPoolExecutor

import frappe
import requests


def versions_of(person) -> int:
    frappe.db.rollback()
    return frappe.db.count("Version", {"ref_doctype": "User", "docname": person.email})


def test_two_people_on_one_record(people, visit, screen):
    ann = people.add("Ann", "Bell")
    visitor = visit(ann, screen)
    visitor.go("/your-details")
    people.change(ann, last_name="Bell-Cole", phone="020 7946 0001")
    visitor.page.get_by_label("Last name").fill("Bellamy")
    visitor.button("Save")
    said = visitor.main()
    assert "Administrator changed this while you were writing" in said
    assert "Bell-Cole" in said
    assert visitor.page.get_by_label("Last name").input_value() == "Bellamy"
    assert visitor.page.get_by_label("Telephone number").input_value() == "020 7946 0001"
    visitor.check("two-people-one-record")
    visitor.button("Save")
    assert "Your details are saved" in visitor.main()
    frappe.db.rollback()
    saved = frappe.db.get_value("User", ann.email, ["last_name", "phone"], as_dict=True)
    assert saved == {"last_name": "Bellamy", "phone": "020 7946 0001"}


def test_two_people_on_one_record_without_javascript(people, visit):
    ann = people.add("Ann", "Bell")
    visitor = visit(ann, javascript=False)
    visitor.go("/your-details")
    people.change(ann, last_name="Bell-Cole")
    visitor.page.get_by_label("Last name").fill("Bellamy")
    visitor.button("Save")
    assert "changed this while you were writing" in visitor.main()
    visitor.button("Save")
    frappe.db.rollback()
    assert frappe.db.get_value("User", ann.email, "last_name") == "Bellamy"


def test_double_click_acts_once(people, visit):
    ann = people.add("Ann", "Bell")
    before = versions_of(ann)
    visitor = visit(ann)
    visitor.go("/your-details")
    visitor.page.get_by_label("Last name").fill("Cole")
    visitor.page.get_by_role("button", name="Save").dblclick()
    visitor.page.wait_for_url("**/your-account")
    assert versions_of(ann) == before + 1


def test_the_same_form_sent_twice_at_once_acts_once(people, visit, url):
    """What a page without its script can do: two requests in flight with one token."""
    ann = people.add("Ann", "Bell")
    visitor = visit(ann)
    visitor.go("/your-details")
    form = fields_of(visitor) | {"last_name": "Cole"}
    cookies = cookies_of(visitor)
    before = versions_of(ann)

    def send(_number: int) -> requests.Response:
        return requests.post(
            f"{url}/your-details", data=form, cookies=cookies, allow_redirects=False, timeout=60
        )

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert [(answer.status_code, answer.headers.get("Location")) for answer in answers] == [
        (303, "/your-account")
    ] * 4
    assert versions_of(ann) == before + 1


def test_back_and_send_again(people, visit):
    ann = people.add("Ann", "Bell")
    visitor = visit(ann)
    visitor.go("/your-details")
    visitor.page.get_by_label("Last name").fill("Cole")
    visitor.button("Save")
    before = versions_of(ann)
    visitor.page.go_back()
    visitor.page.get_by_label("Last name").fill("Cole")
    visitor.button("Save")
    assert visitor.page.url.endswith("/your-account")
    assert versions_of(ann) == before


def test_a_kept_page_sent_again_with_changes_is_asked_about(people, visit, url):
    """A browser that keeps old pages sends the old token with new text."""
    ann = people.add("Ann", "Bell")
    visitor = visit(ann)
    visitor.go("/your-details")
    form = fields_of(visitor)
    cookies = cookies_of(visitor)
    requests.post(f"{url}/your-details", data=form | {"last_name": "Cole"}, cookies=cookies, timeout=60)
    before = versions_of(ann)
    answer = requests.post(
        f"{url}/your-details", data=form | {"last_name": "Dent"}, cookies=cookies, timeout=60
    )
    assert answer.status_code == 422
    assert "You have already sent this form once" in answer.text
    assert 'value="Dent"' in answer.text
    assert versions_of(ann) == before


def fields_of(visitor) -> dict[str, str]:
    """What the page's form would send."""
    return visitor.page.evaluate("Object.fromEntries(new FormData(document.querySelector('main form')))")


def cookies_of(visitor) -> dict[str, str]:
    """The visitor's cookies, to send requests that no page would send."""
    return {cookie["name"]: cookie["value"] for cookie in visitor.context.cookies()}


def test_a_lost_connection_keeps_the_text(people, visit, screen):
    ann = people.add("Ann", "Bell")
    visitor = visit(ann, screen)
    visitor.go("/your-details")
    visitor.context.set_offline(True)
    visitor.page.get_by_label("Last name").fill("Typed on a train")
    visitor.page.get_by_role("button", name="Save").click()
    assert "You are not connected" in visitor.main()
    visitor.page.wait_for_timeout(600)
    visitor.context.set_offline(False)
    visitor.faults.clear()
    visitor.go("/your-account")
    visitor.go("/your-details")
    assert visitor.page.get_by_label("Last name").input_value() == "Typed on a train"
    assert "We have put back what you wrote" in visitor.main()
    visitor.check("text-put-back")
    visitor.button("Save")
    assert "Your details are saved" in visitor.main()
    visitor.go("/your-details")
    assert "We have put back" not in visitor.main()


def test_drafts_go_with_signing_out_and_belong_to_one_person(people, visit):
    ann, ben = people.add("Ann", "Bell"), people.add("Ben", "Cole")
    visitor = visit(ann)
    visitor.go("/your-details")
    visitor.page.get_by_label("Last name").fill("Private text")
    visitor.page.wait_for_timeout(700)
    visitor.context.clear_cookies()
    visitor.sign_in(ben.email, ben.password)
    visitor.go("/your-details")
    assert visitor.page.get_by_label("Last name").input_value() == "Cole"
    visitor.page.locator("header").get_by_role("button", name="Sign out").click()
    visitor.page.wait_for_url("**/sign-in*")
    assert visitor.page.evaluate("Object.keys(localStorage).length") == 0


def test_signed_out_while_writing_loses_nothing(people, visit, screen):
    ann = people.add("Ann", "Bell")
    visitor = visit(ann, screen)
    visitor.go("/your-details")
    visitor.page.get_by_label("Last name").fill("Long in the writing")
    frappe.db.delete("Sessions", {"user": ann.email})
    frappe.db.commit()
    frappe.cache.delete_value("session")
    visitor.button("Save")
    assert visitor.heading() == "You have been signed out"
    assert "Long in the writing" in visitor.main()
    visitor.check("signed-out-while-writing")
    visitor.page.get_by_role("button", name="Sign in again").click()

    visitor.sign_in_by_page(ann.email, ann.password)
    assert visitor.page.get_by_label("Last name").input_value() == "Long in the writing"


def test_a_form_from_another_site_is_refused(people, visit, url):
    ann = people.add("Ann", "Bell")
    visitor = visit(ann)
    cookies = cookies_of(visitor)
    text = {"first_name": "Mallory", "last_name": "Malone", "submit_token": "x" * 24}
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "guess"}):
        answer = requests.post(f"{url}/your-details", data=text | token, cookies=cookies, timeout=60)
        assert answer.status_code == 400
    frappe.db.rollback()
    assert frappe.db.get_value("User", ann.email, "first_name") == "Ann"


def test_a_guests_form_from_another_site_is_refused(people, url):
    ann = people.add("Ann", "Bell")
    answer = requests.post(
        f"{url}/sign-in",
        data={"email": ann.email, "password": ann.password, "submit_token": "x" * 24, "csrf_token": "x"},
        allow_redirects=False,
        timeout=60,
    )
    assert answer.status_code == 400
    assert answer.cookies.get("sid", "Guest") == "Guest"


def test_leaving_with_text_that_is_nowhere_else_is_asked_about(people, visit):
    """Where the device keeps no drafts, as in some private windows, the browser asks before it goes."""
    ann = people.add("Ann", "Bell")
    visitor = visit(ann)
    asked: list[str] = []
    visitor.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    visitor.page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    visitor.go("/your-details")
    visitor.page.get_by_label("Last name").click()
    visitor.page.keyboard.type("x")
    visitor.page.wait_for_timeout(600)
    visitor.go("/your-account")
    assert asked == ["beforeunload"]
