"""What the framework's history of changes keeps of confidential fields: that they changed, not what they said."""

import json

import frappe
from frappe.model.document import Document

from induction_app.workflows.stages import PATHS

WITHHELD = "…"
# An ECT's registration is facts, whose changes are kept; the other staged records are texts, whose drafts
# everybody who may read the finished text would find in its history.
_TEXTS = tuple(doctype for doctype in PATHS if doctype != "ECT")


def withhold_values(version: Document, method: str | None = None) -> None:
    """Leave who changed which field and when; take out values that not every reader of the record may see."""
    if not version.data or not frappe.db.exists("DocType", version.ref_doctype):
        return
    fields = _withheld_fields(version.ref_doctype)
    if not fields:
        return
    data = json.loads(version.data)
    for change in data.get("changed", []):
        if change[0] in fields:
            change[1:] = [WITHHELD] * len(change[1:])
    for kind in ("added", "removed"):
        for change in data.get(kind, []):
            if change[0] in fields:
                change[1] = {key: change[1].get(key) for key in ("name", "idx", "doctype")}
    for change in data.get("row_changed", []):
        if change[0] in fields:
            change[3] = [[name, WITHHELD, WITHHELD] for name, *_values in change[3]]
    version.data = json.dumps(data, separators=(",", ":"))


def _withheld_fields(doctype: str) -> set[str]:
    meta = frappe.get_meta(doctype)
    if doctype in _TEXTS:
        return {df.fieldname for df in meta.fields if not df.read_only}
    readers = {p.role for p in meta.permissions if p.read and not p.permlevel}
    by_level = {df.permlevel for df in meta.fields if df.permlevel}
    closed = {
        level
        for level in by_level
        if readers - {p.role for p in meta.permissions if p.read and p.permlevel == level}
    }
    app = frappe.db.get_value("Module Def", meta.module, "app_name")
    return {df.fieldname for df in meta.fields if df.permlevel in closed} if app == "induction_app" else set()
