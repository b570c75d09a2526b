"""Every look at a personal record leaves a view log, whichever way the record was read."""

import json
import re
from urllib.parse import unquote

import frappe
from frappe.utils import now_datetime

from induction_app.access.parts import part_types
from induction_app.prepared import asked, prepared

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
# Methods and pages of the framework that show records, and their arguments for the type and the name.
_SHOWING = {
    "frappe.client.get": ("doctype", "name"),
    "frappe.www.printview.get_html_and_style": ("doc", "name"),
    "frappe.utils.print_format.download_pdf": ("doctype", "name"),
    "frappe.utils.print_format.download_multi_pdf": ("doctype", "name"),
    "frappe.utils.weasyprint.download_pdf": ("doctype", "name"),
    "/printview": ("doctype", "name"),
}
# A form logs the look at its record itself; a row asked for in the same way has none.
_FORM = "frappe.desk.form.load.getdoc"


def record_view(response=None, request=None) -> None:
    """After a request that showed personal records over REST or in print, add a View Log entry for each.

    Desk forms log their own views (Track Views of the record type); pages and PDFs call `add_view`.
    """
    request = request or frappe.local.request
    if getattr(response, "status_code", 0) != 200:
        return
    shown = [of for doctype, name in _shown(request) if (of := _record_of(doctype, name))]
    for doctype, name in shown:
        add_view(doctype, name)
    if shown:
        frappe.db.commit()  # a GET is not committed by the framework


def _shown(request) -> list[tuple[str, str]]:
    """Type and name of each record a request was for."""
    if request.method == "GET" and (match := _RESOURCE.match(request.path)):
        return [(unquote(match.group(1)), unquote(match.group(2)))]
    # A method is called by its address, in both versions of the API, or by its name on any page.
    asked = frappe.local.form_dict or {}
    called = asked.get("cmd") or re.sub(r"^/api/(v\d/)?method/", "", request.path).rstrip("/")
    of_form = ("doctype", "name") if called == _FORM and asked.get("doctype") in part_types() else ("", "")
    doctype, names = (_parsed(asked.get(argument)) for argument in _SHOWING.get(called, of_form))
    by_type = doctype if isinstance(doctype, dict) else {doctype: names}
    return [
        (kind, name)
        for kind, found in by_type.items()
        for name in (found if isinstance(found, list) else [found])
        if isinstance(kind, str) and isinstance(name, str)
    ]


def _record_of(doctype: str, name: str) -> tuple[str, str] | None:
    """The personal record that was shown: the one asked for, or the one a row is part of."""
    if doctype in part_types():
        doctype, name = frappe.db.get_value(doctype, name, ["parenttype", "parent"]) or (None, None)
    return (doctype, name) if doctype in PERSONAL else None


def _parsed(argument: object) -> object:
    """A list or table of names as such; anything else as it came."""
    try:
        parsed = json.loads(argument)
    except (TypeError, ValueError):
        return argument
    return parsed if isinstance(parsed, dict | list) else argument


def add_view(doctype: str, name: str) -> None:
    """Record that the person signed in has looked at a record. People may not write logs themselves."""
    _write_view(
        name=frappe.generate_hash(length=20),
        at=now_datetime(),
        user=frappe.session.user,
        doctype=doctype,
        record=name,
    )


@prepared
def _write_view():
    log, at, user = frappe.qb.DocType("View Log"), asked("at"), asked("user")
    columns = ("name", "creation", "modified", "owner", "modified_by", "viewed_by")
    return (
        frappe.qb.into(log)
        .columns(*columns, "reference_doctype", "reference_name")
        .insert(asked("name"), at, at, user, user, user, asked("doctype"), asked("record"))
    )
