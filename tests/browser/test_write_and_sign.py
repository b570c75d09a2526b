"""Writing, commenting and signing, as the people do it: reviews, assessments, observations, action plans."""

import frappe
import pytest

from induction_app.workflows.act import act
from tests import factory
from tests.browser.records import account, by_keyboard, commit, fresh

EVIDENCE = "Two observations, six pupils' books and our fortnightly meetings.\n\nRoutines are secure."


@pytest.fixture(scope="module")
def place(bench_site):
    """A school with its people, for all tests here."""
    frappe.set_user("Administrator")
    at = factory.place()
    commit()
    return at


@pytest.fixture
def school(site, place):
    """The school with an ECT of its own in the first term, and the site's clock in December of it."""
    with factory.on_day("2024-12-05"):
        at = factory.Place(place.body, place.school, dict(place.people))
        at.people["ect"] = factory.registered_ect(at)
        at.people["teacher"] = factory.user_of(at.ect)
        at.people["review"] = factory.review_of(at.ect, 1)
        commit()
        yield at


def observe(at, standard: str = "7", note: str = "Two pupils drifted in the second transition.") -> str:
    with factory.acting_as(at.tutor):
        made = frappe.get_doc(
            {
                "doctype": "Observation",
                "ect": at.ect,
                "observer": at.tutor,
                "observed_on": "2024-10-03",
                "focus": "Routines",
                "strengths": "A crisp start.",
                "development_needs": "Plan the second transition.",
                "standards": [{"standard": standard, "note": note}],
            }
        ).insert()
        act("Observation", made.name, "Share with ECT")
    commit()
    return made.name


def answer_review(visitor, review: str) -> None:
    """Write a review from its first question to its check page."""
    page = visitor.page
    visitor.go(f"/reviews/{review}")
    page.get_by_role("link", name="Date of the review meeting").click()
    for label, text in (("Day", "4"), ("Month", "12"), ("Year", "2024")):
        page.get_by_label(label).fill(text)
    visitor.button("Save and continue")
    page.get_by_label("What does the evidence show?").fill(EVIDENCE)
    visitor.button("Save and continue")
    page.get_by_label("On track", exact=True).check()
    visitor.button("Save and continue")
    visitor.button("Add a target")
    page.get_by_label("What is the target?").fill("Plan every transition.")
    page.get_by_label("Which of the Teachers' Standards does it serve?").select_option("7")
    visitor.button("Save and continue")
    visitor.button("Continue")


def test_a_review_is_written_checked_and_sent(school, visit, screen):
    observe(school)
    visitor = visit(account(school.tutor), screen)
    visitor.go(f"/reviews/{school.review}")
    assert "Not started" in visitor.main()
    visitor.check("review-questions")
    visitor.page.get_by_role("link", name="Evidence in brief").click()
    assert "Plan the second transition." in visitor.main(), "observations stand beside the box"
    visitor.check("review-evidence")
    answer_review(visitor, school.review)
    assert visitor.heading() == "Check your answers"
    assert "Plan every transition." in visitor.main()
    visitor.check("review-check")
    visitor.button("Send to ECT")
    assert "Next: " in visitor.main()
    visitor.check("review-sent")
    saved = fresh("Progress Review", school.review)
    assert (saved.stage, saved.evidence_summary) == ("ect_comment", EVIDENCE)
    assert [(row.standard, row.target) for row in saved.targets] == [("7", "Plan every transition.")]
    assert not visitor.faults


def test_a_review_is_written_without_javascript(school, visit):
    visitor = visit(account(school.tutor), javascript=False)
    answer_review(visitor, school.review)
    assert visitor.heading() == "Check your answers"
    visitor.button("Send to ECT")
    assert fresh("Progress Review", school.review, "stage") == "ect_comment"


def test_not_on_track_asks_for_the_support_plan(school, visit, screen):
    visitor = visit(account(school.tutor), screen)
    visitor.go(f"/reviews/{school.review}/write/on-track")
    visitor.page.get_by_label("Not on track").check()
    visitor.button("Save and continue")
    assert visitor.heading() == "What support are you putting in place?"
    visitor.check("review-support")


