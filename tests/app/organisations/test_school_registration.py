"""A school registers itself over the pages: nobody sees it before the address is confirmed; the body answers."""

import email
import email.policy
import re
from threading import Thread

import frappe
import pytest

from induction_app.organisations.accounts import PICTURE
from tests import factory
from tests.app.organisations.pages import Reader, words

LINK = re.compile(r"/confirm-a-school\?key=([A-Za-z0-9_-]+)")
PASSWORD_LINK = re.compile(r"/update-password\?key=([A-Za-z0-9_-]+)")


@pytest.fixture(scope="module")
def place(bench_site):
    """A school with people, its body with two officers, and another body with its own."""
    frappe.set_user("Administrator")
    made = factory.place()
    made.people["second"] = factory.person("Second", "AB Officer", body=made.body)
    frappe.db.commit()
    return made


@pytest.fixture(scope="module")
def elsewhere(bench_site):
    frappe.set_user("Administrator")
    made = factory.place()
    frappe.db.commit()
    return made


@pytest.fixture(autouse=True)
def nobody_asked_today(site):
    """All tests come from one network address: begin each with nothing counted."""
    frappe.cache.delete_keys("rl:")


@pytest.fixture
def new_school(site):
    """A school of the register that nobody has used the service for."""

    def make(**values) -> str:
        n = factory.number()
        made = frappe.get_doc(
            {
                "doctype": "School",
                "urn": str(400_000 + n),
                "school_name": f"Meadow {n} Primary School",
                "status": "Open",
                "establishment_type": "Community school",
                "town": "Wells",
                "postcode": f"QZ{n % 90 + 10} 4AB",
                **values,
            }
        ).insert()
        frappe.db.commit()
        return made.name

    return make


@pytest.fixture
def guest(url):
    return Reader(url)


def fresh():
    """What the web server has written."""
    frappe.db.rollback()


def mails_to(address: str) -> list[str]:
    """The plain text of every mail queued for an address, oldest first, each with its subject."""
    fresh()
    queues = frappe.get_all("Email Queue Recipient", filters={"recipient": address}, pluck="parent")
    found = []
    for message in frappe.get_all(
        "Email Queue", filters={"name": ("in", queues)}, order_by="creation", pluck="message"
    ):
        parsed = email.message_from_string(message, policy=email.policy.default)
        body = parsed.get_body(preferencelist=("plain",)).get_content()
        found.append(f"{parsed['Subject']}\n{body}")
    return found


def request_of(address: str):
    fresh()
    name = frappe.db.get_value("School Registration", {"email": address}, order_by="creation desc")
    return frappe.get_doc("School Registration", name) if name else None


def fill_in(guest: Reader, school: str, body: str, address: str, role: str = "Headteacher") -> None:
    """From who you are to what is sent."""
    start = f"/register-a-school/{school}"
    guest.goes_to(
        start,
        f"{start}/appropriate-body",
        first_name="Rita",
        last_name="Rowe",
        email=address,
        role=frappe.db.get_value("Induction Role", {"shipped_as": role}),
    )
    guest.goes_to(f"{start}/appropriate-body", f"{start}/check", appropriate_body=body)
    assert address in guest.page(f"{start}/check")
    guest.goes_to(f"{start}/check", "/register-a-school/done/sent")


def confirm(guest: Reader, address: str) -> str:
    """Open the mailed link and press the button. Returns the link."""
    link = f"/confirm-a-school?key={LINK.search(mails_to(address)[-1])[1]}"
    guest.goes_to(link, "/register-a-school/done/confirmed")
    return link


def asked(guest, school, body) -> tuple[str, str]:
    """A confirmed request: the address of who asks, and the request's name."""
    address = f"rita.{factory.number()}@example.com"
    fill_in(guest, school, body, address)
    confirm(guest, address)
    return address, request_of(address).name


