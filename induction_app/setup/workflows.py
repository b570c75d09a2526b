"""The workflows the app ships, and how they reach a site without undoing anybody's work.

Each file in `fixtures/workflow` is one Workflow as the framework exports it. It is inserted where the
record type has none, and replaced by a newer version only while it still is what an earlier version
shipped. The framework's own fixture import would overwrite it at every migration, so the files lie in a
folder of their own, which that import does not read.
"""

import hashlib
import json
from pathlib import Path

import frappe

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "workflow"
_STATE_KEYS = (
    "state",
    "doc_status",
    "update_field",
    "update_value",
    "allow_edit",
    "message",
    "is_optional_state",
)
_TRANSITION_KEYS = ("state", "action", "next_state", "allowed", "allow_self_approval", "condition")
_SHIPPED = "induction_shipped_workflows"


def ship_workflows() -> None:
    """Insert missing workflows; renew those that nobody has changed."""
    shipped = json.loads(frappe.db.get_default(_SHIPPED) or "{}")
    for path in sorted(FOLDER.glob("*.json")):
        content = json.loads(path.read_text())
        _ship(content, shipped)
    frappe.db.set_default(_SHIPPED, json.dumps(shipped))


def _ship(content: dict, shipped: dict[str, str]) -> None:
    doctype = content["document_type"]
    existing = frappe.get_all("Workflow", filters={"document_type": doctype}, pluck="name", limit=1)
    if not existing:
        _make_states(content)
        workflow = frappe.get_doc({**content, "doctype": "Workflow"})
        workflow.insert(ignore_permissions=True)  # installing
        shipped[doctype] = fingerprint(workflow)
        return
    workflow = frappe.get_doc("Workflow", existing[0])
    newest = fingerprint(frappe.get_doc({**content, "doctype": "Workflow"}))
    if shipped.get(doctype) not in (fingerprint(workflow), None) or newest == fingerprint(workflow):
        return
    if shipped.get(doctype):
        _make_states(content)
        workflow.set("states", [])
        workflow.set("transitions", [])
        workflow.update({"states": content["states"], "transitions": content["transitions"]})
        workflow.save(ignore_permissions=True)  # upgrading what nobody changed
        shipped[doctype] = fingerprint(workflow)


def fingerprint(workflow) -> str:
    """A hash of what a workflow does, whatever its rows are called inside the database."""
    states = [[str(row.get(key) or "") for key in _STATE_KEYS] for row in workflow.states]
    transitions = [[str(row.get(key) or "") for key in _TRANSITION_KEYS] for row in workflow.transitions]
    return hashlib.sha256(json.dumps([states, transitions]).encode()).hexdigest()


def _make_states(content: dict) -> None:
    for row in content["states"]:
        if not frappe.db.exists("Workflow State", row["state"]):
            frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": row["state"]}).insert(
                ignore_permissions=True  # installing
            )
    for row in content["transitions"]:
        if not frappe.db.exists("Workflow Action Master", row["action"]):
            frappe.get_doc(
                {"doctype": "Workflow Action Master", "workflow_action_name": row["action"]}
            ).insert(
                ignore_permissions=True  # installing
            )