def test_what_is_missing_leads_to_its_question(school, visit):
    visitor = visit(account(school.tutor))
    visitor.go(f"/reviews/{school.review}/act/send-to-ect")
    visitor.button("Send to ECT")
    assert "Review meeting on: fill this in before you send it on." in visitor.main()
    visitor.check("review-incomplete")
    visitor.page.get_by_role("link", name="Review meeting on: fill this in").click()
    assert visitor.heading() == "When was the review meeting?"
    visitor.page.get_by_label("Day").fill("4")
    visitor.page.get_by_label("Month").fill("12")
    visitor.page.get_by_label("Year").fill("2024")
    visitor.button("Save and continue")
    assert visitor.heading() == "Check your answers", "back to where the person came from"


def test_a_target_is_changed_and_removed(school, visit):
    visitor = visit(account(school.tutor))
    visitor.go(f"/reviews/{school.review}/write/targets")
    for text in ("First target", "Second target"):
        visitor.page.get_by_role("button", name="Add a").or_(
            visitor.page.get_by_role("button", name="Add another")
        ).click()
        visitor.page.get_by_label("What is the target?").fill(text)
        visitor.button("Save and continue")
    visitor.page.get_by_role("link", name="Change target 1").click()
    assert visitor.page.get_by_label("What is the target?").input_value() == "First target"
    visitor.page.get_by_label("What is the target?").fill("Changed target")
    visitor.button("Save and continue")
    visitor.page.get_by_role("button", name="Remove target 2").click()
    visitor.page.wait_for_load_state()
    assert [row.target for row in fresh("Progress Review", school.review).targets] == ["Changed target"]


def test_text_is_saved_while_it_is_written(school, visit):
    visitor = visit(account(school.tutor))
    visitor.go(f"/reviews/{school.review}/write/evidence")
    visitor.page.get_by_label("What does the evidence show?").press_sequentially("Half a thought")
    visitor.page.get_by_text("Saved at").wait_for(timeout=15_000)
    assert fresh("Progress Review", school.review, "evidence_summary") == "Half a thought"
    # What the page saved by itself is nobody else's change.
    visitor.page.get_by_label("What does the evidence show?").press_sequentially(", now whole.")
    visitor.button("Save and continue")
    assert "changed this" not in visitor.main()
    assert fresh("Progress Review", school.review, "evidence_summary") == "Half a thought, now whole."


def test_text_outlives_a_lost_connection(school, visit):
    visitor = visit(account(school.tutor))
    visitor.go(f"/reviews/{school.review}/write/evidence")
    visitor.context.set_offline(True)
    visitor.page.get_by_label("What does the evidence show?").press_sequentially("Written on the train")
    visitor.page.get_by_role("button", name="Save and continue").click()
    visitor.page.get_by_text("You are not connected. Your text is kept on this device").wait_for()
    visitor.context.set_offline(False)
    visitor.page.reload()
    assert visitor.page.get_by_label("What does the evidence show?").input_value() == "Written on the train"
    visitor.button("Save and continue")
    assert fresh("Progress Review", school.review, "evidence_summary") == "Written on the train"


def test_two_people_on_one_answer(school, visit, screen):
    tutor = visit(account(school.tutor), screen)
    tutor.go(f"/reviews/{school.review}/write/evidence")
    with factory.acting_as("Administrator"):
        other = frappe.get_doc("Progress Review", school.review)
        other.evidence_summary = "What the other one wrote."
        other.save()
    commit()
    tutor.page.get_by_label("What does the evidence show?").fill("What the tutor wrote.")
    tutor.button("Save and continue")
    assert "Administrator changed this while you were writing" in tutor.main()
    assert "What the other one wrote." in tutor.main()
    assert tutor.page.get_by_label("What does the evidence show?").input_value() == "What the tutor wrote."
    tutor.check("review-two-people")
    assert fresh("Progress Review", school.review, "evidence_summary") == "What the other one wrote."
    tutor.button("Save and continue")
    assert fresh("Progress Review", school.review, "evidence_summary") == "What the tutor wrote."


def test_two_people_on_different_answers(school, visit):
    tutor = visit(account(school.tutor))
    tutor.go(f"/reviews/{school.review}/write/evidence")
    with factory.acting_as("Administrator"):
        other = frappe.get_doc("Progress Review", school.review)
        other.append("standards", {"standard": "3", "progress": "On track"})
        other.save()
    commit()
    tutor.page.get_by_label("What does the evidence show?").fill("What the tutor wrote.")
    tutor.button("Save and continue")
    assert "Administrator changed other parts of this at the same time. Both are saved." in tutor.main()
    saved = fresh("Progress Review", school.review)
    assert saved.evidence_summary == "What the tutor wrote."
    assert [row.standard for row in saved.standards] == ["3"]


