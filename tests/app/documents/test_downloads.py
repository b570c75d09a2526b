"""PDFs over HTTP, as the people themselves."""

import frappe
import pytest

from tests import factory
from tests.http_client import Visitor

PDF = "/api/method/induction_app.api.documents.pdf"
REPORT = "/api/method/induction_app.api.documents.governor_report"


@pytest.fixture(scope="module")
def case(bench_site):
    """A registered ECT, committed for the web server to see."""
    frappe.set_user("Administrator")
    at = factory.place()
    ect = factory.registered_ect(at)
    frappe.db.commit()
    return frappe._dict(at=at, ect=ect, review=factory.review_of(ect, 1))


def logs(doctype: str, **filters) -> int:
    """How many log entries there are now, read afresh."""
    frappe.db.rollback()
    return frappe.db.count(doctype, filters)


def test_a_head_downloads_a_registration_and_it_is_logged(case, url):
    head = Visitor(url, case.at.head)
    answer = head.ask("GET", PDF, params={"doctype": "ECT", "name": case.ect})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/pdf")
    assert case.ect in answer.headers["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-")
    assert logs("View Log", reference_name=case.ect, viewed_by=case.at.head) == 1
    assert logs("Access Log", reference_document=case.ect, user=case.at.head, file_type="PDF") == 1


@pytest.mark.parametrize(
    ("who", "doctype", "status"),
    [("governor", "ECT", 403), ("administrator", "Progress Review", 403), ("tutor", "ECT", 200)],
)
def test_a_pdf_is_for_who_may_print_the_record(case, url, who, doctype, status):
    name = case.ect if doctype == "ECT" else case.review
    visitor = Visitor(url, case.at.people[who])
    before = logs("Access Log", reference_document=name, user=case.at.people[who])
    answer = visitor.ask("GET", PDF, params={"doctype": doctype, "name": name})
    assert answer.status_code == status
    after = logs("Access Log", reference_document=name, user=case.at.people[who])
    assert after - before == (1 if status == 200 else 0)


def test_a_stranger_gets_nothing(case, url):
    import requests

    answer = requests.get(f"{url}{PDF}", params={"doctype": "ECT", "name": case.ect}, timeout=60)
    assert answer.status_code in (401, 403)


def test_a_pdf_is_only_asked_for_with_get(case, url):
    head = Visitor(url, case.at.head)
    assert head.ask("POST", PDF, data={"doctype": "ECT", "name": case.ect}).status_code in (403, 405)


def test_a_record_that_is_not_there_is_not_found(case, url):
    head = Visitor(url, case.at.head)
    assert head.ask("GET", PDF, params={"doctype": "ECT", "name": "ECT-999999"}).status_code == 404


def test_a_governor_downloads_the_report_and_no_mentor_does(case, url):
    term = frappe.db.get_value("Academic Term", {"academic_year": "2024/25", "term": "Autumn"})
    asked = {"school": case.at.school, "academic_term": term}
    answer = Visitor(url, case.at.governor).ask("GET", REPORT, params=asked)
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
    assert Visitor(url, case.at.mentor).ask("GET", REPORT, params=asked).status_code == 403
