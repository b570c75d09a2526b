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
    "Correspondence",
)
_RESOURCE = re.compile(r"^/api/(?:v\d/)?(?:resource|document)/([^/]+)/([^/]+)/?$")


def record_view(response=None, request=None) -> None:
    """After a request that read one personal record over REST, add a View Log entry.

    Desk forms log their own views (Track Views of the record type); pages and PDFs call `add_view`.
    """
    request = request or frappe.local.request
    match = _RESOURCE.match(request.path)
    if not match or request.method != "GET" or getattr(response, "status_code", 0) != 200:
        return
    doctype, name = unquote(match.group(1)), unquote(match.group(2))
    if doctype in PERSONAL:
        add_view(doctype, name)
        frappe.db.commit()  # a GET is not committed by the framework


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
