"""The letter that has to be posted, on the page: a file of its own, since what is told is told after the commit."""

import frappe

from induction_app.workflows.act import act
from induction_app.workflows.moves import moves_for
from tests import factory
from tests.app.pages.looking import look, send
from tests.factory import acting_as

DECISION = "Induction Decision"


def test_the_page_too_tells_the_officer_to_post_the_letter(case, considered):
    frappe.db.set_value("School", case.at.school, "employer_email", None)
    officer = case.at.officer
    with factory.on_day("2026-07-20"):
        with acting_as(case.at.decider):
            act(DECISION, considered, "Decide", values={"outcome": "Fail", "reasons": "On the evidence."})
        with acting_as(officer):
            (move,) = [move for move in moves_for(frappe.get_doc(DECISION, considered)) if move.goes_on]
        address = f"/decisions/{considered}/act/{move.slug}"
        answer = send(officer, address, look(officer, address).get_data(as_text=True))
        assert answer.status_code == 303
        frappe.db.commit()
        shown = look(officer, f"/decisions/{considered}").get_data(as_text=True)
    told = shown.split("govuk-notification-banner__content")[1].split("</p>")[0]
    assert "Print the letter and post it to The Employer." in told
