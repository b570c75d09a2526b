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
#: The texts of mails about accounts: the field of Induction Settings that names one, and the one it starts with.
ACCOUNT_TEXTS = {
    "confirm_address_text": "Induction: confirm your email address",
    "invitation_text": "Induction: invitation",
    "new_role_text": "Induction: new role",
    "school_returned_text": "Induction: school not registered",
}


def ship_mail() -> None:
    """Add the texts and rules that no earlier version has brought to this site."""
    shipped = set(json.loads(frappe.db.get_default(_SHIPPED) or "[]"))
    texts = shipped_texts()
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
    for field, name in ACCOUNT_TEXTS.items():
        if f"choice {field}" not in shipped and frappe.db.exists("Email Template", name):
            frappe.db.set_single_value("Induction Settings", field, name)
        shipped.add(f"choice {field}")
    frappe.db.set_default(_SHIPPED, json.dumps(sorted(shipped)))


def shipped_texts() -> dict[str, dict[str, str]]:
    """Subject and text of every mail as shipped, by the name of its Email Template."""
    return yaml.safe_load((_FOLDER / "texts.yaml").read_text(encoding="utf-8"))