def test_from_search_to_a_password(place, new_school, guest, url):
    school = new_school()
    name = frappe.db.get_value("School", school, "school_name")
    found = guest.open(f"/register-a-school?q={name}").text
    assert f'href="/register-a-school/{school}"' in found
    address = f"rita.{factory.number()}@example.com"
    fill_in(guest, school, place.body, address)
    assert address in guest.page("/register-a-school/done/sent")
    officer = Reader(url, place.officer)
    before = request_of(address)
    assert before.status == "Email not confirmed"
    # Nobody sees it yet, by no door.
    assert name not in officer.page("/schools")
    assert officer.open(f"/schools/requests/{before.name}").status_code in (403, 404)
    rest = officer.session.get(f"{url}/api/resource/School Registration?limit_page_length=0", timeout=60)
    assert before.name not in rest.text
    one = officer.session.get(f"{url}/api/resource/School Registration/{before.name}", timeout=60)
    assert one.status_code in (403, 404)
    # Opening the link does nothing; the button does, once.
    link = f"/confirm-a-school?key={LINK.search(mails_to(address)[-1])[1]}"
    for _scanner in range(2):
        assert name in Reader(url).page(link)
    assert request_of(address).status == "Email not confirmed"
    confirm(guest, address)
    assert request_of(address).status == "Waiting"
    assert "does not work any more" in Reader(url).page(link)
    # The officers are told and find it.
    assert any(name in mail for mail in mails_to(place.officer))
    assert "Schools to authorise" in officer.page("/")
    assert name in officer.page("/schools?status=waiting")
    request = request_of(address)
    shown = officer.page(f"/schools/requests/{request.name}")
    assert address in shown and "Rita Rowe" in shown and school in shown
    officer.goes_to(f"/schools/requests/{request.name}", "/schools", action="authorise")
    fresh()
    assert frappe.db.get_value("School", school, ["authorisation", "appropriate_body", "authorised_by"]) == (
        "Authorised",
        place.body,
        place.officer,
    )
    held = frappe.get_all("Induction Staff", filters={"user": address}, fields=["capacity", "school"])
    assert held == [{"capacity": "headteacher", "school": school}]
    story = frappe.get_all("Induction Event", filters={"school": school}, order_by="creation", pluck="event")
    assert story == [
        "school_registration_confirmed",
        "school_authorised",
        "position_given",
        "school_registration_authorised",
    ]
    # They set a password and begin.
    invitation = mails_to(address)[-1]
    assert "Headteacher" in invitation and name in invitation
    password = "Meadow-larks-sing-4-us"
    person = Reader(url)
    person.goes_to(
        f"/update-password?key={PASSWORD_LINK.search(invitation)[1]}",
        "/sign-in",
        password=password,
        password_again=password,
    )
    head = Reader(url, address, password)
    assert "Rita Rowe" in head.page("/people")
    assert name in head.page(f"/schools/{school}")


def test_the_link_is_not_kept_and_the_account_asks_no_outside_service(place, new_school, guest, url):
    address, request = asked(guest, new_school(), place.body)
    Reader(url, place.officer).goes_to(f"/schools/requests/{request}", "/schools", action="authorise")
    confirming, invitation = mails_to(address)
    secrets = [LINK.search(confirming)[1], PASSWORD_LINK.search(invitation)[1]]
    kept = frappe.get_all("Correspondence", filters={"to_email": address}, pluck="body")
    kept += frappe.get_all("Version", filters={"docname": request}, pluck="data")
    kept += [frappe.as_json(frappe.get_doc("School Registration", request).as_dict())]
    assert not [text for text in kept for secret in secrets if secret in text]
    # The framework asks an outside service for a picture where there is none.
    assert frappe.db.get_value("User", address, "user_image") == PICTURE
    assert len(mails_to(address)) == 2


def test_what_a_guest_is_told_does_not_depend_on_who_is_known(place, new_school, url):
    known, unknown = place.mentor, f"nobody.{factory.number()}@example.com"
    told = []
    for address in (known, unknown):
        guest, school = Reader(url), new_school(school_name="Same Name School")
        fill_in(guest, school, place.body, address)
        sent = guest.page("/register-a-school/done/sent").replace(address, "ADDRESS")
        confirm(guest, address)
        told.append((sent, guest.page("/register-a-school/done/confirmed")))
    assert told[0] == told[1]


