"""Registration: formats, duplicates, conditions, what the appropriate body's authorisation brings about."""

import frappe
import pytest

from induction_app.workflows.act import act
from tests import factory
from tests.factory import acting_as


@pytest.fixture
def at(site):
    """A school with everybody in post, on a day in August 2024."""
    with factory.on_day("2024-08-20"):
        yield factory.shared_place()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"trn": "123456"}, "Teacher reference number: enter seven digits"),
        ({"trn": "12/34567"}, "Teacher reference number: enter seven digits"),
        ({"trn": "１２３４５６７"}, "Teacher reference number: enter seven digits"),
        ({"date_of_birth": "2007-01-01"}, "Date of birth"),
        ({"date_of_birth": "1924-08-19"}, "Date of birth"),
        ({"ni_number": "QQ123456C"}, "National Insurance number"),
        ({"ni_number": "AB12345C"}, "National Insurance number"),
        ({"fte": 1.2}, "Full-time equivalent"),
        ({"fte": 0.09}, "Full-time equivalent"),
        ({"qts_awarded_on": "2024-09-03", "start_date": "2024-09-02"}, "QTS awarded on"),
        ({"email": "no address"}, "Email"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_that_names_the_field(at, values, sentence):
    with pytest.raises(frappe.ValidationError, match=sentence):
        factory.draft_ect(at, **values)


@pytest.mark.parametrize("born", ["2006-08-20", "1924-08-20"])
def test_the_youngest_and_the_oldest_are_accepted(at, born):
    name = factory.draft_ect(at, date_of_birth=born)
    assert str(frappe.db.get_value("ECT", name, "date_of_birth")) == born


def test_a_trn_is_registered_once(at):
    factory.draft_ect(at, trn="7654321")
    with pytest.raises(frappe.UniqueValidationError, match="7654321 is registered already"):
        factory.draft_ect(at, trn="7654321")


def test_a_draft_that_is_withdrawn_gives_its_trn_back(at):
    name = factory.draft_ect(at, trn="7654322")
    with acting_as(at.administrator):
        act("ECT", name, "Withdraw")
    assert factory.draft_ect(at, trn="7654322")


def test_the_address_of_somebody_else_is_refused(at):
    registered = factory.user_of(factory.registered_ect(at))
    last_name = frappe.db.get_value("User", registered, "last_name")
    with pytest.raises(frappe.ValidationError, match="Email: another ECT signs in with"):
        factory.draft_ect(at, email=registered, last_name=last_name)
    for stranger in (registered, at.mentor, "Administrator".lower()):
        with pytest.raises(frappe.ValidationError, match="^Email: "):
            factory.draft_ect(at, email=stranger, last_name="Hill")


def test_somebody_known_who_becomes_an_ect_keeps_their_account(at):
    known = factory.person("Tess")
    last_name = frappe.db.get_value("User", known, "last_name")
    ect = factory.registered_ect(at, email=known, last_name="Hill", previous_last_name=last_name)
    assert factory.user_of(ect) == known


def test_two_ects_without_a_trn_may_be_registered(at):
    for _each in range(2):
        factory.draft_ect(at, trn="", trained_outside_england=1)


def test_the_ni_number_is_written_by_the_school_and_read_by_the_body_and_the_ect_only(at):
    name = factory.draft_ect(at, ni_number="ab 12 34 56 c")
    seen = {}
    for who in ("administrator", "coordinator", "head", "officer"):
        with acting_as(getattr(at, who)):
            if who == "officer":
                with acting_as(at.administrator):
                    act("ECT", name, "Send to appropriate body")
            doc = frappe.get_doc("ECT", name)
            doc.apply_fieldlevel_read_permissions()
            seen[who] = doc.get("ni_number")
    assert seen == {"administrator": None, "coordinator": None, "head": None, "officer": "AB123456C"}


def test_saving_without_reading_the_ni_number_does_not_wipe_it(at):
    name = factory.draft_ect(at, ni_number="AB123456C")
    with acting_as(at.administrator):
        doc = frappe.get_doc("ECT", name)
        doc.apply_fieldlevel_read_permissions()
        doc.subject = "Mathematics"
        doc.save()
    stored = frappe.db.get_value("ECT", name, ["subject", "ni_number"], as_dict=True)
    assert stored == {"subject": "Mathematics", "ni_number": "AB123456C"}


def test_after_the_bodys_check_only_the_body_changes_who_the_ect_is(at):
    name = factory.registered_ect(at, trn="7654323")

    def change(who: str, **values):
        with acting_as(who):
            doc = frappe.get_doc("ECT", name)
            doc.update(values).save()

    for values, label in (
        ({"trn": "7654324"}, "Teacher reference number"),
        ({"date_of_birth": "1999-09-09"}, "Date of birth"),
    ):
        with pytest.raises(frappe.PermissionError, match=f"{label}: the appropriate body has checked this"):
            change(at.administrator, **values)
        change(at.officer, **values)
    change(at.administrator, last_name="Married")


def test_a_trn_that_comes_later_is_added_by_the_school(at):
    name = factory.registered_ect(at, trn="", trained_outside_england=1)
    with acting_as(at.administrator):
        doc = frappe.get_doc("ECT", name)
        doc.update({"trn": "7654325", "trained_outside_england": 0}).save()
    assert frappe.db.get_value("ECT", name, "trn") == "7654325"


def test_an_unmet_condition_of_a_suitable_post_is_named(at):
    name = factory.draft_ect(at, post_reduced_timetable=0)
    with acting_as(at.administrator), pytest.raises(frappe.ValidationError, match="The timetable is reduced"):
        act("ECT", name, "Send to appropriate body")


def test_one_person_as_tutor_and_mentor_needs_safeguards(at):
    factory.position(at.tutor, "Mentor", school=at.school)
    with pytest.raises(frappe.ValidationError, match="2.45"):
        factory.draft_ect(at, mentor=at.tutor)
    factory.draft_ect(at, mentor=at.tutor, same_person_safeguards="Separate meetings; the head moderates.")


def test_the_named_contact_takes_no_other_part(at):
    name = factory.draft_ect(at)
    factory.position(at.contact, "AB Officer", body=at.body)
    with acting_as(at.administrator):
        act("ECT", name, "Send to appropriate body")
    with acting_as(at.officer), pytest.raises(frappe.ValidationError, match="2.28"):
        act("ECT", name, "Authorise", values={"named_contact": at.contact})


def test_the_body_returns_with_a_reason_and_the_school_sends_again(at):
    name = factory.draft_ect(at)
    with acting_as(at.administrator):
        act("ECT", name, "Send to appropriate body")
    with acting_as(at.officer):
        with pytest.raises(frappe.ValidationError, match="Reason for returning"):
            act("ECT", name, "Return to school")
        act("ECT", name, "Return to school", reason="The start date is in the holidays.")
    assert frappe.db.get_value("ECT", name, "return_reason") == "The start date is in the holidays."
    with acting_as(at.administrator):
        act("ECT", name, "Send to appropriate body", values={"start_date": "2024-09-03"})
    assert frappe.db.get_value("ECT", name, "stage") == "ab_check"


def test_what_was_served_before_is_said_by_the_school_and_set_by_the_body(at):
    name = factory.draft_ect(at, registration_type="Part served elsewhere")
    with acting_as(at.administrator):
        with pytest.raises(frappe.ValidationError, match="Terms served before, as the school says"):
            act("ECT", name, "Send to appropriate body")
        said = {"terms_said_served": 2.5, "served_before_at": "Hill School, to July 2024"}
        act("ECT", name, "Send to appropriate body", values=said)
    with acting_as(at.officer):
        with pytest.raises(frappe.ValidationError, match="^Terms served before this registration"):
            act("ECT", name, "Authorise", values={"named_contact": at.contact})
        act("ECT", name, "Authorise", values={"named_contact": at.contact, "prior_terms_served": 2})
    kept = frappe.db.get_value("ECT", name, ["prior_terms_served", "terms_said_served", "terms_left"])
    assert kept == (2, 2.5, 4)


def test_who_is_new_has_served_nothing_before(at):
    name = factory.draft_ect(at, terms_said_served=2, served_before_at="Hill School")
    assert frappe.db.get_value("ECT", name, ["terms_said_served", "served_before_at"]) == (0, None)


def returned(at) -> str:
    name = factory.draft_ect(at)
    with acting_as(at.administrator):
        act("ECT", name, "Send to appropriate body")
    with acting_as(at.officer):
        act("ECT", name, "Return to school", reason="Which year groups will she teach?")
    return name


def test_the_school_answers_in_words_as_it_sends_a_returned_registration_again(at):
    name = returned(at)
    with acting_as(at.administrator):
        act("ECT", name, "Send to appropriate body", values={"answer_to_body": "Years 3 and 4."})
    assert frappe.db.get_value("ECT", name, "answer_to_body") == "Years 3 and 4."
    told = {"ect": name, "event": "answered"}
    assert frappe.db.get_value("Induction Event", told, ["summary", "person"]) == (
        "The school answers: Years 3 and 4.",
        at.administrator,
    )
    with acting_as(at.officer):
        with pytest.raises(frappe.PermissionError, match="The school's answer"):
            act("ECT", name, "Authorise", values={"named_contact": at.contact, "answer_to_body": "None"})
        act("ECT", name, "Return to school", reason="And which subject?")
    assert not frappe.db.get_value("ECT", name, "answer_to_body"), "it answered what was asked before"


def test_a_registration_is_sent_again_without_an_answer_too(at):
    name = returned(at)
    with acting_as(at.administrator):
        act("ECT", name, "Send to appropriate body")
    assert not frappe.db.exists("Induction Event", {"ect": name, "event": "answered"})


def _known(at, **account) -> str:
    """A registration waiting to be authorised, of somebody who has an account already. Returns its name."""
    person = factory.person("Noor")
    frappe.db.set_value("User", person, account or {"enabled": 1})
    last = frappe.db.get_value("User", person, "last_name")
    name = factory.draft_ect(at, first_name="Noor", last_name=last, email=person)
    with acting_as(at.administrator):
        act("ECT", name, "Send to appropriate body")
    return name


def _authorise(at, name: str) -> None:
    with acting_as(at.officer):
        act("ECT", name, "Authorise", values={"named_contact": at.contact})


def test_somebody_known_is_told_that_they_are_an_ect(at):
    name = _known(at)
    email = frappe.db.get_value("ECT", name, "email")
    assert not frappe.db.exists("Email Queue Recipient", {"recipient": email})
    _authorise(at, name)
    mail = frappe.get_last_doc("Email Queue", {"name": ("in", _mails_to(email))})
    assert frappe.db.get_value("School", at.school, "school_name") in mail.message


def _mails_to(email: str) -> list[str]:
    return frappe.get_all("Email Queue Recipient", {"recipient": email}, pluck="parent")


def test_a_closed_account_is_not_given_to_an_ect_in_silence(at):
    name = _known(at, enabled=0)
    with factory.refused(frappe.ValidationError, "has been closed"):
        _authorise(at, name)


def test_without_a_role_for_ects_a_sentence_says_so(at):
    name = factory.draft_ect(at)
    with acting_as(at.administrator):
        act("ECT", name, "Send to appropriate body")
    frappe.db.set_value("Induction Role", {"capacity": "ect"}, "capacity", "school_colleague")
    with factory.refused(frappe.ValidationError, "No Induction Role has the capacity ECT"):
        _authorise(at, name)


def test_authorising_opens_account_period_and_schedule(at):
    ect = factory.registered_ect(at)
    doc = frappe.get_doc("ECT", ect)
    assert (doc.stage, doc.induction_status, str(doc.registered_on)) == (
        "registered",
        "Waiting to start",
        "2024-08-20",
    )
    assert "ECT" in frappe.get_roles(doc.user)
    (period,) = frappe.get_all(
        "Induction Period", filters={"ect": ect}, fields=["is_open", "starts_on", "fte"]
    )
    assert (period.is_open, str(period.starts_on), period.fte) == (1, "2024-09-02", 1)
    reviews = frappe.get_all(
        "Progress Review", filters={"ect": ect}, pluck="term_number", order_by="term_number"
    )
    assert reviews == [1, 2, 4, 5]
    kinds = frappe.get_all(
        "Formal Assessment", filters={"ect": ect}, pluck="assessment_type", order_by="term_number"
    )
    assert kinds == ["First", "Final"]


def test_a_hub_is_not_the_body_for_an_ect_of_its_own_school(at):
    frappe.db.set_value("Appropriate Body", at.body, "lead_school", at.school)
    name = factory.draft_ect(at)
    with acting_as(at.administrator):
        act("ECT", name, "Send to appropriate body")
    with acting_as(at.officer), pytest.raises(frappe.ValidationError, match="2.25"):
        act("ECT", name, "Authorise", values={"named_contact": at.contact})


def test_registration_comes_before_the_start(at):
    name = factory.draft_ect(at)
    with acting_as(at.administrator):
        act("ECT", name, "Send to appropriate body")
    with (
        factory.on_day("2024-09-10"),
        acting_as(at.officer),
        pytest.raises(frappe.ValidationError, match="registration comes before the start"),
    ):
        act("ECT", name, "Authorise", values={"named_contact": at.contact})