def test_the_ect_comments_and_all_three_sign_what_they_see(school, visit, screen):
    factory.write_review(school, school.review, "2024-12-04")
    commit()
    ect = visit(account(school.teacher), screen)
    ect.go(f"/reviews/{school.review}")
    assert "Read it and comment" in ect.main()
    ect.check("review-ect-turn")
    ect.button("Send comment")
    assert "Planning, books and three observations." in ect.main(), (
        "what is commented on stands above the box"
    )
    ect.page.get_by_label("Your comment").fill("I agree, and would like to see Year 5.")
    ect.check("review-comment")
    ect.button("Send comment")
    for who, action, name in (
        (school.tutor, "Sign as tutor", "tutor"),
        (school.head, "Sign as headteacher", "head"),
        (school.teacher, "Sign", "ect"),
    ):
        visitor = visit(account(who), screen)
        visitor.go(f"/reviews/{school.review}")
        visitor.button(action)
        doc = fresh("Progress Review", school.review)
        capacity = {"tutor": "induction_tutor", "head": "headteacher", "ect": "ect"}[name]
        shown = visitor.page.locator(".record-kept").text_content()
        assert shown == doc.text_to_sign(capacity)
        for text in (
            "I agree, and would like to see Year 5.",
            "Use the school's routines from the first minute.",
        ):
            assert text in visitor.page.locator(".record-paper").inner_text()
        visitor.button(action)
        assert "Confirm that you have read the text and sign it" in visitor.main()
        visitor.page.get_by_label("I have read this text").check()
        visitor.check(f"review-sign-{name}")
        visitor.button(action)
        assert "You have signed." in visitor.main()
        assert doc.hash_to_sign(capacity) in frappe.get_all(
            "Induction Signature",
            pluck="content_hash",
            filters={
                "reference_name": school.review,
                "person": who,
            },
        ) or fresh("Progress Review", school.review).signatures()[-1].content_hash == doc.hash_to_sign(
            capacity
        )
    assert fresh("Progress Review", school.review, "stage") == "ab_receipt"


def test_signing_by_keyboard_alone(school, visit):
    factory.write_review(school, school.review, "2024-12-04")
    with factory.acting_as(school.teacher):
        act("Progress Review", school.review, "Send comment")
    commit()
    visitor = visit(account(school.tutor))
    visitor.go(f"/reviews/{school.review}")
    by_keyboard(visitor, "Sign as tutor")
    visitor.page.wait_for_url("**/act/sign-as-tutor")
    by_keyboard(visitor, "I have read this text, and sign it as induction tutor", "checkbox")
    by_keyboard(visitor, "Sign as tutor")
    visitor.page.wait_for_url(f"**/reviews/{school.review}")
    assert "You have signed." in visitor.main()
    assert fresh("Progress Review", school.review, "stage") == "head_signature"


def test_signing_without_javascript(school, visit):
    factory.write_review(school, school.review, "2024-12-04")
    with factory.acting_as(school.teacher):
        act("Progress Review", school.review, "Send comment")
    commit()
    visitor = visit(account(school.tutor), javascript=False)
    visitor.go(f"/reviews/{school.review}")
    visitor.page.get_by_role("button", name="Sign as tutor").click()
    visitor.page.get_by_label("I have read this text").check()
    visitor.button("Sign as tutor")
    assert fresh("Progress Review", school.review, "stage") == "head_signature"


def test_one_person_in_both_capacities_says_so(school, visit, screen):
    if not frappe.db.exists("Induction Staff", {"user": school.tutor, "role": "Headteacher"}):
        factory.position(school.tutor, "Headteacher", school=school.school)
    factory.write_review(school, school.review, "2024-12-04")
    with factory.acting_as(school.teacher):
        act("Progress Review", school.review, "Send comment")
    with factory.acting_as(school.tutor):
        act("Progress Review", school.review, "Sign as tutor")
    commit()
    visitor = visit(account(school.tutor), screen)
    visitor.go(f"/reviews/{school.review}/act/sign-as-headteacher")
    visitor.page.get_by_label("I have read this text").check()
    visitor.button("Sign as headteacher")
    assert "knowingly sign in both capacities (paragraph 2.45)" in visitor.main()
    assert not visitor.page.get_by_label("I have read this text").is_checked(), "ticked anew each time"
    visitor.page.get_by_label("I have read this text").check()
    visitor.page.get_by_label("I hold both roles").check()
    visitor.check("review-both-capacities")
    visitor.button("Sign as headteacher")
    assert "You have signed." in visitor.main()
    signature = fresh("Progress Review", school.review).signatures()[-1]
    assert (signature.capacity, signature.person) == ("headteacher", school.tutor)