def test_somebody_known_gets_the_role_and_keeps_their_account(place, new_school, guest, url):
    school, known = new_school(), place.mentor
    fill_in(guest, school, place.body, known, role="Induction Coordinator")
    confirm(guest, known)
    Reader(url, place.officer).goes_to(
        f"/schools/requests/{request_of(known).name}", "/schools", action="authorise"
    )
    assert "Induction Coordinator" in mails_to(known)[-1]
    assert not PASSWORD_LINK.search(mails_to(known)[-1])
    assert frappe.db.get_value("Induction Staff", {"user": known, "school": school}, "capacity") == (
        "induction_coordinator"
    )
    assert school in Reader(url, known).page(f"/schools/{school}")


@pytest.mark.parametrize("kind", ["closed", "used"])
def test_schools_that_cannot_be_registered(place, new_school, guest, kind):
    if kind == "closed":
        school, sentence = new_school(status="Closed"), "is closed in the national register"
    else:
        school, sentence = place.school, "uses this service already. Ask its headteacher"
    assert sentence in guest.page(f"/register-a-school?q={school}")
    assert f'href="/register-a-school/{school}"' not in guest.open(f"/register-a-school?q={school}").text
    assert sentence in guest.page(f"/register-a-school/{school}")
    other = new_school()
    opened = guest.open(f"/register-a-school/{other}").text
    answer = guest.send_opened(f"/register-a-school/{school}", opened, first_name="Rita")
    assert answer.status_code == 422 and sentence in words(answer.text)


def test_search_by_postcode_urn_town_and_words(new_school, guest):
    school = new_school(school_name="St Ælfric's C of E School", town="Little Wells", postcode="QZ9 9XY")
    for text in (school, "QZ9 9XY", "qz99xy", "QZ9 9", "ælfric wells"):
        assert f"/register-a-school/{school}" in guest.open(f"/register-a-school?q={text}").text, text
    assert "No school was found" in guest.page("/register-a-school?q=100%25 _ nowhere")
    assert "at least 3 characters" in guest.page("/register-a-school?q=a")


def test_a_school_with_a_body_can_ask_no_other(place, elsewhere, new_school, guest):
    school = new_school(appropriate_body=place.body)
    start = f"/register-a-school/{school}"
    role = frappe.db.get_value("Induction Role", {"shipped_as": "Headteacher"})
    guest.send(start, first_name="Rita", last_name="Rowe", email="rita@example.com", role=role)
    assert f"goes to {place.body}" in guest.page(f"{start}/appropriate-body")
    guest.goes_to(f"{start}/appropriate-body", f"{start}/check", appropriate_body=elsewhere.body)
    guest.refused(f"{start}/check", "Appropriate body: choose one from the list")


def test_a_role_that_cannot_look_after_people_is_refused(new_school, guest):
    role = frappe.db.get_value("Induction Role", {"shipped_as": "AB Officer"})
    guest.refused(
        f"/register-a-school/{new_school()}",
        "Select one of the answers given",
        first_name="Rita",
        last_name="Rowe",
        email="rita@example.com",
        role=role,
    )


def test_a_name_carries_no_message_to_a_stranger(place, new_school, guest):
    """Whoever registers has a mail sent to the address they enter, and their name is in it."""
    start, role = (
        f"/register-a-school/{new_school()}",
        frappe.db.get_value("Induction Role", {"shipped_as": "Headteacher"}),
    )
    for name in ("Win at https://evil.example", "Call 0900 123", "write to a@b.example", "x" * 61):
        stranger = f"stranger.{factory.number()}@example.com"
        guest.send(start, first_name="Rita", last_name=name, email=stranger, role=role)
        guest.send(f"{start}/appropriate-body", appropriate_body=place.body)
        guest.refused(f"{start}/check", "Last name: write the name alone")
        assert not mails_to(stranger)


def test_a_school_with_people_that_asks_is_on_home_and_in_the_list(place, url):
    """Its head asks on the school's page, the officer finds it in the same two places and returns it."""
    frappe.set_user("Administrator")
    frappe.db.set_value("School", place.school, {"authorisation": "Not requested", "authorised_on": None})
    frappe.db.commit()
    head, officer, path = Reader(url, place.head), Reader(url, place.officer), f"/schools/{place.school}"
    head.goes_to(path, path, action="request")
    assert "Schools to authorise" in officer.page("/")
    assert place.school in officer.page("/schools?status=waiting")
    officer.goes_to(f"{path}/return", "/schools", reason="Name a coordinator first.")
    assert "Name a coordinator first." in head.page(path)
    head.goes_to(path, path, action="request")
    other_form = head.open(f"/people/new/{place.school}").text
    assert head.send_opened(path, other_form, action="authorise").status_code == 403
    officer.goes_to(path, path, action="authorise")
    fresh()
    assert frappe.db.get_value("School", place.school, "authorisation") == "Authorised"


