"""What became of the mails in the queue: tried again for two days, then somebody is told.

The framework gives a mail up after some tries within minutes, and tells nobody in the school or the body. A
notice that did not arrive starts clocks that nobody knows of (paragraphs 2.69 and 2.70).
"""

from datetime import timedelta

import frappe
from frappe import _

from induction_app.access.positions import people_in
from induction_app.clock import now
from induction_app.correspondence.alerts import administrators, tell
from induction_app.induction_case.events import record_event

_TRIED_FOR = timedelta(days=2)
# How the standard library says that a server does not know the address: trying again will not help.
_REFUSED = "SMTPRecipientsRefused"
_BATCH = 500


def follow_up() -> None:
    """The hourly job: mails given up by the queue go back into it, or are marked as not delivered.

    Whoever sent them at the appropriate body, and the administrators, are told once a mail.
    """
    for row in _given_up():
        if _REFUSED in (row.error or "") or row.made_at < now() - _TRIED_FOR:
            _not_delivered(row)
        else:
            frappe.db.set_value("Email Queue", row.queue, {"status": "Not Sent", "retry": 0})
        frappe.db.commit()


def _given_up() -> list[frappe._dict]:
    queue, mail = frappe.qb.DocType("Email Queue"), frappe.qb.DocType("Correspondence")
    return (
        frappe.qb.from_(queue)
        .join(mail)
        .on(mail.email_queue == queue.name)
        .where((queue.status == "Error") & mail.not_delivered_on.isnull())
        .select(mail.name, mail.made_at, mail.to_email, mail.subject, mail.appropriate_body)
        .select(mail.reference_doctype, mail.reference_name)
        .select(queue.name.as_("queue"), queue.error)
        .orderby(mail.made_at)
        .limit(_BATCH)
        .run(as_dict=True)
    )


def _not_delivered(row: frappe._dict) -> None:
    frappe.db.set_value("Correspondence", row.name, "not_delivered_on", now(), update_modified=False)
    said = _("“{0}” could not be delivered to {1}. Send or post it another way.").format(
        row.subject, row.to_email
    )
    if frappe.db.exists(row.reference_doctype, row.reference_name):
        about = frappe.get_doc(row.reference_doctype, row.reference_name)
        record_event("not delivered", said, doc=about, details={"correspondence": row.name})
    officers = people_in("ab_officer", appropriate_body=row.appropriate_body) if row.appropriate_body else []
    tell([*officers, *administrators()], f"{row.reference_name}: {said}")