def test_a_text_that_changed_meanwhile_is_not_signed(school, visit):
    factory.write_review(school, school.review, "2024-12-04")
    with factory.acting_as(school.teacher):
        act("Progress Review", school.review, "Send comment")
    commit()
    visitor = visit(account(school.tutor))
    visitor.go(f"/reviews/{school.review}/act/sign-as-tutor")
    with factory.acting_as("Administrator"):  # back to the start and here again, with another text
        act("Progress Review", school.review, "Rewrite", reason="A word")
        factory.write_review(school, school.review, "2024-12-04", evidence_summary="Another text altogether.")
    with factory.acting_as(school.teacher):
        act("Progress Review", school.review, "Send comment")
    commit()
    visitor.page.get_by_label("I have read this text").check()
    visitor.button("Sign as tutor")
    assert "This text has changed since you opened it." in visitor.main()
    assert "Another text altogether." in visitor.page.locator(".record-paper").inner_text()
    assert fresh("Progress Review", school.review, "stage") == "tutor_signature"
    visitor.page.get_by_label("I have read this text").check()
    visitor.button("Sign as tutor")
    assert fresh("Progress Review", school.review, "stage") == "head_signature"


def test_sent_back_with_a_reason(school, visit, screen):
    factory.write_review(school, school.review, "2024-12-04")
    commit()
    ect = visit(account(school.teacher), screen)
    ect.go(f"/reviews/{school.review}")
    ect.page.get_by_role("link", name="Return to tutor").click()
    ect.button("Return to tutor")
    assert "Enter what has to change" in ect.main()
    ect.page.get_by_label("What has to change?").fill("The meeting was on 3 December.")
    ect.check("review-return")
    ect.button("Return to tutor")
    tutor = visit(account(school.tutor), screen)
    tutor.go(f"/reviews/{school.review}")
    assert "Sent back to be changed" in tutor.main()
    assert "The meeting was on 3 December." in tutor.main()
    tutor.check("review-returned")


def test_back_and_double_click_never_send_twice(school, visit):
    factory.write_review(school, school.review, "2024-12-04")
    commit()
    visitor = visit(account(school.teacher))
    visitor.go(f"/reviews/{school.review}/act/send-comment")
    visitor.page.get_by_label("Your comment").fill("I agree.")
    visitor.page.get_by_role("button", name="Send comment").dblclick()
    visitor.page.wait_for_url(f"**/reviews/{school.review}")
    visitor.page.go_back()
    if visitor.page.get_by_role("button", name="Send comment").count():
        visitor.button("Send comment")
    moves = frappe.get_all(
        "Induction Event",
        filters={"reference_name": school.review, "stage": "tutor_signature", "event": "moved"},
    )
    frappe.db.rollback()
    assert len(moves) <= 1
    assert fresh("Progress Review", school.review, "stage") == "tutor_signature"


def test_an_administrators_own_step_has_its_page_and_button(school, visit, screen):
    shipped = frappe.get_doc("Workflow", {"document_type": "Progress Review", "is_active": 1}).as_dict()
    try:
        _insert_deputy_check(school)
        factory.write_review(school, school.review, "2024-12-04")
        with factory.acting_as(school.teacher):
            act("Progress Review", school.review, "Send comment")
        commit()
        deputy = visit(account(school.deputy), screen)
        deputy.go(f"/reviews/{school.review}")
        assert "With the deputy head" in deputy.main()
        deputy.check("review-own-step")
        deputy.button("Deputy has checked")
        assert "Planning, books and three observations." in deputy.main()
        deputy.check("review-own-step-act")
        deputy.button("Deputy has checked")
        assert fresh("Progress Review", school.review, "stage") == "tutor_signature"
    finally:
        frappe.db.rollback()
        _put_back(shipped)