def test_a_link_that_is_too_old_does_nothing_and_what_was_entered_is_forgotten(place, new_school, guest):
    from induction_app.organisations.school_registration import forget_unconfirmed

    address = f"rita.{factory.number()}@example.com"
    fill_in(guest, new_school(), place.body, address)
    link = f"/confirm-a-school?key={LINK.search(mails_to(address)[-1])[1]}"
    opened = guest.open(link).text
    request = request_of(address)
    assert forget_unconfirmed() == 0
    frappe.db.set_value("School Registration", request.name, "link_works_until", "2020-01-01 00:00:00")
    frappe.db.commit()
    assert "does not work any more" in guest.page(link)
    answer = guest.send_opened(link, opened)
    assert answer.status_code == 422 and "used, or is too old" in words(answer.text)
    assert request_of(address).status == "Email not confirmed"
    assert forget_unconfirmed() == 1
    assert not frappe.db.exists("School Registration", request.name)


def test_two_clicks_on_the_link_at_once_make_one_request(place, new_school, guest, url):
    address = f"rita.{factory.number()}@example.com"
    fill_in(guest, new_school(), place.body, address)
    link = f"/confirm-a-school?key={LINK.search(mails_to(address)[-1])[1]}"
    readers = [Reader(url) for _number in range(2)]
    opened = [reader.open(link).text for reader in readers]
    answers = _at_once(lambda number: readers[number].send_opened(link, opened[number]))
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    told = frappe.get_all("Induction Event", {"reference_name": request_of(address).name}, pluck="event")
    assert told == ["school_registration_confirmed"]


def test_of_two_officers_one_wins_and_the_other_is_told(place, new_school, guest, url):
    address, request = asked(guest, new_school(), place.body)
    path = f"/schools/requests/{request}"
    officers = [Reader(url, place.officer), Reader(url, place.second)]
    opened = [officer.open(path).text for officer in officers]
    answers = _at_once(lambda number: officers[number].send_opened(path, opened[number], action="authorise"))
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    loser = next(answer for answer in answers if answer.status_code == 422)
    assert "has authorised" in words(loser.text) and "already" in words(loser.text)
    fresh()
    assert frappe.db.count("Induction Staff", {"user": address}) == 1
    assert len(mails_to(address)) == 2


def test_a_request_is_returned_with_a_reason_that_is_mailed(place, new_school, guest, url):
    school = new_school()
    address, request = asked(guest, school, place.body)
    officer, path = Reader(url, place.officer), f"/schools/requests/{request}/return"
    officer.refused(path, "Say why you return it", reason=" ")
    officer.goes_to(path, "/schools", reason="Please write from the address of the school.")
    assert "Please write from the address of the school." in mails_to(address)[-1]
    assert frappe.db.count("Correspondence", {"to_email": address, "school": school}) == 1
    assert frappe.db.get_value("School", school, ["authorisation", "appropriate_body"]) == (
        "Not requested",
        None,
    )
    assert not frappe.db.exists("User", address)
    officer.refused(path, "has returned the request", reason="Again.")
    # They can ask again.
    fill_in(Reader(url), school, place.body, address)
    assert LINK.search(mails_to(address)[-1])


def test_only_officers_of_the_body_answer(place, elsewhere, new_school, guest, url):
    _address, request = asked(guest, new_school(), place.body)
    path = f"/schools/requests/{request}"
    opened = Reader(url, place.officer).open(path).text
    for person in (elsewhere.officer, place.decider, place.quality, place.head, place.coordinator):
        reader = Reader(url, person)
        assert reader.open(path).status_code == 403, person
        assert reader.open(f"{path}/return").status_code == 403
    for person in (place.head, place.mentor):
        assert Reader(url, person).open("/schools").status_code == 403
    assert opened and request_status(request) == "Waiting"


def request_status(name: str) -> str:
    fresh()
    return frappe.db.get_value("School Registration", name, "status")


