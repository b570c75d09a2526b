"""The early career teachers of the demonstration: each lives through their induction up to today."""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

from induction_app.clock import today
from induction_app.demo import audits, endings
from induction_app.demo.case import Case
from induction_app.demo.days import Diary
from induction_app.demo.places import email_of, make_account
from induction_app.demo.writing import data


def make(password: str) -> None:
    """Everybody in the cohort, one after the other, each on the days of their own life."""
    diary = Diary.kept_on(today())
    for about in data("cohort")["ects"]:
        case = Case(about, diary)
        make_account(about["name"], case.user, password)
        live(case)
    audits.make(diary)


def people() -> list[dict]:
    """The early career teachers: name, email, and what they are."""
    domains = {urn: school["domain"] for urn, school in data("places")["schools"].items()}
    return [
        {"name": ect["name"], "email": email_of(ect["name"], domains[ect["school"]]), "posts": "ECT"}
        for ect in data("cohort")["ects"]
    ]


def live(case: Case) -> None:
    """From registration to today."""
    story = case.about.get("story", "")
    case.register(authorised=story != "is to be authorised", returned=story == "is returned")
    if case.registered:
        case.report_claim()
        endings.STORIES.get(story, endings.goes_on)(case)


@contextmanager
def without_mails() -> Iterator[None]:
    """What happened before today is not mailed today: the mail rules rest while it is written down."""
    resting = frappe.get_all("Mail Rule", filters={"enabled": 1}, pluck="name")
    rule = frappe.qb.DocType("Mail Rule")
    switch = frappe.qb.update(rule).where(rule.name.isin(resting or [""]))
    switch.set(rule.enabled, 0).run()
    try:
        yield
    finally:
        switch.set(rule.enabled, 1).run()
