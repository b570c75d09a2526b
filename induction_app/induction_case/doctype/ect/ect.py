import frappe
from frappe.utils import getdate

from induction_app.clock import today
from induction_app.induction_case import beginning, identity, registration, tutors, where_served
from induction_app.workflows.staged_document import StagedDocument

_NAMES = ("first_name", "middle_names", "last_name", "previous_last_name")
# What the schedule and the figures are worked out from: a change of any of these works them out again.
_FACTS = (
    "start_date",
    "fte",
    "school",
    "extension_terms",
    "reduced_to_terms",
    "prior_terms_served",
    "exempt",
)


class ECT(StagedDocument):
    """An early career teacher and the registration of their induction."""

    def check_record(self) -> None:
        self.keep_unreadable_fields()
        identity.check_person(self)
        identity.check_identity(self)
        registration.check_post(self)
        registration.check_earlier_service(self)
        registration.check_answer(self)
        registration.check_people(self)
        registration.check_reduction(self)
        beginning.check_start_of_ect(self)
        if self.stage in ("ab_check", "registered"):
            registration.check_complete(self)
        if self.stage == "registered" and self.moved_on:
            registration.check_may_start(self)
        if self.stage == "registered" and not self.moved_on:
            where_served.follow_change(self)

    def place(self) -> None:
        """The name in full, and the school's appropriate body unless another was agreed (2.23)."""
        self.set_full_name()
        if not self.appropriate_body and self.school:
            self.appropriate_body = frappe.db.get_value("School", self.school, "appropriate_body")

    def set_full_name(self) -> None:
        """Names are on one line each: they stand in subjects of mails and in rows of files."""
        for field in _NAMES:
            if self.get(field):
                self.set(field, " ".join(self.get(field).split()))
        names = (self.first_name, self.middle_names, self.last_name)
        self.full_name = " ".join(name for name in names if name)

    def keep_unreadable_fields(self) -> None:
        """People who may write a field but not read it send it empty: what is stored stays."""
        if self.before and not self.by_rules and not self.get("ni_number") and self.before.ni_number:
            if 1 not in self.get_permlevel_access("read"):
                self.ni_number = self.before.ni_number

    def prepare_move(self) -> None:
        if self.stage == "registered":
            self.registered_on, self.registered_by = today(), frappe.session.user
        elif self.stage == "withdrawn" and not self.registered_on:
            self.trn = None  # another school may register this person
        elif self.is_return():
            self.answer_to_body = None  # it answered what was asked before

    def on_update(self) -> None:
        super().on_update()
        tutors.follow_ect(self)
        if self.stage == "registered" and not self.moved_on and self.before and self.facts_changed():
            from induction_app.induction_case import schedule

            beginning.follow_ect(self)
            schedule.refresh(self.name)

    def facts_changed(self) -> bool:
        """Whether something the schedule is worked out from differs from what was stored."""
        return any(str(self.get(field) or "") != str(self.before.get(field) or "") for field in _FACTS)

    def follow_move(self) -> None:
        from induction_app.induction_case import schedule, status

        registration.tell_answer(self)
        if self.stage == "registered":
            registration.open_sign_in(self)
            registration.open_first_period(self)
            schedule.refresh(self.name)
        status.refresh_status(self.name)

    def deadline(self):
        """The appropriate body is told, and the ECT registered, before the start (2.11, 2.27)."""
        return (getdate(self.start_date) if self.start_date else None), "2.11"


def on_doctype_update() -> None:
    """One index with all that the counts of a large appropriate body look at."""
    counted = ("induction_status", "school", "completed_on", "absence_extension_days")
    frappe.db.add_index("ECT", ["appropriate_body", "stage", *counted], "of_a_body")
