"""Exports of the framework's: no formula leaves in them, nor anything that could not be looked through."""

import csv
import io

import frappe
import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from induction_app.access.spreadsheet_exports import after_request

pytestmark = pytest.mark.usefixtures("site")
EXPORT = "frappe.desk.reportview.export_query"


def answered(content: bytes, method: str = EXPORT, name: str = "ECT.csv") -> Response:
    """A file as it goes out."""
    response = Response(content, content_type="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    after_request(response, Request(EnvironBuilder(path=f"/api/method/{method}").get_environ()))
    return response


def test_a_long_cell_is_looked_through():
    text = io.StringIO()
    csv.writer(text).writerows([["=1+1", "x" * 200_000]])
    sent = answered(text.getvalue().encode())
    assert sent.status_code == 200 and sent.get_data().startswith(b'"\'=1+1"')


@pytest.mark.parametrize(("content", "name"), [(b'"=1+1","\xe9"\n', "ECT.csv"), (b"=1+1", "ECT.xlsx")])
def test_what_cannot_be_read_does_not_go_out(content, name):
    sent = answered(content, name=name)
    assert sent.status_code == 500 and b"=1+1" not in sent.get_data()
    assert "The file could not be made" in sent.get_data(as_text=True)
    assert "Content-Disposition" not in sent.headers


@pytest.mark.parametrize(
    "method", ["frappe.core.doctype.file.file.download_file", "frappe.handler.download_file"]
)
def test_a_file_that_somebody_put_there_stays_as_it_is(method):
    assert answered(b"=1+1\n", method, "ours.csv").get_data() == b"=1+1\n"


def test_it_comes_after_what_must_not_be_left_out():
    assert frappe.get_hooks("after_request")[-1] == f"{after_request.__module__}.after_request"
