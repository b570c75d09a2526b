"""A school's request to be registered, from the first person's own words to the appropriate body's answer."""

import hashlib
import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_url

from induction_app.clock import now
from induction_app.correspondence.recipients import Recipient
from induction_app.induction_case.events import record_event
from induction_app.organisations import account_mails
from induction_app.organisations.authority import (
    STAFF_KEEPERS,
    acts_at_body,
    is_administrator,
    require_officer_of,
)
from induction_app.organisations.colleagues import register_colleague

UNCONFIRMED, WAITING, AUTHORISED, RETURNED = "Email not confirmed", "Waiting", "Authorised", "Returned"

LONGEST_NAME = 60
# Marks of an address, a number or several lines: no name has them.
_NO_NAME = re.compile(r"[/@:<>\d\r\n]|www\.", re.IGNORECASE)


class SchoolRegistration(Document):
    def validate(self) -> None:
        """A name that is a name, and a role that can look after the school's people."""
        self.email = (self.email or "").strip().lower()
        self.validate_names()
        self.validate_role()

    def validate_names(self) -> None:
        """Anybody can have a mail sent to any address with the name they enter: it must carry no message."""
        for field in ("first_name", "last_name"):
            if len(self.get(field)) > LONGEST_NAME or _NO_NAME.search(self.get(field)):
                frappe.throw(
                    _("{0}: write the name alone, in at most {1} characters.").format(
                        _(self.meta.get_label(field)), LONGEST_NAME
                    )
                )

    def validate_role(self) -> None:
        """Whoever begins for a school brings in the others, so has to be able to."""
        if frappe.db.get_value("Induction Role", self.role, "capacity") not in STAFF_KEEPERS:
            frappe.throw(
                _("Role: a headteacher, school administrator or induction coordinator registers a school.")
            )

    # What happens to it --------------------------------------------------------------------------

    def confirm(self) -> None:
        """The person has shown that the address is theirs: the appropriate body sees the request from now on."""
        twin = {"school": self.school, "email": self.email, "status": WAITING, "name": ("!=", self.name)}
        self.update({"link_hash": None, "link_works_until": None, "confirmed_at": now()})
        if frappe.db.exists("School Registration", twin):
            # Asked twice: one request is enough, and this one has nothing to add.
            forget([self.name])
            return
        self.status = WAITING
        self.save(
            ignore_permissions=True
        )  # the person has no account yet; the link was their right to do this
        self._record("school_registration_confirmed", _("{0} of {1} asked {2} to register the school"))

    def authorise(self) -> None:
        """The appropriate body takes the school on; the person gets an account and their role, and is told.

        For its officers. Raises frappe.PermissionError for others, frappe.ValidationError when it was answered.
        """
        self._check_officer_and_waiting()
        school = frappe.get_doc("School", self.school, for_update=True)
        school.take_on(self.appropriate_body)
        register_colleague(
            self.email,
            self.first_name,
            self.last_name,
            self.role,
            school=self.school,
            address_confirmed=True,
        )
        self._answer(AUTHORISED)
        self._record("school_registration_authorised", _("The request of {0} for {1} was authorised by {2}"))

    def return_with_reason(self, reason: str) -> None:
        """The appropriate body's officers send the request back; the reason is mailed to the person."""
        self._check_officer_and_waiting()
        reason = (reason or "").strip()
        if not reason:
            frappe.throw(_("Reason returned: say what has to be put right before they ask again."))
        self._answer(RETURNED, reason=reason)
        self._record(
            "school_registration_returned", _("The request of {0} for {1} was returned by {2}"), reason=reason
        )
        facts = {
            "school": self.school_name,
            "appropriate_body": self.appropriate_body,
            "reason": reason,
            "link": get_url("/register-a-school"),
        }
        recipient = Recipient(self.email, self.person_name())
        account_mails.send_and_keep("school_returned_text", recipient, facts, self, f"{self.name} returned")

    def may_be_answered(self) -> bool:
        """Whether the person signed in can authorise or return it now."""
        return self.status == WAITING and (is_administrator() or acts_at_body(self.appropriate_body))

    def person_name(self) -> str:
        """The name of the person who asks."""
        return f"{self.first_name} {self.last_name}"

    def _check_officer_and_waiting(self) -> None:
        require_officer_of(self.appropriate_body)
        if self.status == WAITING:
            return
        who = frappe.utils.get_fullname(self.decided_by) if self.decided_by else ""
        said = {
            AUTHORISED: _("{0} has authorised {1} already."),
            RETURNED: _("{0} has returned the request of {1} already."),
        }.get(self.status, _("The request of {1} is not confirmed yet."))
        frappe.throw(said.format(who, self.school_name))

    def _answer(self, status: str, reason: str | None = None) -> None:
        self.update(
            {"status": status, "decided_by": frappe.session.user, "decided_at": now(), "reason": reason}
        )
        self.save(ignore_permissions=True)  # nobody may edit a request; the methods above decide by position

    def _record(self, event: str, sentence: str, **details) -> None:
        summary = sentence.format(self.person_name(), self.school_name, self.appropriate_body)
        by = self.person_name() if frappe.session.user == "Guest" else ""
        details = {"email": self.email, "role": self.role, **details}
        record_event(event, summary, doc=self, details=details, by=by)


def fingerprint(token: str) -> str:
    """What is kept of a link's secret: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def forget(names: list[str]) -> None:
    """Remove requests that were never confirmed, with no copy left among the framework's deleted documents."""
    if names:
        frappe.db.delete("Version", {"ref_doctype": "School Registration", "docname": ("in", names)})
        frappe.db.delete("School Registration", {"name": ("in", names)})
