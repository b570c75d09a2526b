"""Ways of the framework to a record that do not ask who is reading, closed."""

import json
import re
from urllib.parse import unquote

import frappe
from frappe import _, client
from frappe.desk import like, search
from frappe.desk.form import utils as forms
from frappe.workflow.doctype.workflow_action import workflow_action as mailed

from induction_app.access.parts import part_types
from induction_app.access.rows import record_types
from induction_app.pages.addresses import address_of
from induction_app.workflows.stages import PATHS

# These put the whole of each linked record, with every field, in place of its name.
_EXPANDING = ("expand", "expand_links")
# Where the framework's methods take the type and the name of a record or the names of several, or whole records.
_TYPES = ("doctype", "dt", "reference_doctype")
_NAMES = ("name", "docname", "dn", "doc_name", "reference_name", "names", "docnames", "items")
_SENT = ("doc", "docs")
_RECORDS = re.compile(r"^/api/(?:v\d/)?(?:resource|document)/([^/]+)")
_LISTING = re.compile(r"^/api/(?:v\d/)?method/frappe\.client\.get_list/?$")


def before_request() -> None:
    """Close what cannot be closed in the place of one method."""
    asked = frappe.form_dict
    _refuse_filters_as_names(asked)
    if any(name in asked for name in _EXPANDING):
        _keep_links_short(asked)


def _refuse_filters_as_names(asked: dict) -> None:
    """The framework looks a record up by conditions where a name is due, on any field. Raises PermissionError."""
    conditions = [
        name for argument in _NAMES for name in _items(asked.get(argument)) if isinstance(name, dict)
    ]
    types = {asked.get(argument) for argument in _TYPES if isinstance(asked.get(argument), str)}
    for argument in _SENT:
        for sent in _items(asked.get(argument)):
            if isinstance(sent, dict) and isinstance(sent.get("name"), dict):
                conditions.append(sent["name"])
                types.add(str(sent.get("doctype")))
    # A row says what its record says, and a Version what was changed in it.
    if conditions and types & {*record_types(), *part_types(), "Version"}:
        frappe.throw(_("A record is asked for by its name."), frappe.PermissionError)


def _items(argument: object) -> list:
    """What an argument holds, sent as it is or as JSON."""
    if isinstance(argument, str) and argument[:1] in ("[", "{"):
        try:
            argument = json.loads(argument)
        except ValueError:
            return []
    return argument if isinstance(argument, list) else [argument]


def _keep_links_short(asked: dict) -> None:
    """Linked records are read by themselves, each with the reader's own rights."""
    doctype = _record_type_asked_for(frappe.local.request.path, asked)
    if doctype and _leads_to_ours(doctype):
        for name in _EXPANDING:
            asked.pop(name, None)


def _record_type_asked_for(path: str, asked: dict) -> str | None:
    """The record type of a request for the framework's lists and records; None for every other request."""
    if match := _RECORDS.match(path):
        return unquote(match.group(1))
    listing = _LISTING.match(path) or asked.get("cmd") == "frappe.client.get_list"
    return asked.get("doctype") if listing else None


def _leads_to_ours(doctype: str) -> bool:
    """Whether a record type has rules about rows or can name one that has, in itself or in its tables."""
    if not isinstance(doctype, str) or not frappe.db.exists("DocType", doctype, cache=True):
        return False
    ours = record_types()
    metas = [frappe.get_meta(doctype)]
    metas += [frappe.get_meta(df.options) for df in metas[0].get_table_fields()]
    return doctype in ours or any(
        df.fieldtype == "Dynamic Link" or df.options in ours
        for meta in metas
        for df in meta.get_link_fields() + meta.get_dynamic_link_fields()
    )


@frappe.whitelist()
def get(
    doctype: str,
    name: str | int | None = None,
    filters: str | dict | list | None = None,
    parent: str | None = None,
) -> dict:
    """In place of the framework's: a record asked for by conditions is looked for among those one may read.

    The framework looks among all, and with any field: found or not found would tell what a record says.
    """
    if filters is not None and not name and doctype in record_types():
        found = frappe.get_list(
            doctype, filters=frappe.parse_json(filters), pluck="name", limit_page_length=1
        )
        if not found:
            frappe.throw(_("{0} not found").format(_(doctype)), frappe.DoesNotExistError)
        name = frappe.form_dict["name"] = found[0]  # the view log says what was shown
    return client.get(doctype, name, filters, parent)


@frappe.whitelist()
def get_names_for_mentions(search_term: str) -> list[dict]:
    """In place of the framework's: the people who can be named in a comment are those one can find."""
    try:
        known = set(frappe.get_list("User", pluck="name", limit_page_length=0))
    except frappe.PermissionError:
        frappe.clear_messages()
        return []
    return [row for row in search.get_names_for_mentions(search_term) if row.get("id") in known]


@frappe.whitelist(methods=["POST", "PUT"])
def toggle_like(doctype: str, name: str, add: bool | str = False) -> None:
    """In place of the framework's: a record is liked by people who may read it."""
    frappe.get_doc(doctype, name).check_permission("read")
    like.toggle_like(doctype, name, add)


@frappe.whitelist()
def get_next(
    doctype: str,
    value: str,
    prev: int | str,
    filters: str | list | None = None,
    sort_order: str = "desc",
    sort_field: str = "creation",
) -> str | None:
    """In place of the framework's: which of one's records comes before or after a record one may read.

    Asked of any other record, the answer would place its hidden values between those of one's own.
    """
    frappe.has_permission(doctype, "read", value, throw=True)
    return forms.get_next(doctype, value, prev, filters, sort_order, sort_field)


# Whoever follows a link in a mail may not be signed in: the framework's own goes on for other records.
@frappe.whitelist(allow_guest=True)
def apply_action(doctype: str, docname: str, **values) -> None:
    """In place of the framework's, which a link in a mail leads to: ours are acted on by who has signed in."""
    if not _send_to_record(doctype, docname):
        mailed.apply_action(doctype=doctype, docname=docname, **values)


# The same.
@frappe.whitelist(allow_guest=True)
def confirm_action(doctype: str, docname: str, **values) -> None:
    """In place of the framework's, which acts as whomever the link names."""
    if not _send_to_record(doctype, docname):
        mailed.confirm_action(doctype=doctype, docname=docname, **values)


def _send_to_record(doctype: str, docname: str) -> bool:
    """Lead to the page of a record that goes through one of our workflows."""
    if doctype not in PATHS:
        return False
    frappe.local.response["type"] = "redirect"
    frappe.local.response["location"] = address_of(doctype, docname) or "/home"
    return True
