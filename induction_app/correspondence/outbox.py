"""Keeps mails and letters on the case and queues them, each exactly once, in the caller's transaction.

The record of a mail (Correspondence) carries a key that can be used once. A batch is written with the
database's own "insert, unless the key is there": of two jobs at once the second waits for the first and
then finds its keys taken; a job that is killed leaves nothing behind, and the next one sends. The queue
entry is written in the same transaction, in bulk, so that queries do not grow with the number of mails;
that is why it is not left to `frappe.sendmail`, which writes one mail at a time. From the queue on,
sending, retrying and its list of errors are the framework's.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, localtime, make_msgid

import frappe
from frappe.utils import now_datetime

from induction_app.clock import now
from induction_app.correspondence.recipients import Recipient
from induction_app.correspondence.texts import Text

_CORRESPONDENCE = [
    *("name", "creation", "modified", "owner", "modified_by", "docstatus", "idx"),
    *(
        "ect",
        "school",
        "appropriate_body",
        "kind",
        "subject",
        "to_person",
        "to_email",
        "made_at",
        "mail_rule",
    ),
    *("reference_doctype", "reference_name", "email_queue", "send_key", "body", "attachment"),
]
_QUEUE = [
    *("name", "creation", "modified", "owner", "modified_by", "docstatus", "idx"),
    *("sender", "message", "message_id", "status", "priority", "reference_doctype", "reference_name"),
    *("email_account", "attachments", "add_unsubscribe_link", "retry"),
]
_QUEUE_RECIPIENT = [
    *("name", "creation", "modified", "owner", "modified_by", "docstatus", "idx"),
    *("parent", "parenttype", "parentfield", "recipient", "status"),
]


@dataclass(frozen=True)
class Letter:
    """A PDF that goes with a mail and is kept with it."""

    filename: str
    content: bytes


@dataclass
class Mail:
    """One mail to one recipient about one record; `key` is spent when it is written."""

    key: str
    rule: str
    recipient: Recipient
    text: Text
    doctype: str
    record: str
    ect: str | None = None
    school: str | None = None
    body: frappe._dict = field(default_factory=frappe._dict)
    letter: Letter | None = None
    name: str = field(default_factory=lambda: frappe.generate_hash(length=10))
    queue: str = field(default_factory=lambda: frappe.generate_hash(length=10))


def key_of(*parts: object) -> str:
    """The key of a mail from all that tells it from another. A hash, as addresses may be long."""
    return hashlib.sha256("|".join(str(part) for part in parts).encode()).hexdigest()


def spent(keys: Iterable[str]) -> set[str]:
    """Those of the keys under which a mail has been written already. One query a thousand keys."""
    wanted = list(keys)
    found: set[str] = set()
    for start in range(0, len(wanted), 1000):
        part = wanted[start : start + 1000]
        found.update(frappe.get_all("Correspondence", filters={"send_key": ("in", part)}, pluck="send_key"))
    return found


def write(mails: Iterable[Mail]) -> list[Mail]:
    """Keep and queue the mails whose keys are not spent; return those. A fixed number of queries a batch,
    and two a letter. Does not commit."""
    # In the order of the keys, so that two jobs never wait for each other crosswise.
    batch = sorted({mail.key: mail for mail in mails}.values(), key=lambda mail: mail.key)
    if not batch:
        return []
    stamp = now_datetime()
    frappe.db.bulk_insert(
        "Correspondence",
        _CORRESPONDENCE,
        [_correspondence_row(mail, stamp) for mail in batch],
        ignore_duplicates=True,
    )
    names = [mail.name for mail in batch]
    ours = set(frappe.get_all("Correspondence", filters={"name": ("in", names)}, pluck="name"))
    written = [mail for mail in batch if mail.name in ours]
    if written:
        _queue(written, stamp)
    return written


def send_unkept(mail: Mail) -> None:
    """Queue a mail whose link lets its reader in, without a copy on any record: whoever read the copy could
    use the link. The queue itself is the administrator's, and is emptied by the framework. Does not commit."""
    _queue([mail], now_datetime(), kept=False)


def _queue(mails: list[Mail], stamp, kept: bool = True) -> None:
    account = _account()
    attachments = {mail.name: [_keep_letter(mail)] for mail in mails if mail.letter}
    rows, recipients = [], []
    for mail in mails:
        sender = account.email_id or mail.body.email or frappe.conf.get("auto_email_id") or ""
        message = _message(mail, sender)
        rows.append(
            (
                *_framework_fields(mail.queue, stamp, 0),
                *(sender, message.as_string(), message["Message-ID"].strip("<>"), "Not Sent", 1),
                *(
                    *(("Correspondence", mail.name) if kept else (mail.doctype, mail.record)),
                    account.name,
                    json.dumps(attachments.get(mail.name, [])),
                    0,
                    0,
                ),
            )
        )
        recipients.append(
            (
                *_framework_fields(frappe.generate_hash(length=10), stamp, 1),
                *(mail.queue, "Email Queue", "recipients", mail.recipient.email, "Not Sent"),
            )
        )
    frappe.db.bulk_insert("Email Queue", _QUEUE, rows)
    frappe.db.bulk_insert("Email Queue Recipient", _QUEUE_RECIPIENT, recipients)


def _correspondence_row(mail: Mail, stamp) -> tuple:
    return (
        *_framework_fields(mail.name, stamp, 0),
        *(mail.ect, mail.school, mail.body.name, "Letter" if mail.letter else "Mail", mail.text.subject),
        *(mail.recipient.user, mail.recipient.email, now(), mail.rule, mail.doctype, mail.record),
        *(mail.queue, mail.key, mail.text.plain, None),
    )


def _framework_fields(name: str, stamp, idx: int) -> tuple:
    user = frappe.session.user
    return (name, stamp, stamp, user, user, 0, idx)


def _account() -> frappe._dict:
    """The site's outgoing mail account. Without one, mails wait in the queue, where an administrator sees why."""
    found = frappe.get_all(
        "Email Account",
        filters={"default_outgoing": 1, "enable_outgoing": 1},
        fields=["name", "email_id"],
        limit=1,
    )
    return found[0] if found else frappe._dict()


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = mail.text.subject
    message["From"] = formataddr((mail.body.ab_name or "", sender))
    message["To"] = _to(mail.recipient)
    if mail.body.email:
        message["Reply-To"] = mail.body.email
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=sender.partition("@")[2] or "induction.invalid")
    message["Auto-Submitted"] = "auto-generated"  # keeps out-of-office answers away
    message.set_content(mail.text.plain, cte="quoted-printable")
    message.add_alternative(mail.text.html, subtype="html", cte="quoted-printable")
    message.make_mixed()  # the framework adds attachments to it when it sends
    return message


def _to(recipient: Recipient) -> Address | str:
    try:
        return Address(recipient.name, addr_spec=recipient.email)
    except ValueError:  # an address or name that does not fit the form goes out as it stands
        return recipient.email


def _keep_letter(mail: Mail) -> dict[str, str]:
    """Keep the PDF as a private file of the Correspondence record, under its permissions."""
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": mail.letter.filename,
            "content": mail.letter.content,
            "is_private": 1,
            "attached_to_doctype": "Correspondence",
            "attached_to_name": mail.name,
            "attached_to_field": "attachment",
        }
    ).insert(ignore_permissions=True)  # the service's own letter; nobody may write correspondence
    frappe.db.set_value("Correspondence", mail.name, "attachment", file.file_url, update_modified=False)
    return {"fid": file.name}
