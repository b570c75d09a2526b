"""Conditions that administrators write on steps and mails, such as `doc.outcome == "Pass"`.

One that cannot work is refused when it is saved, in words for somebody who does not program. One that fails
later, on a record nobody thought of, counts as not met and is logged: it takes no page away from anybody.
"""

import ast
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import is_transition_condition_satisfied
from frappe.utils import escape_html

_OF_EVERY_RECORD = ("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", "doctype")
_LOGGED_FOR_SECONDS = 24 * 3600


def is_met(transition: Document, doc: Document) -> bool:
    """Whether the condition of a workflow's step, if it has one, is met by a record."""
    where = f"Workflow {transition.parent}, transition row {transition.idx}"
    return met(where, lambda: is_transition_condition_satisfied(transition, doc))


def met(where: str, work_out: Callable[[], Any]) -> bool:
    """Whether a condition holds. One that fails to work counts as not met, and is logged once a day."""
    try:
        return bool(work_out())
    except Exception:
        key = f"induction_condition_failed:{where}"
        if not frappe.cache.get_value(key):
            frappe.cache.set_value(key, 1, expires_in_sec=_LOGGED_FOR_SECONDS)
            frappe.log_error(title=f"{where}: its condition does not work", defer_insert=_only_looking())
        return False


def _only_looking() -> bool:
    """Whether what a request writes is not kept: it must then be written by a job."""
    request = getattr(frappe.local, "request", None)
    return bool(request) and request.method in ("GET", "HEAD")


def check(where: str, condition: str | None, doctype: str, work_out: Callable[[Document], Any]) -> None:
    """Refuse a condition on records of a type that could not work; `where` is the row or field to name.

    `work_out` evaluates it, and is tried on the newest record. Raises frappe.ValidationError.
    """
    if not (condition or "").strip():
        return
    _check_fields(where, _parsed(where, condition), doctype)
    newest = frappe.get_all(doctype, pluck="name", order_by="creation desc", limit=1)
    if not newest:
        return
    try:
        work_out(frappe.get_doc(doctype, newest[0]))
    except Exception as error:
        frappe.throw(
            _("{0}: the condition {1} does not work on {2}: {3}.").format(
                where, escape_html(condition), newest[0], escape_html(str(error))
            )
        )


def _parsed(where: str, condition: str) -> ast.Expression:
    try:
        return ast.parse(condition.strip(), mode="eval")
    except SyntaxError as error:
        frappe.throw(
            _('{0}: {1} is not a condition ({2}). Write one such as doc.school == "123456", with ==.').format(
                where, escape_html(condition), error.msg
            )
        )


def _check_fields(where: str, tree: ast.Expression, doctype: str) -> None:
    """What a condition reads of a record is a field of it: a mistyped one would never be met."""
    meta = frappe.get_meta(doctype)
    known = {*_OF_EVERY_RECORD, *(df.fieldname for df in meta.fields)}
    for name in _fields_read(tree):
        if name not in known:
            frappe.throw(_("{0}: {1} is not a field of {2}.").format(where, name, _(doctype)))


def _fields_read(tree: ast.Expression) -> list[str]:
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="doc"), attr="get"), args=[ast.Constant(name), *_]
            ):
                found.append(name)
            case ast.Subscript(value=ast.Name(id="doc"), slice=ast.Constant(name)):
                found.append(name)
            case ast.Attribute(value=ast.Name(id="doc"), attr=name) if name != "get":
                found.append(name)
    return found
