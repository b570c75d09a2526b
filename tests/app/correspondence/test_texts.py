"""Texts are the administrator's: used as they are now, and left alone by upgrades."""

from pathlib import Path

import frappe
import pytest

from induction_app.correspondence import texts
from induction_app.correspondence.facts import WORDS, facts_for
from induction_app.correspondence.recipients import Directory, Recipient
from induction_app.organisations import account_mails
from induction_app.setup.mail import ACCOUNT_TEXTS, ship_mail
from tests import factory

REVIEW = "Progress Review"
COMMENT = "Progress review: ECT to comment"


@pytest.fixture
def sent(case, mails):
    """Return a function that sends the review to the ECT and returns the mail."""

    def send() -> frappe._dict:
        with factory.on_day("2024-12-05"):
            factory.write_review(case.at, case.review, "2024-12-04")
        return mails(case.review, to=case.user)[0]

    return send


def text_of(rule_name: str):
    return frappe.get_doc("Email Template", frappe.db.get_value("Mail Rule", rule_name, "email_template"))


def test_a_text_the_administrator_rewrote_is_used_and_survives_an_upgrade(sent):
    text = text_of(COMMENT)
    text.update({"subject": "Over to you, {{ name }}", "response": "<p>By {{ due }}, {{ when }}.</p>"})
    text.save()
    ship_mail()
    mail = sent()
    assert mail.subject.startswith("Over to you, Eve")
    assert mail.body == "By 6 December 2024, tomorrow."


def test_a_renamed_text_and_rule_keep_working_and_do_not_come_back(sent):
    text = text_of(COMMENT)
    old = text.name
    frappe.rename_doc("Email Template", old, "Our own words", force=True)
    frappe.rename_doc("Mail Rule", COMMENT, "Our own rule", force=True)
    counts = frappe.db.count("Email Template"), frappe.db.count("Mail Rule")
    ship_mail()
    assert (frappe.db.count("Email Template"), frappe.db.count("Mail Rule")) == counts
    assert not frappe.db.exists("Email Template", old)
    mail = sent()
    assert mail.mail_rule == "Our own rule"
    assert "please read it and add your comment" in mail.subject


def test_a_rule_that_was_deleted_or_switched_off_stays_so(case, mails):
    frappe.delete_doc("Mail Rule", COMMENT)
    general = frappe.get_doc("Mail Rule", "Progress review: waiting for somebody")
    general.update({"enabled": 0}).save()
    ship_mail()
    with factory.on_day("2024-12-05"):
        factory.write_review(case.at, case.review, "2024-12-04")
    assert mails(case.review) == []


@pytest.mark.parametrize(
    "broken", ["{{ name.missing.deeper }}", "{{ 1 // 0 }}", "{% for x in 3 %}{% endfor %}"]
)
def test_a_text_that_does_not_work_is_logged_and_holds_nothing_up(sent, broken):
    text = text_of(COMMENT)
    frappe.db.set_value("Email Template", text.name, "response", broken)
    mail = sent()
    assert mail.subject.startswith("Progress review, term 1: Eve")
    assert "/reviews/" in mail.body
    assert frappe.db.exists("Error Log", {"method": ("like", f"%{text.name} does not work%")})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>{{ outcome }}</p>", "'outcome' is undefined"),
        ("<p>{{ frappe.get_all('User') }}</p>", "'frappe' is undefined"),
        ("<p>{{ name.__class__.__mro__ }}</p>", "unsafe"),
    ],
)
def test_a_text_in_use_that_could_not_be_filled_in_is_refused(site, text, words):
    template = text_of(COMMENT)
    template.response = text
    with pytest.raises(frappe.ValidationError, match=words) as refused:
        template.save()
    assert "ect_name, school" in str(refused.value)


def test_a_text_no_rule_uses_is_the_administrators_own_affair(site):
    frappe.get_doc(
        {"doctype": "Email Template", "name": "Another app's", "subject": "{{ doc.name }}", "response": "x"}
    ).insert()


def test_names_are_escaped_in_the_mail_and_plain_in_its_subject(case):
    review = frappe.get_doc(REVIEW, case.review).as_dict()
    directory = Directory(REVIEW, [review], with_actors=False)
    directory.ects[case.ect].full_name = "Eve <b>O’Brien</b> & Co"
    facts = facts_for(review, Recipient("a@example.com", "A <i>B</i>"), directory, review.due_on)
    template = frappe._dict(
        name="T", subject="{{ ect_name }}", use_html=0, response="<p>{{ name }}: {{ ect_name }}</p>"
    )
    text = texts.compose(template, facts, directory.body_of(review))
    assert text.subject == "Eve <b>O’Brien</b> & Co"
    assert "<p>A &lt;i&gt;B&lt;/i&gt;: Eve &lt;b&gt;O’Brien&lt;/b&gt; &amp; Co</p>" in text.html
    assert text.plain == "A <i>B</i>: Eve <b>O’Brien</b> & Co"


def test_a_subject_cannot_bring_in_another_header(case):
    review = frappe.get_doc(REVIEW, case.review).as_dict()
    directory = Directory(REVIEW, [review], with_actors=False)
    facts = facts_for(review, Recipient("a@example.com", "A\r\nBcc: b@example.com"), directory, review.due_on)
    template = frappe._dict(name="T", subject="Dear {{ name }}", use_html=0, response="<p>x</p>")
    assert texts.compose(template, facts, frappe._dict()).subject == "Dear A Bcc: b@example.com"


def test_every_shipped_text_uses_only_words_there_are(case):
    review = frappe.get_doc(REVIEW, case.review).as_dict()
    directory = Directory(REVIEW, [review], with_actors=False)
    facts = facts_for(review, Recipient("a@example.com", "Ada"), directory, review.due_on)
    assert list(facts) == list(WORDS)
    about_accounts = tuple(ACCOUNT_TEXTS.values())
    shipped = {"name": ("like", "Induction: %")}
    for name in frappe.get_all("Email Template", filters=shipped, pluck="name"):
        template = texts.templates({name})[name]
        if name in about_accounts:
            texts.check_template(template, tuple(account_mails.WORDS))
            continue
        text = texts.compose(template, facts, directory.body_of(review))
        assert "{{" not in text.subject + text.plain, name
        assert "Dear Ada" in text.plain


def test_the_administrators_page_lists_every_word():
    page = (Path(__file__).parents[3] / "docs" / "mail.md").read_text(encoding="utf-8")
    assert [line for line in page.splitlines() if line.startswith("| `")] == [
        f"| `{word}` | {meaning} |"
        for words in (WORDS, account_mails.WORDS)
        for word, meaning in words.items()
    ]


def test_html_is_read_as_plain_text():
    html = (
        '<p>Dear A</p><ul><li>one</li><li>two</li></ul><p>See <a href="https://x.test/1">the record</a>.</p>'
    )
    assert texts.plain_text(html) == "Dear A\n\n- one\n- two\n\nSee the record: https://x.test/1."
    assert texts.plain_text('<p><a href="https://x.test">https://x.test</a></p>') == "https://x.test"
