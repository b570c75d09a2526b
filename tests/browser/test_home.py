"""Home, as each person sees their own."""

import re

import frappe
import pytest

from induction_app.access.positions import forget_positions
from tests import factory
from tests.browser.school import TODAY, open_school
from tests.factory import acting_as, on_day


@pytest.fixture(scope="module")
def school(bench_site):
    """One school for all tests here; the site lives on one day."""
    made = open_school()
    late = factory.draft_ect(made.place, first_name="Dev", last_name="Patel", start_date="2025-06-02")
    made.ects["dev"] = late
    frappe.db.commit()
    with on_day(TODAY):
        yield made


def tasks(visitor) -> list[str]:
    return [" ".join(text.split()) for text in visitor.page.locator(".todo__one").all_inner_texts()]


#: Whose home, and what must stand on it; what must not.
HOMES = {
    "aisha": (
        ["Observation", "Read the feedback and reflect", "Your induction", "Served"],
        ["Register an ECT"],
    ),
    "tutor": (["Aisha Khan: progress review 2", "Your ECTs"], ["Register an ECT"]),
    "mentor": (["Nothing is waiting for you", "Aisha Khan"], ["What happened lately", "Register an ECT"]),
    "coordinator": (["Dev Patel: registration", "Register an ECT", "Inductions"], []),
    "head": (["Dev Patel: registration", "Register an ECT", "Inductions"], []),
    "administrator": (["Dev Patel: registration", "Register an ECT"], ["What happened lately"]),
    "governor": (["Nothing is waiting for you", "Read the report to governors"], ["Aisha", "Dev Patel"]),
    "officer": (["Inductions", "In progress"], ["Dev Patel: registration", "Register an ECT"]),
    "decider": (["Nothing is waiting for you", "Inductions"], ["Register an ECT"]),
    "contact": (["Nothing is waiting for you", "Aisha Khan"], ["Register an ECT"]),
    "quality": (["Nothing is waiting for you", "Inductions"], ["Register an ECT"]),
}


@pytest.mark.parametrize("who", HOMES)
def test_each_person_sees_their_own_home(school, site, visit, screen, who):
    visitor = visit(school.person(who), screen)
    visitor.go("/")
    said = visitor.main()
    there, absent = HOMES[who]
    assert [text for text in there if text not in said] == []
    assert [text for text in absent if text in said] == []
    assert "Friday 20 June 2025" in said
    visitor.check(f"home-{who}")


def test_overdue_comes_first_with_its_reason(school, site, visit):
    visitor = visit(school.person("tutor"))
    visitor.go("/")
    rows = tasks(visitor)
    # The spring review fell due in March; the first assessment is due in July.
    assert "progress review 2" in rows[0]
    assert re.search(r"\d+ days overdue 21 March 2025 Paragraph 2\.48", rows[0])
    assert "first assessment" in rows[1].lower() and "Paragraph 2.55" in rows[1]
    assert "1 overdue" in visitor.main()


def test_a_task_leads_to_the_page_where_it_is_done(school, site, visit):
    visitor = visit(school.person("tutor"))
    visitor.go("/")
    review = factory.review_of(school.ects["aisha"], 2)
    link = visitor.page.get_by_role("link", name="Aisha Khan: progress review 2")
    assert link.get_attribute("href") == f"/reviews/{review}"
    link.click()
    visitor.page.wait_for_load_state()
    assert "Aisha Khan" in visitor.main()


def test_a_step_that_an_administrator_adds_is_on_the_home_of_whoever_may_take_it(school, site, visit):
    """Not a line of code or template knows this step: only the workflow does."""
    before = frappe.get_doc(
        "Workflow", frappe.db.get_value("Workflow", {"document_type": "ECT", "is_active": 1})
    )
    kept = before.as_dict()
    try:
        insert_check_by_the_headteacher(before.name)
        with acting_as(school.place.administrator):
            from induction_app.workflows.act import act

            act("ECT", school.ects["dev"], "Ask the headteacher")
        frappe.db.commit()
        visitor = visit(school.person("head"))
        visitor.go("/")
        assert "With the headteacher first" in visitor.main()
        visitor.link("Dev Patel: registration")
        visitor.button("Check your answers")
        visitor.button("Yes, on it goes")
        assert "Registration with appropriate body" in visitor.main()
        administrator = visit(school.person("administrator"))
        administrator.go("/")
        assert "Dev Patel: registration" not in administrator.main()
    finally:
        frappe.db.rollback()
        workflow = frappe.get_doc("Workflow", kept.name)
        workflow.set("transitions", kept.transitions)
        frappe.db.set_value(
            "ECT", school.ects["dev"], {"workflow_state": "Registration being written", "stage": "drafting"}
        )
        workflow.set("states", kept.states)
        workflow.save()
        frappe.db.commit()


def insert_check_by_the_headteacher(name: str) -> None:
    """Between the school's writing and the body's check."""
    state = "With the headteacher first"
    for doctype, field, value in (
        ("Workflow State", "workflow_state_name", state),
        ("Workflow Action Master", "workflow_action_name", "Ask the headteacher"),
        ("Workflow Action Master", "workflow_action_name", "Yes, on it goes"),
    ):
        if not frappe.db.exists(doctype, value):
            frappe.get_doc({"doctype": doctype, field: value}).insert()
    workflow = frappe.get_doc("Workflow", name)
    workflow.append(
        "states",
        {
            "state": state,
            "doc_status": "0",
            "update_field": "stage",
            "update_value": "checking",
            "allow_edit": "Headteacher",
        },
    )
    for row in workflow.transitions:
        if (
            row.state == "Registration being written"
            and row.next_state == "Registration with appropriate body"
        ):
            row.next_state, row.action = state, "Ask the headteacher"
    workflow.append(
        "transitions",
        {
            "state": state,
            "action": "Yes, on it goes",
            "next_state": "Registration with appropriate body",
            "allowed": "Headteacher",
            "allow_self_approval": 1,
        },
    )
    workflow.save()
    frappe.db.commit()


def test_home_without_javascript(school, site, visit):
    visitor = visit(school.person("aisha"), javascript=False)
    visitor.go("/")
    assert "What you need to do" in visitor.main()
    assert visitor.page.locator("svg.tl--wide").is_visible()


def test_home_costs_no_more_queries_for_many_cases(site):
    """The officer's home, rendered here: more cases, not one more query."""
    at = factory.place()
    for _each in range(2):
        factory.registered_ect(at)
    with on_day(TODAY):
        few = queries_of_home(at.officer), queries_of_home(at.head)
    for _each in range(4):
        factory.registered_ect(at)
    with on_day(TODAY):
        many = queries_of_home(at.officer), queries_of_home(at.head)
    assert many == few
    assert max(few) < 60


def queries_of_home(user: str) -> int:
    """How many statements one look at home takes, as the database counts them."""
    from frappe.utils import set_request
    from frappe.website.serve import get_response

    with acting_as(user):
        frappe.session.data.csrf_token = frappe.generate_hash()  # as a session that has seen a form
        for _warm in range(2):
            forget_positions()
            frappe.db.value_cache.clear()
            set_request(method="GET", path="/")
            before = int(frappe.db.sql("show session status like 'Questions'")[0][1])
            answer = get_response("home")
            after = int(frappe.db.sql("show session status like 'Questions'")[0][1])
            frappe.local.request = None  # what follows in the test is no part of it
            assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return after - before - 1
