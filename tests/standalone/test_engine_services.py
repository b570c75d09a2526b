"""Jobs, mails, papers and API of the engine, as the framework has them."""

import io
import os
import time
from email import message_from_bytes, policy
from pathlib import Path

import frappe
import pypdf
import pytest
import requests
from frappe.utils import pdf


def until(condition, seconds: float = 30):
    """Return what `condition` returns once it is true; fail when it never is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.1)
    pytest.fail("Nothing came in time.")


@pytest.fixture
def administrator(url) -> requests.Session:
    """Return the Administrator's session with the web server."""
    session = requests.Session()
    answer = session.post(
        f"{url}/api/method/login",
        data={"usr": "Administrator", "pwd": os.environ["INDUCTION_ADMINISTRATOR_PASSWORD"]},
    )
    assert answer.status_code == 200
    return session


def test_job_runs_in_the_worker_after_the_commit(site):
    frappe.enqueue(
        "frappe.client.insert", enqueue_after_commit=True, doc={"doctype": "Note", "title": "From the worker"}
    )
    time.sleep(1)
    assert not frappe.db.exists("Note", {"title": "From the worker"})
    frappe.db.commit()

    def arrived():
        frappe.db.rollback()
        return frappe.db.exists("Note", {"title": "From the worker"})

    frappe.delete_doc("Note", until(arrived))
    frappe.db.commit()


def test_scheduler_finds_the_jobs_of_every_app(site):
    from frappe.utils import scheduler

    methods = frappe.get_all("Scheduled Job Type", pluck="method")
    assert any(method.startswith("induction_app.") for method in methods)
    assert any(method.startswith("frappe.") for method in methods)
    # The bare call decides for the open site; the loop over sites leaves one whose scheduler is off alone.
    assert scheduler.enqueue_events() is None or isinstance(scheduler.enqueue_events(), list)
    assert callable(scheduler.enqueue_events_for_all_sites)


def test_mail_leaves_by_smtp_and_lies_in_a_file(site):
    folder = Path(os.environ["INDUCTION_MAIL"])
    subject = f"A mail of a test {time.monotonic_ns()}"
    frappe.sendmail(
        recipients=["ann.bell@example.org"], subject=subject, message="<p>Good morning</p>", now=True
    )
    frappe.db.commit()

    def arrived():
        mails = [
            message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml")
        ]
        return [mail for mail in mails if mail["subject"] == subject]

    (mail,) = until(arrived)
    assert mail["to"] == "ann.bell@example.org"
    assert "Good morning" in mail.get_body(("plain",)).get_content()


def test_error_is_logged_without_the_reporting_service(site):
    name = frappe.log_error(title="A test of logging", message="what happened").name
    assert frappe.db.get_value("Error Log", name, "method") == "A test of logging"


def test_contact_and_event_are_saved_without_google(site):
    contact = frappe.get_doc(doctype="Contact", first_name="Ann").insert()
    event = frappe.get_doc(doctype="Event", subject="Visit", starts_on=frappe.utils.now_datetime()).insert()
    assert frappe.db.exists("Contact", contact.name) and frappe.db.exists("Event", event.name)


def test_pdf_has_the_pages_that_were_asked_for(site):
    content = pdf.get_pdf("<h1>Review</h1>", {"page-size": "A5", "orientation": "Landscape"})
    page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
    assert "Review" in page.extract_text()
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 420)


def test_pdf_can_be_locked_and_joined(site):
    locked = pypdf.PdfReader(io.BytesIO(pdf.get_pdf("<p>x</p>", {"password": "open it"})))
    assert locked.is_encrypted and locked.decrypt("open it")
    writer = pdf.get_pdf("<p>second</p>", output=pdf.get_pdf("<p>first</p>", output=pypdf.PdfWriter()))
    assert [page.extract_text().strip() for page in writer.pages] == ["first", "second"]


def test_record_is_printed(site):
    html = frappe.get_print("User", "Administrator")
    assert 'id="header-html"' in html
    assert "admin@example.com" in html
    assert frappe.get_print("User", "Administrator", as_pdf=True).startswith(b"%PDF")


