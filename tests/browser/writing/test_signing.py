"""Commenting and signing: each sees exactly what is signed, in turn, by mouse, keyboard or without a script."""

import frappe

from induction_app.workflows.act import act
from tests import factory
from tests.browser.records import account, commit, fresh


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
    frappe.db.rollback()
    moved = {"reference_name": school.review, "stage": "tutor_signature", "event": "moved"}
    assert frappe.db.count("Induction Event", moved) == 1
    assert fresh("Progress Review", school.review, "stage") == "tutor_signature"
