"""Moving records over HTTP: what waits for me, what may I do here, do it."""

import json

import frappe
from frappe import _
from frappe.utils import cint, get_datetime

from induction_app.workflows import tasks as waiting
from induction_app.workflows.act import act as act_on
from induction_app.workflows.moves import moves_for
from induction_app.workflows.stages import PATHS


@frappe.whitelist(methods=["GET"])
def my_tasks(limit: int | str = 100) -> dict:
    """What waits for the person signed in, most urgent first, and how many of each type of record."""
    tasks = waiting.pending_for(limit=max(1, min(cint(limit), 500)))
    return {"tasks": [task.__dict__ for task in tasks], "counts": waiting.pending_counts()}


@frappe.whitelist(methods=["GET"])
def actions(doctype: str, name: str) -> dict:
    """The actions open to the person signed in on a record, which of them need a reason, and the text
    they would sign, with its hash."""
    doc = _readable(doctype, name)
    moves = moves_for(doc)
    found: dict = {
        "actions": [move.action for move in moves],
        "needing_reason": [move.action for move in moves if move.returns],
        "stage": doc.stage,
        "modified": doc.modified,
    }
    if capacity := next((move.signs for move in moves if move.signs), None):
        found["to_sign"] = {
            "capacity": capacity,
            "text": doc.text_to_sign(capacity),
            "sha256": doc.hash_to_sign(capacity),
        }
    return found


@frappe.whitelist(methods=["POST"])
def act(
    doctype: str,
    name: str,
    action: str,
    reason: str | None = None,
    seen_hash: str | None = None,
    seen_modified: str | None = None,
    both_capacities: int | str = 0,
    values: str | dict | None = None,
) -> dict:
    """Take a workflow action on a record, with fields filled in on the way. Returns the record as it then is.

    The record's own controller decides who may and what may change; nothing is decided here.
    """
    _readable(doctype, name)
    values = _values(doctype, values)
    if seen_modified and not _is_moment(seen_modified):
        frappe.throw(_("Seen modified: {0} is not a time.").format(seen_modified))
    doc = act_on(
        doctype,
        name,
        action,
        reason=reason,
        seen_hash=seen_hash,
        seen_modified=seen_modified,
        both_capacities=bool(cint(both_capacities)),
        values=values,
    )
    return {"name": doc.name, "workflow_state": doc.workflow_state, "stage": doc.stage, "due_on": doc.due_on}


@frappe.whitelist(methods=["POST"])
def choose_extension(absence: str, extend: int | str) -> dict:
    """The ECT's choice whether induction is extended by a statutory leave (paragraph 3.7)."""
    doc = frappe.get_doc("Absence", absence)
    doc.check_permission("read")
    doc.choose(bool(cint(extend)))
    return {"name": doc.name, "extend": doc.extend, "choice_made_on": doc.choice_made_on}


@frappe.whitelist(methods=["GET"])
def people_with_access(ect: str) -> list[dict]:
    """Who may read an ECT's records, and in which role: ECTs are told who has access (paragraph 2.79)."""
    from induction_app.access.disclosure import people_with_access as disclose

    doc = frappe.get_doc("ECT", ect)
    doc.check_permission("read")
    return disclose(doc)


def _readable(doctype: str, name: str):
    if doctype not in PATHS:
        frappe.throw(_("{0} has no workflow.").format(doctype))
    doc = frappe.get_doc(doctype, name)
    doc.check_permission("read")
    return doc


def _values(doctype: str, values: str | dict | None) -> dict | None:
    """Fields as they were sent: one value each, and for tables a list of rows."""
    try:
        found = json.loads(values) if isinstance(values, str) and values else values or None
    except ValueError:
        found = ()
    if found is not None and not isinstance(found, dict):
        frappe.throw(_("Values: send them as a JSON object."))
    tables = {df.fieldname for df in frappe.get_meta(doctype).get_table_fields()}
    for name, value in (found or {}).items():
        rows = value if isinstance(value, list) else None
        fits = (
            rows is not None and all(isinstance(row, dict) for row in rows)
            if name in tables
            else rows is None
        )
        if not fits or isinstance(value, dict):
            frappe.throw(_("Values, {0}: send one value, or for a table a list of rows.").format(name))
    return found


def _is_moment(value: str) -> bool:
    try:
        return bool(get_datetime(value))
    except (TypeError, ValueError, frappe.ValidationError):
        return False
