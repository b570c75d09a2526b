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
    STAFF_KEEPERS,
    acts_at_school,
    acts_for_body_of,
    is_administrator,
)
from induction_app.organisations.role_keeping import keep_roles_in_step

AT_SCHOOL = (positions.SCHOOL, positions.AS_TUTOR, positions.AS_MENTOR)
AT_BODY = (positions.BODY, positions.AS_CONTACT)
# What an ECT's record names a person as, by the capacity they do it in.
_OF_ECTS = {"induction_tutor": "induction_tutor", "mentor": "mentor", "ab_named_contact": "named_contact"}


class InductionStaff(Document):
    def validate(self) -> None:
        """Check where the role is held, when, that it is not held twice, and who gives it."""
        self.set_role_facts()
        self.validate_place()
        self.validate_dates()
        self.validate_only_one()
        self.validate_giver()
        self.validate_end()

    def on_update(self) -> None:
        """The person's roles follow, and the case file says who gave or changed the position."""
        keep_roles_in_step(self.user)
        self.record_change()

    def on_trash(self) -> None:
        """Removing a position is for those who may give it, and leaves no ECT without their tutor."""
        self.validate_giver()
        self.validate_nobody_left_alone()

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
        """Nobody holds the same role twice at a place at a time.

        The person is locked while we look, and what others wrote meanwhile is read with a lock as well: an
        ordinary reading would show the positions as they were when this transaction began.
        """
        frappe.db.get_value("User", self.user, "name", for_update=True)
        for other in self._same_position():
            if other.ends_on and other.ends_on < getdate(self.starts_on):
                continue
            if self.ends_on and getdate(self.ends_on) < other.starts_on:
                continue
            frappe.throw(
                _("{0} is already {1} at {2} from {3}. Change the dates of that position instead.").format(
                    self.full_name, _(self.role), self.place_name(), _day(other.starts_on)
                ),
                frappe.DuplicateEntryError,
            )

    def validate_giver(self) -> None:
        """Headteachers and school administrators look after their own school, coordinators those there who
        work with ECTs, officers the schools of their body, administrators everything."""
        if is_administrator():
            return
        if not self.school:
            frappe.throw(
                _("Role: only an administrator gives roles at an appropriate body."), frappe.PermissionError
            )
        officer = acts_for_body_of(self.school)
        if not (officer or acts_at_school(self.school, STAFF_KEEPERS)):
            frappe.throw(
                _("School: you can only give roles at your own school, not at {0}.").format(
                    self.place_name()
                ),
                frappe.PermissionError,
            )
        managing = officer or acts_at_school(self.school, SCHOOL_MANAGERS)
        if self.capacity in SCHOOL_MANAGERS and not managing:
            frappe.throw(
                _(
                    "Role: {0} is given by the headteacher, a school administrator or the appropriate body."
                ).format(_(self.role)),
                frappe.PermissionError,
            )
        # A school administrator sees no review or assessment, so must not be able to make themselves a tutor.
        if self.user == frappe.session.user and not acts_at_school(self.school, ("headteacher",)):
            frappe.throw(
                _("Person: you cannot give a role to yourself. Ask the headteacher or the appropriate body."),
                frappe.PermissionError,
            )

    def validate_end(self) -> None:
        """A position ends once its holder's ECTs have somebody else. Asked where a last day is set or changed."""
        before = self.get_doc_before_save()
        if self.ends_on and before and getdate(self.ends_on) != before.ends_on:
            self.validate_nobody_left_alone()

    def validate_nobody_left_alone(self) -> None:
        """An ECT has an induction tutor, a mentor and a named contact throughout (2.28, 2.42, 2.47)."""
        names = [ect.full_name for ect in self.ects_relying_on()]
        if not names:
            return
        shown = ", ".join(names[:5]) + (_(" and {0} more").format(len(names) - 5) if names[5:] else "")
        sentence = (
            _("{0} is {1} of {2}. Choose somebody else for that ECT first.")
            if len(names) == 1
            else _("{0} is {1} of {2}. Choose somebody else for those ECTs first.")
        )
        frappe.throw(sentence.format(self.full_name, _(self.role), shown))

    def ects_relying_on(self) -> list[frappe._dict]:
        """The ECTs in induction who would be left without a tutor, mentor or contact: name and full_name."""
        field = _OF_ECTS.get(self.capacity or "")
        if not field or self._holds_another():
            return []
        place = {"school": self.school} if self.school else {"appropriate_body": self.appropriate_body}
        running = {"completed_on": ("is", "not set"), "stage": "registered", field: self.user}
        return frappe.get_all(
            "ECT", filters={**running, **place}, fields=["name", "full_name"], order_by="full_name"
        )

    def _holds_another(self) -> bool:
        """Whether the person goes on in the same capacity at the place under another role or position."""
        return bool(
            frappe.db.exists(
                "Induction Staff",
                {
                    "user": self.user,
                    "capacity": self.capacity,
                    "school": self.school or ("is", "not set"),
                    "appropriate_body": self.appropriate_body or ("is", "not set"),
                    "name": ("!=", self.name),
                    "starts_on": ("<=", self.ends_on or today()),
                    "ends_on": ("is", "not set"),
                },
            )
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
            sentence.format(self.full_name, _(self.role), self.place_name()),
            doc=frappe.get_doc(*place),
            details={"person": self.user, "from": self.starts_on, "to": self.ends_on, **details},
        )

    def place_name(self) -> str:
        """The name of the school or appropriate body the role is held at."""
        if self.school:
            return frappe.db.get_value("School", self.school, "school_name") or self.school
        return self.appropriate_body

    def _same_position(self) -> list[frappe._dict]:
        return frappe.qb.get_query(
            "Induction Staff",
            filters={
                "user": self.user,
                "role": self.role,
                "school": self.school or ("is", "not set"),
                "appropriate_body": self.appropriate_body or ("is", "not set"),
                "name": ("!=", self.name or ""),
            },
            fields=["starts_on", "ends_on"],
            for_update=True,
        ).run(as_dict=True)


def _day(value) -> str:
    return formatdate(value, "d MMMM yyyy")
