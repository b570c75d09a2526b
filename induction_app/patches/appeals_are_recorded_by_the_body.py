"""The mail about an appeal asked the headteacher, too, to record its outcome, which only the body can do."""

import frappe

_ASKS_FOR_THE_OUTCOME = "Induction: appeal made"


def execute() -> None:
    """The headteacher is taken off the rule, where it still sends that text; a rule of their own is new."""
    frappe.db.set_value(
        "Mail Rule",
        {"rule_key": "decision-appeal-made", "email_template": _ASKS_FOR_THE_OUTCOME},
        "to_headteacher",
        0,
    )