def test_one_address_and_one_place_are_not_flooded(place, new_school, url):
    address = f"rita.{factory.number()}@example.com"
    for _time in range(3):
        fill_in(Reader(url), new_school(), place.body, address)
    school, guest = new_school(), Reader(url)
    start = f"/register-a-school/{school}"
    role = frappe.db.get_value("Induction Role", {"shipped_as": "Headteacher"})
    guest.send(start, first_name="Rita", last_name="Rowe", email=address, role=role)
    guest.send(f"{start}/appropriate-body", appropriate_body=place.body)
    guest.refused(f"{start}/check", "Too many requests were sent today")
    assert len(mails_to(address)) == 3
    # From one place, whatever the addresses.
    frappe.cache.delete_keys("rl:")
    for time in range(21):
        another = f"rita.{factory.number()}@example.com"
        guest.send(start, first_name="Rita", last_name="Rowe", email=another, role=role)
        guest.send(f"{start}/appropriate-body", appropriate_body=place.body)
        if time < 20:
            guest.goes_to(f"{start}/check", "/register-a-school/done/sent")
    guest.refused(f"{start}/check", "Too many requests were sent today")


def test_an_officer_invites_the_first_person_of_a_school(place, elsewhere, new_school, url):
    school, address = new_school(), f"ivy.{factory.number()}@example.com"
    officer = Reader(url, place.officer)
    assert f"/schools/{school}/invite" in officer.open(f"/invite-a-school?q={school}").text
    role = frappe.db.get_value("Induction Role", {"shipped_as": "School Administrator"})
    officer.goes_to(
        f"/schools/{school}/invite",
        f"/people/at/{school}",
        first_name="Ivy",
        last_name="Invited",
        email=address,
        role=role,
    )
    fresh()
    assert frappe.db.get_value("School", school, ["authorisation", "appropriate_body"]) == (
        "Authorised",
        place.body,
    )
    assert PASSWORD_LINK.search(mails_to(address)[-1])
    assert Reader(url, elsewhere.officer).open(f"/schools/{school}/invite").status_code == 403
    assert Reader(url, place.head).open(f"/schools/{school}/invite").status_code == 403


def test_the_list_of_schools_is_searched_narrowed_and_taken_away(place, elsewhere, new_school, guest, url):
    school = new_school(school_name="=Meadow Formula School")
    asked(guest, school, place.body)
    officer = Reader(url, place.officer)
    assert "Formula" in officer.page("/schools?text=formula")
    assert "Formula" not in officer.page("/schools?text=formula&status=Authorised")
    assert "Formula" not in Reader(url, elsewhere.officer).page("/schools")
    file = officer.open("/schools?status=waiting&export=csv")
    assert file.headers["Content-Type"].startswith("text/csv")
    assert "'=Meadow Formula School" in file.content.decode("utf-8-sig")
    assert officer.open("/schools?sort=-asked_on&page=9&status=nonsense").status_code == 200


def test_a_text_that_cannot_be_filled_in_is_refused_and_another_can_be_chosen(place, new_school, guest):
    name = frappe.get_single("Induction Settings").confirm_address_text
    text = frappe.get_doc("Email Template", name)
    text.response = "<p>{{ nonsense }}</p>"
    with pytest.raises(frappe.ValidationError, match="nonsense"):
        text.save()
    frappe.db.rollback()
    own = frappe.get_doc(
        {
            "doctype": "Email Template",
            "name": f"Our own {factory.number()}",
            "subject": "Hello from the hub",
            "response": "<p>{{ name }}: {{ link }}</p>",
        }
    ).insert()
    frappe.db.set_single_value("Induction Settings", "confirm_address_text", own.name)
    frappe.clear_document_cache("Induction Settings", "Induction Settings")
    frappe.db.commit()
    address = f"rita.{factory.number()}@example.com"
    try:
        fill_in(guest, new_school(), place.body, address)
    finally:
        fresh()
        frappe.db.set_single_value("Induction Settings", "confirm_address_text", name)
        frappe.clear_document_cache("Induction Settings", "Induction Settings")
        frappe.db.commit()
    mail = mails_to(address)[-1]
    assert mail.startswith("Hello from the hub") and LINK.search(mail)