def test_printed_record_repeats_header_and_counts_pages(site):
    html = f"""<html><head></head><body>
        <div id="header-html" class="hidden-pdf"><h1>A tall heading</h1><p>Second line</p></div>
        <p>{"A long story. " * 1500}</p>
        <div id="footer-html" class="visible-pdf">
            <p>Page <span class="page"></span> of <span class="topage"></span></p></div></body></html>"""
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.get_pdf(html))).pages]
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert text.count("A tall heading") == 1
        assert "A long story." in text


def test_pdf_reads_files_of_the_site_alone(site):
    with pytest.raises(ValueError, match="another host"):
        pdf._fetch("https://example.com/logo.png")
    with pytest.raises(ValueError, match="not a file of this site"):
        pdf._fetch(frappe.utils.get_url("/site_config.json"))
    with pytest.raises(ValueError, match="not a file of this site"):
        pdf._fetch(frappe.utils.get_url("/files/../../site_config.json"))
    kept = frappe.get_doc(doctype="File", file_name="private.txt", content="secret", is_private=1).insert()
    assert pdf._fetch(frappe.utils.get_url(kept.file_url))["file_obj"].read() == b"secret"
    frappe.set_user("Guest")
    with pytest.raises(PermissionError):
        pdf._fetch(frappe.utils.get_url(kept.file_url))


def test_script_in_a_pdf_is_found(site):
    plain = pdf.get_pdf("<p>x</p>")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(plain))
    writer.add_js("app.alert('x')")
    scripted = io.BytesIO()
    writer.write(scripted)
    assert not pdf.pdf_contains_js(content=plain)
    assert pdf.pdf_contains_js(content=scripted.getvalue())


def test_arguments_of_api_methods_are_checked(administrator, url):
    asked = {
        "doctype": "Workflow State",
        "txt": "",
        "reference_doctype": "ECT",
        "link_fieldname": "workflow_state",
    }
    method = f"{url}/api/method/frappe.desk.search.search_link"
    refused = administrator.get(method, params={**asked, "page_length": "a few"})
    assert refused.status_code >= 400
    assert "page_length" in refused.text
    # The text "0" is no here, and a field that allows no ignoring is not asked for it.
    answer = administrator.get(method, params={**asked, "ignore_user_permissions": "0"})
    assert answer.json()["message"]
    assert administrator.get(method, params={**asked, "ignore_user_permissions": "1"}).status_code >= 400


def test_change_without_csrf_token_is_refused(administrator, url):
    page = administrator.get(f"{url}/desk")
    assert page.status_code == 200
    answer = administrator.post(
        f"{url}/api/resource/Note", json={"title": "x"}, headers={"X-Frappe-CSRF-Token": "wrong"}
    )
    assert answer.status_code == 400
    assert "CSRF" in answer.text


def test_bundles_are_served_packed_and_kept_by_browsers(url):
    page = requests.get(f"{url}/assets/assets.json")
    bundles = page.json()
    assert {"desk.bundle.js", "desk.bundle.css", "workflow_builder.bundle.js", "induction.bundle.css"} <= set(
        bundles
    )
    for address in bundles.values():
        answer = requests.get(url + address, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]


def test_public_file_is_served_and_private_one_is_not(site, url):
    shown = frappe.get_doc(doctype="File", file_name="shown.txt", content="for all", is_private=0).insert()
    hidden = frappe.get_doc(doctype="File", file_name="hidden.txt", content="for few", is_private=1).insert()
    frappe.db.commit()
    assert requests.get(url + shown.file_url).text == "for all"
    assert requests.get(url + hidden.file_url).status_code == 403
    assert requests.get(f"{url}/files/../private/files/{hidden.file_name}").status_code in (403, 404)
    assert requests.get(f"{url}/assets/../site_config.json").status_code == 404
    for doc in (shown, hidden):
        doc.delete()
    frappe.db.commit()
