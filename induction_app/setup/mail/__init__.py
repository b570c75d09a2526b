"""The mail texts and rules the app ships, and how they reach a site without undoing anybody's work.

`texts.yaml` and `rules.yaml` are what an appropriate body starts with. Each entry is put in once and never
again: what an administrator has reworded, renamed, switched off or deleted stays so through every upgrade.
"""

import json
from pathlib import Path

import frappe
import yaml

_FOLDER = Path(__file__).parent
_SHIPPED = "induction_shipped_mail"


def ship_mail() -> None:
    """Add the texts and rules that no earlier version has brought to this site."""
    shipped = set(json.loads(frappe.db.get_default(_SHIPPED) or "[]"))
    texts = yaml.safe_load((_FOLDER / "texts.yaml").read_text(encoding="utf-8"))
    rules = yaml.safe_load((_FOLDER / "rules.yaml").read_text(encoding="utf-8"))
    for name, text in texts.items():
        if f"text {name}" not in shipped and not frappe.db.exists("Email Template", name):
            frappe.get_doc({"doctype": "Email Template", "name": name, **text}).insert(
                ignore_permissions=True  # installing
            )
        shipped.add(f"text {name}")
    for key, rule in rules.items():
        if f"rule {key}" not in shipped and not frappe.db.exists("Mail Rule", {"rule_key": key}):
            to = dict.fromkeys((f"to_{who}" for who in rule.pop("to").split()), 1)
            frappe.get_doc({"doctype": "Mail Rule", "rule_key": key, **rule, **to}).insert(
                ignore_permissions=True  # installing
            )
        shipped.add(f"rule {key}")
    frappe.db.set_default(_SHIPPED, json.dumps(sorted(shipped)))