def test_a_coordinator_who_registered_sees_what_they_may_give(place, url):
    coordinator = Reader(url, place.coordinator)
    shown = coordinator.page(f"/people/new/{place.school}")
    assert "Induction Tutor" in shown and "Headteacher" not in shown
    address = f"mo.{factory.number()}@example.com"
    role = frappe.db.get_value("Induction Role", {"shipped_as": "Mentor"})
    coordinator.goes_to(
        f"/people/new/{place.school}",
        f"/people/at/{place.school}",
        first_name="Mo",
        last_name="New",
        email=address,
        role=role,
        starts_on__day="1",
        starts_on__month="9",
        starts_on__year="2025",
    )
    assert "Mo New" in coordinator.page("/people?name=Mo+New")
    assert "Mo New" in Reader(url, place.officer).page(f"/people/at/{place.school}")
    head = frappe.db.get_value("Induction Staff", {"user": place.head, "school": place.school})
    path = f"/people/{head}/end"
    answer = coordinator.send(path, ends_on__day="1", ends_on__month="9", ends_on__year="2025")
    assert answer.status_code == 403


def test_a_tutor_of_a_running_ect_stays_until_there_is_another(place, url):
    frappe.set_user("Administrator")
    ect = factory.registered_ect(place, first_name="Esme", last_name="Early")
    frappe.db.commit()
    position = frappe.db.get_value("Induction Staff", {"user": place.tutor, "school": place.school})
    day = {"ends_on__day": "20", "ends_on__month": "7", "ends_on__year": "2026"}
    head, path = Reader(url, place.head), f"/people/{position}/end"
    head.refused(path, "is Induction Tutor of Esme Early. Choose somebody else for that ECT first.", **day)
    fresh()
    assert frappe.db.get_value("Induction Staff", position, "ends_on") is None
    other = factory.person("Other", "Induction Tutor", school=place.school)
    frappe.db.commit()
    assert f'href="/cases/{ect}/people"' in head.open(path).text
    for stranger in (place.mentor, place.tutor, place.governor):
        assert Reader(url, stranger).open(f"/cases/{ect}/people").status_code == 403
    head.goes_to(f"/cases/{ect}/people", f"/cases/{ect}", induction_tutor=other, mentor=place.mentor)
    fresh()
    assert frappe.db.get_value("ECT", ect, ["induction_tutor", "named_contact"]) == (other, place.contact)
    head.goes_to(path, f"/people/at/{place.school}", **day)
    assert "Tutor Person" in head.page(f"/people/at/{place.school}")


def test_people_of_elsewhere_are_not_shown(place, elsewhere, url):
    for person in (elsewhere.head, elsewhere.officer, place.mentor, place.governor):
        assert Reader(url, person).open(f"/people/at/{place.school}").status_code == 403
    own = frappe.db.get_value("Induction Staff", {"user": place.mentor, "school": place.school})
    assert Reader(url, elsewhere.head).open(f"/people/{own}/end").status_code == 403
    assert 'href="/people"' in Reader(url, place.officer).open("/schools").text
    shown = Reader(url, place.officer).page("/people")
    assert "Second Person" in shown and "given by an administrator of the service" in shown


def test_a_qa_officer_begins_an_audit_of_a_school(place, elsewhere, url):
    quality = Reader(url, place.quality)
    assert f"/schools/{place.school}/audits/new" in quality.open(f"/schools/{place.school}").text
    answer = quality.send(
        f"/schools/{place.school}/audits/new",
        audit_type="Visit",
        planned_on__day="1",
        planned_on__month="12",
        planned_on__year="2026",
    )
    assert answer.status_code == 303, words(answer.text)
    fresh()
    audit = frappe.get_last_doc("QM Audit", {"school": place.school})
    assert (audit.appropriate_body, audit.qa_officer) == (place.body, place.quality)
    assert Reader(url, elsewhere.quality).open(f"/schools/{place.school}/audits/new").status_code == 403
    assert Reader(url, place.head).open(f"/schools/{place.school}/audits/new").status_code == 403


def _at_once(send) -> list:
    """Two requests at the same time, and their answers."""
    answers: list = [None, None]

    def run(number: int) -> None:
        answers[number] = send(number)

    threads = [Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
