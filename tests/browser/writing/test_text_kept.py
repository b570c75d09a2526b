"""What is typed is on the server without a button, and on the device where there is no connection."""

import pytest

from tests.browser.records import account, fresh

QUESTION = "What does the evidence show?"


@pytest.fixture
def page_of(school, visit, screen):
    """The tutor at the question about the evidence, its box, and its text as the server has it."""
    visitor = visit(account(school.tutor), screen)
    visitor.go(f"/reviews/{school.review}/write/evidence")
    visitor.page.wait_for_load_state("networkidle")  # some tests cut the connection next
    return visitor, lambda: fresh("Progress Review", school.review, "evidence_summary")


def box_of(visitor):
    return visitor.page.get_by_label(QUESTION)


def test_text_is_saved_while_it_is_written(page_of):
    visitor, saved = page_of
    box_of(visitor).press_sequentially("Half a thought")
    visitor.page.get_by_text("Saved at").wait_for()
    assert saved() == "Half a thought"
    visitor.check("review-saved-by-itself")
    # What the page saved by itself is nobody else's change.
    box_of(visitor).press_sequentially(", now whole.")
    visitor.button("Save and continue")
    assert "changed this" not in visitor.main()
    assert saved() == "Half a thought, now whole."


def test_the_page_shows_what_it_saved_by_itself(page_of):
    visitor, _saved = page_of
    box_of(visitor).press_sequentially("Half a thought")
    visitor.page.get_by_text("Saved at").wait_for()
    visitor.page.reload()
    assert box_of(visitor).input_value() == "Half a thought"
    assert "We have put back" not in visitor.main(), "nothing is left on the device"
    assert visitor.page.evaluate("Object.keys(localStorage).length") == 0


def test_text_is_saved_when_the_connection_is_back(page_of):
    visitor, saved = page_of
    visitor.context.set_offline(True)
    box_of(visitor).press_sequentially("Written on the train")
    visitor.page.get_by_text("Not saved yet. Your text is kept on this device.").wait_for()
    assert not saved()
    visitor.context.set_offline(False)
    visitor.page.get_by_text("Saved at").wait_for()
    assert saved() == "Written on the train"


def test_text_outlives_a_lost_connection_and_a_closed_page(page_of):
    visitor, saved = page_of
    address = visitor.page.url
    visitor.context.set_offline(True)
    box_of(visitor).press_sequentially("Written on the train")
    visitor.page.get_by_role("button", name="Save and continue").click()
    visitor.page.get_by_text("You are not connected. Your text is kept on this device").wait_for()
    visitor.check("review-not-connected")
    visitor.page.close()
    visitor.context.set_offline(False)
    assert not saved()
    visitor.page = visitor.new_page()
    visitor.go(address)
    assert "We have put back what you wrote on this device and had not saved" in visitor.main()
    assert box_of(visitor).input_value() == "Written on the train"
    visitor.check("review-put-back")
    visitor.button("Save and continue")
    assert saved() == "Written on the train"
