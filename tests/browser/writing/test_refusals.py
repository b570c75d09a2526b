"""Records of others, drafts of others and other people's turns stay closed."""

from tests import factory
from tests.browser.records import account, commit


def test_a_stranger_sees_nothing_and_is_told_whom_to_ask(school, visit):
    stranger = factory.place()
    commit()
    visitor = visit(account(stranger.tutor))
    for path in ("", "/write/evidence", "/act/send-to-ect"):
        answer = visitor.page.goto(f"/reviews/{school.review}{path}")
        assert answer.status == 403
        assert "Evidence" not in visitor.main()
        assert "Whom to ask" in visitor.main() or "Ask the person" in visitor.main()


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
