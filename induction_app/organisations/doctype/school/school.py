"""A place where induction can be served, and its authorisation by the appropriate body."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from induction_app.clock import today
from induction_app.induction_case.events import record_event
from induction_app.organisations.authority import (
    SCHOOL_MANAGERS,
    STAFF_KEEPERS,
    acts_at_body,
    acts_at_school,
    is_administrator,
    require_officer_of,
)
from induction_app.organisations.gias_import import CLOSED
from induction_app.organisations.gias_register import URN
from induction_app.organisations.setting_kind import setting_kind_of
from induction_app.workflows.signed_text import comparable

NOT_REQUESTED, REQUESTED, AUTHORISED, RETURNED = "Not requested", "Requested", "Authorised", "Returned"
MAY_REQUEST = STAFF_KEEPERS
AUTHORISATION_FIELDS = ("authorisation", "authorised_on", "authorised_by", "authorisation_reason")
# What a school says about itself; the rest comes from the register or from the appropriate body.
SCHOOLS_OWN_FIELDS = ("email", "phone", "website", "employer_name", "employer_email", "appropriate_body")


class School(Document):
    def validate(self) -> None:
        """Check the school, then who is changing what."""
        self.validate_urn()
        self.validate_dates()
        self.set_setting_kind()
        self.validate_author()
        self.validate_appropriate_body()
        self.keep_authorisation()

    def onload(self) -> None:
        """Tell the form what the person signed in may do about the authorisation."""
        self.set_onload("authorisation_actions", self.authorisation_actions())

    # Authorisation -------------------------------------------------------------------------------

    def request_authorisation(self) -> None:
        """The school asks its appropriate body to authorise it, before its first ECT is registered.

        For the headteacher, school administrator or induction coordinator of this school. Raises
        frappe.PermissionError for others, frappe.ValidationError where there is nobody to ask or no need.
        """
        if not (is_administrator() or acts_at_school(self.name, MAY_REQUEST)):
            frappe.throw(
                _(
                    "Only the headteacher, an administrator or the coordinator of {0} can ask for this."
                ).format(self.school_name),
                frappe.PermissionError,
            )
        if self.authorisation not in (NOT_REQUESTED, RETURNED):
            frappe.throw(_("{0} has already asked {1}.").format(self.school_name, self.appropriate_body))
        if not self.appropriate_body:
            frappe.throw(_("Appropriate body: choose the body the school works with, then ask it."))
        if self.status == CLOSED:
            frappe.throw(
                _("{0} is closed in the register, so it cannot be authorised.").format(self.school_name)
            )
        self._set_authorisation(REQUESTED)
        self._record("school_authorisation_requested", _("{0} asked {1} to authorise it"))

    def authorise(self) -> None:
        """The appropriate body authorises the school. For its officers, once the school has asked."""
        self._check_officer_and_request()
        self._set_authorisation(AUTHORISED, authorised_on=today(), authorised_by=frappe.session.user)
        self._record("school_authorised", _("{0} was authorised by {1}"))

    def take_on(self, body: str) -> None:
        """The appropriate body takes the school on and authorises it, where its first person asked or is invited.

        For officers of the body. Raises frappe.PermissionError for others, frappe.ValidationError where the
        school works with another body or is closed.
        """
        require_officer_of(body)
        if self.appropriate_body and self.appropriate_body != body:
            frappe.throw(
                _("{0} works with {1}. Only the school can change that.").format(
                    self.school_name, self.appropriate_body
                )
            )
        if self.status == CLOSED:
            frappe.throw(
                _("{0} is closed in the register, so it cannot be authorised.").format(self.school_name)
            )
        if self.authorisation == AUTHORISED:
            return
        self.appropriate_body = body
        self._set_authorisation(AUTHORISED, authorised_on=today(), authorised_by=frappe.session.user)
        self._record("school_authorised", _("{0} was authorised by {1}"))

    def return_with_reason(self, reason: str) -> None:
        """The appropriate body's officers send the request back, saying why."""
        self._check_officer_and_request()
        reason = (reason or "").strip()
        if not reason:
            frappe.throw(_("Reason returned: say what the school has to put right before it asks again."))
        self._set_authorisation(RETURNED, authorisation_reason=reason)
        self._record(
            "school_authorisation_returned", _("The request of {0} was returned by {1}"), reason=reason
        )

    def authorisation_actions(self) -> list[str]:
        """What the person signed in can do next: any of `request`, `authorise`, `return`."""
        if self.authorisation == REQUESTED:
            return (
                ["authorise", "return"] if is_administrator() or acts_at_body(self.appropriate_body) else []
            )
        may_ask = is_administrator() or acts_at_school(self.name, MAY_REQUEST)
        return ["request"] if may_ask and self.appropriate_body and self.authorisation != AUTHORISED else []

    def _check_officer_and_request(self) -> None:
        require_officer_of(self.appropriate_body)
        if self.authorisation != REQUESTED:
            frappe.throw(_("{0} is not waiting to be authorised.").format(self.school_name))

    def _set_authorisation(self, authorisation: str, **fields) -> None:
        self.update({"authorised_on": None, "authorised_by": None, "authorisation_reason": None})
        self.update({"authorisation": authorisation, **fields})
        self.flags.changing_authorisation = True
        # The methods above decide by position; a coordinator may ask without being able to edit the school.
        self.save(ignore_permissions=True)
        self.flags.changing_authorisation = False

    def _record(self, event: str, summary: str, **details) -> None:
        record_event(
            event, summary.format(self.school_name, self.appropriate_body), doc=self, details=details
        )

    # Checks --------------------------------------------------------------------------------------

    def validate_urn(self) -> None:
        """A URN is a number of the register."""
        self.urn = (self.urn or "").strip()
        if not URN.fullmatch(self.urn):
            frappe.throw(_("URN must be 5 to 7 digits, as in Get Information About Schools."))

    def validate_dates(self) -> None:
        """A school closes after it opens. Only checked where a person changes the dates."""
        changed = self.is_new() or self.has_value_changed("open_date") or self.has_value_changed("close_date")
        if (
            changed
            and self.open_date
            and self.close_date
            and getdate(self.close_date) < getdate(self.open_date)
        ):
            frappe.throw(_("Closed on must be after Opened on."))

    def set_setting_kind(self) -> None:
        """Work the setting out from the type of establishment until somebody chooses another."""
        if not self.setting_kind:
            self.setting_kind = setting_kind_of(None, self.establishment_type)

    def validate_author(self) -> None:
        """People of the school change what the school says about itself; the rest is not theirs."""
        if self.is_new() or self.flags.changing_authorisation or is_administrator():
            return
        before = self.get_doc_before_save()
        body_before = before.appropriate_body
        if acts_at_body(body_before) or (not body_before and acts_at_body(self.appropriate_body)):
            return
        for df in self.meta.fields:
            if df.fieldname in SCHOOLS_OWN_FIELDS or df.read_only:
                continue
            if comparable(self, df) == comparable(before, df):
                continue
            frappe.throw(
                _("{0} can only be changed by the appropriate body {1} or an administrator.").format(
                    _(df.label), body_before or ""
                ),
                frappe.PermissionError,
            )

    def validate_appropriate_body(self) -> None:
        """The body is one that acts today, and an officer brings schools only to their own."""
        if not self.appropriate_body or not (self.is_new() or self.has_value_changed("appropriate_body")):
            return
        if not frappe.db.get_value("Appropriate Body", self.appropriate_body, "is_active"):
            frappe.throw(
                _("Appropriate body: {0} no longer acts as one. Choose another.").format(
                    self.appropriate_body
                )
            )
        if (
            is_administrator()
            or acts_at_school(self.name, SCHOOL_MANAGERS)
            or acts_at_body(self.appropriate_body)
        ):
            return
        frappe.throw(
            _("Appropriate body: only {0} itself or the school can choose {0}.").format(
                self.appropriate_body
            ),
            frappe.PermissionError,
        )

    def keep_authorisation(self) -> None:
        """Authorisation is given by its methods only, and does not carry over to another appropriate body."""
        if self.flags.changing_authorisation:
            return
        before = self.get_doc_before_save()
        for name in AUTHORISATION_FIELDS:
            self.set(name, before.get(name) if before else None)
        self.authorisation = self.authorisation or NOT_REQUESTED
        if (
            before
            and before.appropriate_body != self.appropriate_body
            and before.authorisation != NOT_REQUESTED
        ):
            for name in AUTHORISATION_FIELDS:
                self.set(name, None)
            self.authorisation = NOT_REQUESTED
            record_event(
                "school_authorisation_ended",
                _("{0} changed its appropriate body and needs authorising again").format(self.school_name),
                doc=self,
                details={"before": before.appropriate_body, "after": self.appropriate_body},
            )
