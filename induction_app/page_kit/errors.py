"""Pages for when something cannot be done: sign in again, not allowed, not found, out of date, broken.

Each of them gives back what the person had written, so that nothing is lost even without JavaScript.
"""

import re

import frappe
from frappe.utils import now_datetime
from markupsafe import Markup
from werkzeug.wrappers import Response

from induction_app.page_kit import surroundings
from induction_app.page_kit.environment import render
from induction_app.page_kit.problems import sentence_of

#: Names of boxes whose text is never shown again.
SECRET_NAMES = re.compile(r"pwd|password|otp|code|token|secret|csrf|modified|opened|^action$", re.IGNORECASE)


def response_for(error: Exception) -> Response:
    """The page for an exception that a page did not handle itself."""
    status = getattr(error, "http_status_code", 500)
    if isinstance(error, frappe.PermissionError):
        return _page("forbidden", 403, reason=sentence_of(error), whom_to_ask=whom_to_ask())
    if isinstance(error, frappe.DoesNotExistError | frappe.PageDoesNotExistError):
        return _page("not_found", 404)
    if isinstance(error, frappe.ValidationError):
        return _page("not_accepted", status if status < 500 else 422, reason=sentence_of(error))
    return _page("broken", 500, reference=_log(error))


def signed_out() -> Response:
    """The session ended while the person was writing."""
    return _page("signed_out", 401, address=frappe.request.path)


def out_of_date() -> Response:
    """The form's token is not this session's: an old page, or another site's form."""
    return _page("out_of_date", 400, address=frappe.request.path)


def whom_to_ask() -> list[dict[str, str]]:
    """Who can give this person access: name, role and email each, from the `induction_whom_to_ask` hook."""
    if frappe.session.user == "Guest":
        return []
    return [
        person
        for method in frappe.get_hooks("induction_whom_to_ask")
        for person in frappe.get_attr(method)(frappe.session.user) or []
    ]


def induction_error_page(status: int | None = None) -> Markup:
    """For `www/404.html` and `www/error.html`, which the framework renders itself: our page for a status."""
    kind = {401: "signed_out", 403: "forbidden", 404: "not_found", 400: "out_of_date"}.get(
        status or 500, "broken"
    )
    address = frappe.request.path if frappe.request else "/"
    return Markup(_html(kind, reason="", whom_to_ask=whom_to_ask(), address=address, reference=_reference()))


def _page(kind: str, status: int, **context: object) -> Response:
    frappe.clear_messages()
    return Response(_html(kind, **context), status=status, content_type="text/html; charset=utf-8")


def _html(kind: str, **context: object) -> str:
    try:
        around = surroundings.of(None, None)
    except Exception:
        # An error page must not fail because of what failed before it.
        around = surroundings.bare()
    written = {"page": None, "form": None, "written": _written()}
    return render(f"templates/kit/errors/{kind}.html", {**around, **written, **context})


def _written() -> list[tuple[str, str]]:
    """What was sent with the request that failed, box by box, without secrets."""
    request = getattr(frappe.local, "request", None)
    if not request or request.method != "POST":
        return []
    return [
        (name.replace("_", " ").replace("-", " ").capitalize(), text)
        for name, text in request.form.items(multi=True)
        if text.strip() and not SECRET_NAMES.search(name)
    ]


def _reference() -> str:
    """A number a person can read out: date and a short random part."""
    return f"{now_datetime():%d%m}-{frappe.generate_hash(length=6).upper()}"


def _log(error: Exception) -> str:
    """Keep the error for an administrator under a reference; the request's own text is left out."""
    reference = _reference()
    # The framework adds the request's text to its log: names, dates of birth, what was written. Not ours.
    frappe.local.form_dict = frappe._dict()
    trace = frappe.get_traceback()
    try:
        frappe.log_error(title=f"{reference} on page {frappe.request.path}", message=trace)
        frappe.db.commit()
    except Exception:
        frappe.logger("pages").error(f"{reference} on page {frappe.request.path}\n{trace}")
    return reference
