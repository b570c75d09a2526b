"""Mails about accounts: which text is sent, the words it may use, and how it goes out.

Each text is an Email Template named in Induction Settings. A mail with a link that lets its reader in is
queued and not kept on any record.
"""

from collections.abc import Mapping

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.correspondence import outbox, texts
from induction_app.correspondence.recipients import Recipient
from induction_app.page_kit.brand import brand
from induction_app.setup.mail import ACCOUNT_TEXTS, shipped_texts

# Each word with its meaning, as docs/mail.md lists them.
WORDS = {
    "name": "the name of the person the mail goes to",
    "service": "the name of this service",
    "role": "the role the person has been given",
    "place": "the school or appropriate body where they have it",
    "school": "the name of the school that asks to be registered",
    "appropriate_body": "the name of the appropriate body it asks",
    "reason": "why the appropriate body returned the request",
    "hours": "for how many hours the link works",
    "link": "the address that does what the mail is about",
    "forgotten": "the address of the page that mails a new link",
}
# What the plain words of a text that does not work are made of, beside the above.
_PLAIN = ("record", "reference", "state", "due", "ect_name")


def send(field: str, recipient: Recipient, facts: Mapping[str, str], about: Document) -> None:
    """Queue the text that a field of Induction Settings names, keeping no copy. Does not commit."""
    outbox.send_unkept(_mail(field, recipient, facts, about, frappe._dict()))


def send_and_keep(
    field: str, recipient: Recipient, facts: Mapping[str, str], about: Document, key: str
) -> None:
    """Queue a text with nothing secret in it and keep it as Correspondence, once for a key."""
    body = frappe.db.get_value(
        "Appropriate Body", about.appropriate_body, ["name", "ab_name", "email"], as_dict=True
    )
    mail = _mail(field, recipient, facts, about, body, key)
    mail.school = about.school
    outbox.write([mail])


def check_text(template: Document, method: str | None = None) -> None:
    """Before an Email Template is saved: if it is one of these texts, it has to work."""
    settings = frappe.get_cached_doc("Induction Settings")
    if template.name in {settings.get(field) for field in ACCOUNT_TEXTS}:
        texts.check_template(template, tuple(WORDS))


def _mail(field, recipient, facts, about, body, key: str = "") -> outbox.Mail:
    named = {"name": recipient.name, "service": brand().name}
    words = {**dict.fromkeys((*WORDS, *_PLAIN), ""), "record": brand().name, **facts, **named}
    sender = body or frappe._dict(ab_name=brand().name, email=brand().help_email)
    reason = _("Sent because this address was given to {0}.").format(brand().name)
    return outbox.Mail(
        key=outbox.key_of(field, key),
        rule="",
        recipient=recipient,
        text=texts.compose(_template(field), words, sender, reason),
        doctype=about.doctype,
        record=about.name,
        body=sender,
    )


def _template(field: str) -> frappe._dict:
    """The text the administrator has chosen, else as shipped: without it people could not get in."""
    chosen = frappe.get_cached_doc("Induction Settings").get(field)
    found = texts.templates({chosen}) if chosen else {}
    name = ACCOUNT_TEXTS[field]
    return found.get(chosen) or frappe._dict(shipped_texts()[name], name=name, use_html=0)
