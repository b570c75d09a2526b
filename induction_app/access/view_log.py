"""Every look at a personal record leaves a view log, whichever way the record was read."""

import re
from urllib.parse import unquote

import frappe

PERSONAL = (
    "ECT",
    "Induction Period",
    "Absence",
    "Observation",
    "Progress Review",
    "Formal Assessment",
    "Induction Signature",
    "Induction Decision",
    "Action Plan",
    "Induction Event",
    "Correspondence",
)
_RESOURCE = re.compile(r"^/api/(?:v\d/)?(?:resource|document)/([^/]+)/([^/]+?)(?:/copy)?/?$")
# Methods and pages of the framework that show one record, and their arguments for its type and its name.
_SHOWING = {
    "/api/method/frappe.client.get": ("doctype", "name"),
    "/api/method/frappe.www.printview.get_html_and_style": ("doc", "name"),
    "/api/method/frappe.utils.print_format.download_pdf": ("doctype", "name"),
    "/api/method/frappe.utils.weasyprint.download_pdf": ("doctype", "name"),
    "/printview": ("doctype", "name"),
}


def record_view(response=None, request=None) -> None:
    """After a request that showed one personal record over REST or in print, add a View Log entry.

    Desk forms log their own views (Track Views of the record type); pages and PDFs call `add_view`.
    """
    request = request or frappe.local.request
    if getattr(response, "status_code", 0) != 200:
        return
    doctype, name = _shown(request)
    if doctype in PERSONAL and isinstance(name, str):
        add_view(doctype, name)
        frappe.db.commit()  # a GET is not committed by the framework


def _shown(request) -> tuple[str | None, str | None]:
    """Type and name of the one record a request was for."""
    if request.method == "GET" and (match := _RESOURCE.match(request.path)):
        return unquote(match.group(1)), unquote(match.group(2))
    # Both versions of the API call methods alike.
    path = re.sub(r"^/api/v\d/", "/api/", request.path.rstrip("/"))
    asked = frappe.local.form_dict or {}
    return tuple(asked.get(argument) for argument in _SHOWING.get(path, ("", "")))


def add_view(doctype: str, name: str) -> None:
    """Record that the person signed in has looked at a record."""
    frappe.get_doc(
        {
            "doctype": "View Log",
            "viewed_by": frappe.session.user,
            "reference_doctype": doctype,
            "reference_name": name,
        }
    ).insert(ignore_permissions=True)  # people may not write logs themselves
