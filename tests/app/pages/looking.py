"""Opening pages and sending their forms as a person, in this process."""

import re
from urllib.parse import urlsplit

import frappe

from tests.factory import acting_as

#: In the first term, before its review falls due; and when it is late.
EARLY, LATE = "2024-10-15", "2025-01-15"


def look(user: str, address: str):
    """Open a page as a person; the answer as a response."""
    from frappe.utils import set_request
    from frappe.website.serve import get_response

    from induction_app.access.positions import forget_positions

    with acting_as(user):
        frappe.session.data.csrf_token = frappe.generate_hash()  # as a session that has seen a form
        forget_positions()
        parts = urlsplit(address)
        set_request(method="GET", path=parts.path, query_string=parts.query)
        frappe.local.form_dict = frappe._dict(frappe.request.args.to_dict())
        try:
            return get_response(parts.path.strip("/"))
        finally:
            frappe.local.request = None  # what follows in the test is no part of it


def send(user: str, address: str, form: str, **answers: str):
    """Send the first form of a page as it was opened, with these answers. What it changes is not committed yet."""
    from frappe.utils import set_request
    from frappe.website.serve import get_response

    shown = re.findall(r"<form[^>]*data-kit-form.*?</form>", form, flags=re.S)[0]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown))
    with acting_as(user):
        frappe.session.data.csrf_token = hidden["csrf_token"]
        set_request(method="POST", path=address, data={**hidden, **answers})
        frappe.local.form_dict = frappe._dict(frappe.request.form.to_dict())
        try:
            return get_response(address.strip("/"))
        finally:
            frappe.local.request = None


def page(user: str, address: str) -> str:
    """The HTML of a page that must open."""
    answer = look(user, address)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200, text[:800]
    return text


def questions(user: str, address: str) -> int:
    """How many statements one look at a page takes, once everything is warm."""
    for _warm in range(2):
        frappe.db.value_cache.clear()
        before = int(frappe.db.sql("show session status like 'Questions'")[0][1])
        page(user, address)
        after = int(frappe.db.sql("show session status like 'Questions'")[0][1])
    return after - before - 1
