"""A person's role at a school or appropriate body: the source of row access."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from induction_app.access import positions
from induction_app.clock import today
from induction_app.induction_case.events import record_event
from induction_app.organisations.authority import (
    SCHOOL_MANAGERS,
    acts_at_school,
    acts_for_body_of,
    is_administrator,
)
from induction_app.organisations.role_keeping import keep_roles_in_step

AT_SCHOOL = (positions.SCHOOL, positions.AS_TUTOR, positions.AS_MENTOR)
AT_BODY = (positions.BODY, positions.AS_CONTACT)


class InductionStaff(Document):
    def validate(self) -> None:
        """Check where the role is held, when, that it is not held twice, and who gives it."""
        self.set_role_facts()
        self.validate_place()
        self.validate_dates()
        self.validate_only_one()
        self.validate_giver()

    def on_update(self) -> None:
        """The person's roles follow, and the case file says who gave or changed the position."""
        keep_roles_in_step(self.user)
        self.record_change()

    def on_trash(self) -> None:
        """Removing a position is for those who may give it."""
        self.validate_giver()

    def after_delete(self) -> None:
        """The person's roles follow."""
        keep_roles_in_step(self.user)
        self._record("position_removed", _("The position of {0} as {1} at {2} was removed"))

    # Checks --------------------------------------------------------------------------------------

    def set_role_facts(self) -> None:
        """Read the person's name and the role's capacity from where they are kept."""
        role = frappe.db.get_value("Induction Role", self.role, ["capacity", "scope"], as_dict=True)
        if not role:
            frappe.throw(
                _("Role: {0} is not a role in induction. Choose one from the list.").format(self.role or "—")
            )
        self.capacity, self.flags.scope = role.capacity, role.scope
        self.full_name = frappe.db.get_value("User", self.user, "full_name")

    def validate_place(self) -> None:
        """A role is held at one school or at one appropriate body, whichever its rows are."""
        scope = self.flags.scope
        if scope in positions.PLACELESS:
            frappe.throw(
                _(
                    "Role: {0} is not held at a school or appropriate body, so it needs no record here."
                ).format(self.role)
            )
        if scope in AT_SCHOOL and (not self.school or self.appropriate_body):
            frappe.throw(
                _("School: choose the school where the person is {0}, and no appropriate body.").format(
                    self.role
                )
            )
        if scope in AT_BODY and (not self.appropriate_body or self.school):
            frappe.throw(
                _("Appropriate body: choose the body where the person is {0}, and no school.").format(
                    self.role
                )
            )
        if bool(self.school) == bool(self.appropriate_body):
            frappe.throw(_("Choose either a school or an appropriate body, not both."))

    def validate_dates(self) -> None:
        """The last day is not before the first."""
        if self.ends_on and getdate(self.ends_on) < getdate(self.starts_on):
            frappe.throw(
                _("To: {0} is before the first day, {1}.").format(_day(self.ends_on), _day(self.starts_on))
            )

    def validate_only_one(self) -> None:
        """Nobody holds the same role twice at a place at a time. The person is locked while we look."""
        frappe.db.get_value("User", self.user, "name", for_update=True)
        for other in self._same_position():
            if other.ends_on and other.ends_on < getdate(self.starts_on):
                continue
            if self.ends_on and getdate(self.ends_on) < other.starts_on:
                continue
            frappe.throw(
                _("{0} is already {1} at {2} from {3}. Change the dates of that position instead.").format(
                    self.full_name, _(self.role), self._place_name(), _day(other.starts_on)
                ),
                frappe.DuplicateEntryError,
            )

    def validate_giver(self) -> None:
        """Headteachers and school administrators look after their own school, officers the schools of their
        body, administrators everything, roles at appropriate bodies included."""
        if is_administrator():
            return
        if not self.school:
            frappe.throw(
                _("Role: only an administrator gives roles at an appropriate body."), frappe.PermissionError
            )
        if not (acts_at_school(self.school, SCHOOL_MANAGERS) or acts_for_body_of(self.school)):
            frappe.throw(
                _("School: you can only give roles at your own school, not at {0}.").format(
                    self._place_name()
                ),
                frappe.PermissionError,
            )
        # A school administrator sees no review or assessment, so must not be able to make themselves a tutor.
        if self.user == frappe.session.user and not acts_at_school(self.school, ("headteacher",)):
            frappe.throw(
                _("Person: you cannot give a role to yourself. Ask the headteacher or the appropriate body."),
                frappe.PermissionError,
            )

    # The story -----------------------------------------------------------------------------------

    def record_change(self) -> None:
        """One event for a position given, and one for dates changed afterwards."""
        before = self.get_doc_before_save()
        if not before:
            self._record("position_given", _("{0} became {1} at {2}"))
        elif (before.starts_on, before.ends_on) != (
            getdate(self.starts_on),
            self.ends_on and getdate(self.ends_on),
        ):
            self._record(
                "position_dates_changed",
                _("The dates of {0} as {1} at {2} were changed"),
                before={"from": before.starts_on, "to": before.ends_on},
                after={"from": self.starts_on, "to": self.ends_on},
            )

    def end(self, last_day=None) -> None:
        """End the position on a day, today unless told. Permission to write is the caller's to check."""
        self.ends_on = getdate(last_day or today())
        self.save()

    def _record(self, event: str, sentence: str, **details) -> None:
        # Filed under the place, whose people may read it, and so that a record made by mistake can be removed.
        place = ("School", self.school) if self.school else ("Appropriate Body", self.appropriate_body)
        record_event(
            event,
            sentence.format(self.full_name, _(self.role), self._place_name()),
            doc=frappe.get_doc(*place),
            details={"person": self.user, "from": self.starts_on, "to": self.ends_on, **details},
        )

    def _place_name(self) -> str:
        if self.school:
            return frappe.db.get_value("School", self.school, "school_name") or self.school
        return self.appropriate_body

    def _same_position(self) -> list[frappe._dict]:
        return frappe.get_all(
            "Induction Staff",
            filters={
                "user": self.user,
                "role": self.role,
                "school": self.school or ("is", "not set"),
                "appropriate_body": self.appropriate_body or ("is", "not set"),
                "name": ("!=", self.name or ""),
            },
            fields=["starts_on", "ends_on"],
        )


def _day(value) -> str:
    return formatdate(value, "d MMMM yyyy")