def _insert_deputy_check(at) -> None:
    for doctype, name, values in (
        ("Role", "Deputy Head", {"role_name": "Deputy Head"}),
        (
            "Induction Role",
            "Deputy Head",
            {"role": "Deputy Head", "capacity": "school_colleague", "scope": "School"},
        ),
        ("Workflow State", "With the deputy head", {"workflow_state_name": "With the deputy head"}),
        ("Workflow Action Master", "Deputy has checked", {"workflow_action_name": "Deputy has checked"}),
    ):
        if not frappe.db.exists(doctype, name):
            frappe.get_doc({"doctype": doctype, **values}).insert()
    from frappe.permissions import add_permission, update_permission_property

    add_permission("Progress Review", "Deputy Head", 0)
    update_permission_property("Progress Review", "Deputy Head", 0, "write", 1)
    at.people["deputy"] = factory.person("Deputy", "Deputy Head", school=at.school)
    workflow = frappe.get_doc("Workflow", {"document_type": "Progress Review", "is_active": 1})
    comment = next(row for row in workflow.states if row.update_value == "ect_comment")
    tutor = next(row for row in workflow.states if row.update_value == "tutor_signature")
    workflow.append(
        "states",
        {
            "state": "With the deputy head",
            "doc_status": "0",
            "update_field": "stage",
            "update_value": "checking",
            "allow_edit": "Deputy Head",
        },
    )
    for row in workflow.transitions:
        if row.state == comment.state and row.next_state == tutor.state:
            row.next_state = "With the deputy head"
    workflow.append(
        "transitions",
        {
            "state": "With the deputy head",
            "action": "Deputy has checked",
            "next_state": tutor.state,
            "allowed": "Deputy Head",
            "allow_self_approval": 1,
        },
    )
    workflow.save()
    commit()


def _put_back(shipped) -> None:
    workflow = frappe.get_doc("Workflow", shipped.name)
    for table in ("states", "transitions"):
        workflow.set(table, [{k: v for k, v in row.items() if k != "name"} for row in shipped[table]])
    frappe.db.delete("Custom DocPerm", {"parent": "Progress Review"})
    stray = frappe.get_all(
        "Progress Review", filters={"workflow_state": "With the deputy head"}, pluck="name"
    )
    for name in stray:
        frappe.db.set_value(
            "Progress Review", name, {"workflow_state": shipped.states[0].state, "stage": "drafting"}
        )
    workflow.save()
    frappe.clear_cache()
    commit()


def test_an_assessment_is_judged_standard_by_standard(school, visit, screen):
    observe(school)
    assessment = factory.assessment_of(school.ect, "First")
    visitor = visit(account(school.tutor), screen)
    visitor.go(f"/assessments/{assessment}")
    visitor.check("assessment-questions")
    visitor.page.get_by_role("link", name="7 Behaviour managed").click()
    beside = visitor.page.locator(".record-beside").inner_text()
    assert "Two pupils drifted in the second transition." in beside
    visitor.page.get_by_text("See a completed example").click()
    visitor.page.get_by_label("Satisfactory", exact=True).check()
    visitor.page.get_by_label("Evidence").fill("Seen in three lessons.")
    visitor.check("assessment-standard")
    visitor.button("Save and continue")
    assert visitor.heading() == "8 Wider professional responsibilities"
    row = next(row for row in fresh("Formal Assessment", assessment).judgements if row.standard == "7")
    assert (row.judgement, row.evidence) == ("Satisfactory", "Seen in three lessons.")
    visitor.go(f"/assessments/{assessment}/write/overall")
    visitor.page.get_by_label("Not satisfactory").check()
    visitor.button("Save and continue")
    assert visitor.heading() == "What additional monitoring and support is put in place?"


@pytest.mark.parametrize(
    "example",
    [
        "progress-review",
        "progress-review-not-on-track",
        "assessment-first",
        "assessment-final",
        "assessment-interim",
        "observation",
        "action-plan",
    ],
)
def test_the_completed_examples(school, visit, example):
    visitor = visit(account(school.tutor))
    visitor.go(f"/examples/{example}")
    assert visitor.page.locator(".record-paper .record-section").count() >= 2
    visitor.check(f"example-{example}")


