"""Desk in the browser, as an administrator uses it: no error in the console, no file missing, no other host."""

import io
import os
import re
from collections.abc import Callable

import frappe
import pypdf
import pytest
from playwright.sync_api import Response, expect

from induction_app.api.records import actions
from induction_app.workflows.act import act
from tests import factory
from tests.browser.chromium import Visitor, screenshots
from tests.browser.people import Person


@pytest.fixture
def desk(visit: Callable[..., Visitor]) -> Visitor:
    """Open a browser for the Administrator, in which an answer that says no counts as a fault."""
    password = os.environ["INDUCTION_ADMINISTRATOR_PASSWORD"]
    visitor = visit(Person("Administrator", password, "Administrator"))

    def watch(response: Response) -> None:
        if response.status >= 400:
            visitor.faults.append(f"{response.status} {response.url}")

    visitor.page.on("response", watch)
    return visitor


@pytest.fixture
def ect(site: None) -> str:
    """Register an ECT whose registration is being written; committed, for the web server."""
    name = factory.draft_ect(factory.shared_place())
    frappe.db.commit()
    return name


def open_at(visitor: Visitor, path: str) -> None:
    """Open a page of Desk and wait until it is drawn."""
    visitor.go(path)
    visitor.page.wait_for_load_state("networkidle")


def seen(visitor: Visitor, name: str) -> None:
    """Take a screenshot, and fail on what went wrong since the last."""
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.screenshot(path=screenshots() / f"desk-{name}.png")
    assert visitor.faults == []


def test_home_list_report_and_form(desk, ect):
    open_at(desk, "/desk")
    seen(desk, "home")
    open_at(desk, "/desk/ect")
    expect(desk.page.locator(".list-row").first).to_be_visible()
    seen(desk, "list")
    open_at(desk, "/desk/ect/view/report")
    expect(desk.page.locator(".dt-row").first).to_be_visible()
    seen(desk, "report")
    open_at(desk, f"/desk/ect/{ect}")
    expect(desk.page.locator(".title-text").first).to_be_visible()
    seen(desk, "form")


def test_record_is_written_and_read_back(site, desk):
    open_at(desk, "/desk/note/new")
    desk.page.locator("input[data-fieldname=title]").fill("Written in Desk")
    desk.page.keyboard.press("Tab")
    desk.page.get_by_role("button", name="Save").click()
    expect(desk.page).to_have_url(re.compile(r"/desk/note/(?!new)"), timeout=30_000)
    seen(desk, "saved")
    frappe.db.rollback()
    frappe.delete_doc("Note", frappe.db.get_value("Note", {"title": "Written in Desk"}))
    frappe.db.commit()


def test_workflow_button_moves_the_record_on(desk, ect):
    before = frappe.db.get_value("ECT", ect, "stage")
    open_at(desk, f"/desk/ect/{ect}")
    desk.page.get_by_role("button", name="Actions").click()
    menu = desk.page.locator(".actions-btn-group .dropdown-menu")
    # The first of the workflow's own actions, whatever an administrator calls it.
    with desk.page.expect_response(re.compile("apply_workflow"), timeout=60_000) as answer:
        menu.locator(".dropdown-item").first.click()
    assert answer.value.ok
    seen(desk, "workflow-action")
    frappe.db.rollback()
    assert frappe.db.get_value("ECT", ect, "stage") != before


def test_record_is_sent_back_with_a_reason(desk, ect):
    with factory.acting_as(factory.shared_place().administrator):
        act("ECT", ect, "Send to appropriate body")
    frappe.db.commit()
    with factory.acting_as(factory.shared_place().officer):
        (returning,) = actions("ECT", ect)["needing_reason"]
    open_at(desk, f"/desk/ect/{ect}")
    press_action(desk, returning)
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("dialog")).to_be_hidden()
    assert stage_of(ect) == "ab_check"  # who closes the question has thought better of it
    press_action(desk, returning)
    asking = desk.page.get_by_role("dialog").filter(has_text="What has to change")
    asking.get_by_role("textbox").fill("Which year groups will she teach?")
    with desk.page.expect_response(re.compile("apply_workflow"), timeout=30_000) as answer:
        asking.get_by_role("button", name="Send back").click()
    assert answer.value.ok
    expect(asking).to_be_hidden()
    seen(desk, "sent-back")
    assert stage_of(ect) == "returned"
    assert frappe.db.get_value("ECT", ect, "return_reason") == "Which year groups will she teach?"


