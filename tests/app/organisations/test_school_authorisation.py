"""A school asks, its appropriate body authorises or returns; and who may change what on a school."""

import pytest


@pytest.fixture
def school(places):
    import frappe

    def read(urn: str = places.oak):
        return frappe.get_doc("School", urn)

    return read


@pytest.fixture
def head(places) -> str:
    return places.person("Hilda", "headteacher", places.oak)


@pytest.fixture
def officer(places) -> str:
    return places.person("Olive", "ab_officer", places.hub)


@pytest.fixture
def permission_error():
    import frappe

    return frappe.PermissionError


def events(urn: str) -> list[str]:
    import frappe

    return frappe.get_all("Induction Event", filters={"school": urn}, order_by="creation", pluck="event")


def ask(school, acting, head) -> None:
    with acting(head):
        school().request_authorisation()


def test_a_school_asks_and_its_body_authorises(school, acting, head, officer, places):
    from induction_app.clock import today

    ask(school, acting, head)
    assert school().authorisation == "Requested"
    with acting(officer):
        school().authorise()
    oak = school()
    assert (oak.authorisation, oak.authorised_by, oak.authorised_on) == ("Authorised", officer, today())
    assert events(places.oak)[-2:] == ["school_authorisation_requested", "school_authorised"]


def test_a_return_needs_a_reason_and_the_school_can_ask_again(school, acting, head, officer, refused):
    ask(school, acting, head)
    with acting(officer):
        with refused("Reason returned"):
            school().return_with_reason("  ")
        school().return_with_reason("No induction tutor holds QTS.")
    assert (school().authorisation, school().authorisation_reason) == (
        "Returned",
        "No induction tutor holds QTS.",
    )
    ask(school, acting, head)
    assert (school().authorisation, school().authorisation_reason) == ("Requested", None)


@pytest.mark.parametrize("capacity", ["school_administrator", "induction_coordinator"])
def test_the_coordinator_and_the_school_administrator_may_ask(school, acting, places, capacity):
    asker = places.person("Asker", capacity, places.oak)
    with acting(asker):
        school().request_authorisation()
    assert school().authorisation == "Requested"


@pytest.mark.parametrize(
    ("capacity", "place"),
    [
        ("mentor", "oak"),
        ("induction_tutor", "oak"),
        ("governor", "oak"),
        ("headteacher", "elm"),
        ("ab_officer", "hub"),
    ],
)
def test_others_may_not_ask(school, acting, places, refused, permission_error, capacity, place):
    other = places.person("Other", capacity, getattr(places, place))
    with acting(other), refused("Oak School", error=permission_error):
        school().request_authorisation()


@pytest.mark.parametrize(
    ("capacity", "place"),
    [
        ("headteacher", "oak"),
        ("ab_officer", "other_hub"),
        ("ab_decision_maker", "hub"),
        ("ab_named_contact", "hub"),
        ("qa_officer", "hub"),
    ],
)
def test_only_an_officer_of_its_own_body_authorises_or_returns(
    school, acting, head, places, refused, permission_error, capacity, place
):
    ask(school, acting, head)
    other = places.person("Other", capacity, getattr(places, place))
    with acting(other):
        with refused(places.hub, error=permission_error):
            school().authorise()
        with refused(places.hub, error=permission_error):
            school().return_with_reason("No")
    assert school().authorisation == "Requested"


def test_nothing_is_authorised_that_was_not_asked_for(school, acting, officer, refused):
    with acting(officer), refused("not waiting"):
        school().authorise()


def test_asking_twice_and_asking_for_a_closed_school_or_without_a_body_is_refused(
    school, acting, head, places, refused
):
    ask(school, acting, head)
    with acting(head), refused("already asked"):
        school().request_authorisation()
    elm = school(places.elm)
    elm.appropriate_body = None
    elm.save()
    with refused("choose the body"):
        elm.request_authorisation()
    ash = school(places.ash)
    ash.status = "Closed"
    ash.save()
    with refused("is closed"):
        ash.request_authorisation()


def test_authorisation_cannot_be_written_into_the_record(school, acting, head, officer):
    for person in (head, officer):
        with acting(person):
            oak = school()
            oak.update({"authorisation": "Authorised", "authorised_by": person, "phone": "01234"})
            oak.save()
        assert (school().authorisation, school().authorised_by) == ("Not requested", None)


def test_a_new_body_has_to_authorise_again(school, acting, head, officer, places):
    ask(school, acting, head)
    with acting(officer):
        school().authorise()
    with acting(head):
        oak = school()
        oak.appropriate_body = places.other_hub
        oak.save()
    assert (school().authorisation, school().authorised_on) == ("Not requested", None)
    assert events(places.oak)[-1] == "school_authorisation_ended"


def test_a_school_changes_what_it_says_about_itself_and_nothing_else(
    school, acting, head, refused, permission_error
):
    with acting(head):
        oak = school()
        oak.update({"phone": "01234 567890", "employer_name": "Oak Trust"})
        oak.save()
        for field, value in (("special_measures", 1), ("school_name", "Better"), ("setting_kind", "academy")):
            oak = school()
            oak.set(field, value)
            with refused(oak.meta.get_label(field), error=permission_error):
                oak.save()
    assert school().phone == "01234 567890"


def test_an_officer_takes_on_a_school_without_a_body_but_only_for_their_own(
    school, acting, officer, places, refused, permission_error
):
    elm = school(places.elm)
    elm.appropriate_body = None
    elm.save()
    with acting(officer):
        elm = school(places.elm)
        elm.appropriate_body = places.other_hub
        with refused("only Test Hub South itself", error=permission_error):
            elm.save()
        elm = school(places.elm)
        elm.appropriate_body = places.hub
        elm.save()
    assert school(places.elm).appropriate_body == places.hub


def test_a_body_that_no_longer_acts_cannot_be_chosen(school, places, refused):
    import frappe

    body = frappe.get_doc("Appropriate Body", places.other_hub)
    body.is_active = 0
    body.save()
    oak = school()
    oak.appropriate_body = places.other_hub
    with refused("no longer acts"):
        oak.save()


@pytest.mark.parametrize("urn", ["12", "12345678", "ABCDE", ""])
def test_a_number_that_is_not_of_the_register_is_refused(site, urn, refused):
    import frappe

    school = frappe.get_doc({"doctype": "School", "urn": urn, "school_name": "Elm"})
    with refused("URN"):
        school.insert()


def test_a_school_opens_before_it_closes(school, refused):
    oak = school()
    oak.update({"open_date": "2020-09-01", "close_date": "2019-08-31"})
    with refused("Closed on"):
        oak.save()