def test_an_observation_is_recorded_shared_and_reflected_on(school, visit, screen):
    mentor = visit(account(school.mentor), screen)
    mentor.go(f"/cases/{school.ect}/observations/new")
    mentor.page.get_by_label("Class and subject").fill("Year 8 history")
    mentor.page.get_by_label("What focus did you agree beforehand?").fill("Questions for every pupil")
    mentor.check("observation-begin")
    mentor.button("Begin")
    name = mentor.page.url.split("/observations/")[1].split("/")[0]
    mentor.go(f"/observations/{name}/write/standards")
    mentor.page.get_by_label("6 Accurate and productive use of assessment").check()
    mentor.page.get_by_label("What did you see?").locator("visible=true").fill(
        "Eleven pupils were asked by name."
    )
    mentor.check("observation-standards")
    mentor.button("Save and continue")
    mentor.page.get_by_label("What went well?").fill("The opening question.")
    mentor.button("Save and continue")
    mentor.page.get_by_label("What should be developed?").fill("Come back to thin answers.")
    mentor.button("Save and continue")
    mentor.go(f"/observations/{name}")
    mentor.button("Share with ECT")
    mentor.check("observation-check")
    mentor.button("Share with ECT")
    ect = visit(account(school.teacher), screen)
    ect.go(f"/observations/{name}")
    assert "Come back to thin answers." in ect.main()
    ect.button("Finish")
    ect.page.get_by_label("Your reflection").fill("I shall script two questions.")
    ect.button("Finish")
    ect.check("observation-shared")
    saved = fresh("Observation", name)
    assert (saved.stage, saved.ect_reflection) == ("shared", "I shall script two questions.")
    assert [(row.standard, row.note) for row in saved.standards] == [
        ("6", "Eleven pupils were asked by name.")
    ]


def test_an_action_plan_from_concern_to_close(school, visit, screen):
    tutor = visit(account(school.tutor), screen)
    tutor.go(f"/cases/{school.ect}/plans/new")
    tutor.page.get_by_label("What is causing concern?").fill("Behaviour in afternoon lessons.")
    tutor.button("Begin")
    name = tutor.page.url.split("/plans/")[1].split("/")[0]
    tutor.go(f"/plans/{name}/write/targets/new")
    tutor.page.get_by_label("What is the target?").fill("Seated and silent in three minutes")
    tutor.page.get_by_label("How will you all know that it is met?").fill("Seen in four observations")
    for label, text in (("Day", "10"), ("Month", "1"), ("Year", "2025")):
        tutor.page.get_by_label(label).fill(text)
    tutor.check("plan-target")
    tutor.button("Save and continue")
    tutor.check("plan-targets")
    tutor.button("Continue")
    for label, text in (("Day", "17"), ("Month", "1"), ("Year", "2025")):
        tutor.page.get_by_label(label).fill(text)
    tutor.button("Save and continue")
    assert tutor.heading() == "Check your answers"
    tutor.check("plan-check")
    tutor.button("Share plan")
    ect = visit(account(school.teacher), screen)
    ect.go(f"/plans/{name}/act/send-comment")
    ect.page.get_by_label("Your comment").fill("This is fair.")
    ect.button("Send comment")
    assert fresh("Action Plan", name, "stage", "ect_comment") == {
        "stage": "active",
        "ect_comment": "This is fair.",
    }
    tutor.go(f"/plans/{name}/act/start-review")
    tutor.button("Start review")
    tutor.page.get_by_role("link", name="Result of each target").click()
    tutor.page.get_by_label("Met", exact=True).check()
    tutor.check("plan-results")
    tutor.button("Save and continue")
    tutor.go(f"/plans/{name}/write/review-notes")
    tutor.page.get_by_label("What did the review find?").fill("The target is met.")
    tutor.button("Save and continue")
    tutor.go(f"/plans/{name}")
    tutor.check("plan-reviewing")
    tutor.button("Close, targets met")
    tutor.button("Close, targets met")
    assert fresh("Action Plan", name, "stage") == "met"


def test_a_stranger_sees_nothing_and_is_told_whom_to_ask(school, visit):
    stranger = factory.place()
    commit()
    visitor = visit(account(stranger.tutor))
    for path in ("", "/write/evidence", "/act/send-to-ect"):
        answer = visitor.page.goto(f"/reviews/{school.review}{path}")
        assert answer.status == 403
        assert "Evidence" not in visitor.main()


def test_a_tutors_draft_is_not_the_ects_to_read(school, visit):
    visitor = visit(account(school.teacher))
    assert visitor.page.goto(f"/reviews/{school.review}").status == 403


def test_nobody_acts_where_it_is_not_their_turn(school, visit):
    factory.write_review(school, school.review, "2024-12-04")
    commit()
    visitor = visit(account(school.tutor))
    visitor.go(f"/reviews/{school.review}")
    assert "Waiting for" in visitor.main()
    assert visitor.page.get_by_role("button", name="Send comment").count() == 0
    assert visitor.page.goto(f"/reviews/{school.review}/act/send-comment").status == 403
    assert visitor.page.goto(f"/reviews/{school.review}/write/evidence").status == 403
    assert visitor.page.goto(f"/reviews/{school.review}/write/nothing").status == 404