def press_action(visitor: Visitor, action: str) -> None:
    """Choose one of the workflow's actions on the open form."""
    visitor.page.get_by_role("button", name="Actions").click()
    visitor.page.locator(".actions-btn-group .dropdown-menu").get_by_text(action, exact=True).click()
    expect(visitor.page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()


def stage_of(ect: str) -> str:
    """The stage the web server has saved."""
    frappe.db.rollback()
    return frappe.db.get_value("ECT", ect, "stage")


def test_workflow_form_and_builder_show_every_state(site, desk):
    name = frappe.db.get_value("Workflow", {"document_type": "Progress Review", "is_active": 1})
    workflow = frappe.get_doc("Workflow", name)
    open_at(desk, f"/desk/workflow/{name}")
    expect(desk.page.locator("[data-fieldname=states] .grid-row[data-idx]").first).to_be_visible()
    seen(desk, "workflow")
    open_at(desk, f"/desk/workflow-builder/{name}")
    desk.page.get_by_role("button", name="Fit").click()
    for state in {row.state for row in workflow.states}:
        expect(desk.page.locator(".vue-flow__node", has_text=state).first).to_be_attached()
    # The builder's own styles are part of its bundle: without them nothing is laid out.
    assert (
        desk.page.locator(".vue-flow__node").first.evaluate("node => getComputedStyle(node).position")
        == "absolute"
    )
    seen(desk, "workflow-builder")


def test_record_is_printed_as_pdf(desk, ect):
    desk.go(f"/desk/print/ECT/{ect}")
    sheet = desk.page.frame_locator("iframe.print-format-container").locator(".print-format")
    expect(sheet).to_contain_text(ect, timeout=30_000)
    desk.page.screenshot(path=screenshots() / "desk-print.png")
    assert desk.faults == []
    answer = desk.context.request.get(
        f"{desk.url}/api/method/frappe.utils.print_format.download_pdf?doctype=ECT&name={ect}"
    )
    assert answer.headers["content-type"] == "application/pdf"
    assert len(pypdf.PdfReader(io.BytesIO(answer.body())).pages) >= 1


def test_file_is_attached(desk, ect):
    open_at(desk, f"/desk/ect/{ect}")
    desk.page.locator(".form-attachments button, .add-attachment-btn").first.click()
    desk.page.set_input_files(
        "input[type=file]", files=[{"name": "certificate.txt", "mimeType": "text/plain", "buffer": b"QTS"}]
    )
    seen(desk, "upload")
    desk.page.get_by_role("button", name="Upload", exact=True).click()
    expect(
        desk.page.locator(".form-attachments, .attachment-row").get_by_text("certificate").first
    ).to_be_visible()
    seen(desk, "attached")
    frappe.db.rollback()
    file = frappe.get_doc("File", {"attached_to_doctype": "ECT", "attached_to_name": ect})
    assert file.is_private == 1
    assert file.get_content() in ("QTS", b"QTS")
    answer = desk.context.request.get(f"{desk.url}{file.file_url}")
    assert answer.text() == "QTS"


@pytest.mark.parametrize(
    "page",
    [
        "/desk/workflow",
        "/desk/permission-manager",
        "/desk/system-settings",
        "/desk/customize-form",
        "/desk/data-import/new",
        "/desk/print-format/new",
        "/desk/email-queue",
        "/desk/system-health-report",
        "/desk/event/view/calendar/default",
        "/desk/file/view/home",
    ],
)
def test_tools_of_an_administrator_open(site, desk, page):
    open_at(desk, page)
    seen(desk, page.removeprefix("/desk/").replace("/", "-"))
