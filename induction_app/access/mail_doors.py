"""Ways of the framework to write to people in the service's name: for those who look after the service.

The framework asks for a right only where a mail is about a record, sends under any sender's name, and attaches
any file whose name it is given. What the service writes to people it sends by itself.
"""

import frappe
from frappe import _, email
from frappe.core.doctype.communication import email as mails
from frappe.core.doctype.sms_settings import sms_settings
from frappe.email import inbox
from frappe.email.doctype.email_account import email_account as accounts
from frappe.www import contact

_MANAGER = "System Manager"


@frappe.whitelist(methods=["POST"])
def make(**values) -> dict:
    """In place of the framework's: a mail of one's own wording, to anybody."""
    _refuse_others()
    return mails.make(**values)


@frappe.whitelist(methods=["POST"])
def relink(name: str, reference_doctype: str | None = None, reference_name: str | None = None) -> None:
    """In place of the framework's: a mail is put with another record."""
    _refuse_others()
    email.relink(name, reference_doctype, reference_name)


@frappe.whitelist(methods=["POST"])
def mark_as_spam(communication: str, sender: str) -> None:
    """In place of the framework's: nothing that this sender writes is taken in any more."""
    _refuse_others()
    inbox.mark_as_spam(communication, sender)


@frappe.whitelist(methods=["POST"])
def set_email_password(email_account: str, password: str) -> bool:
    """In place of the framework's: the password with which the service sends its mail."""
    _refuse_others()
    return accounts.set_email_password(email_account, password)


@frappe.whitelist(methods=["POST"])
def send_sms(receiver_list: str | list, msg: str, sender_name: str = "", success_msg: bool = True) -> None:
    """In place of the framework's: a text message, to anybody."""
    _refuse_others()
    sms_settings.send_sms(receiver_list, msg, sender_name, success_msg)


@frappe.whitelist(methods=["POST"])
def send_message(sender: str, message: str, subject: str = "") -> None:
    """In place of the framework's contact form, which sends an answer with any text to any address."""
    _refuse_others()
    contact.send_message(sender, message, subject)


def _refuse_others() -> None:
    if frappe.session.user != "Administrator" and _MANAGER not in frappe.get_roles():
        frappe.throw(
            _("You cannot write to people from here. The service sends its letters by itself."),
            frappe.PermissionError,
        )
