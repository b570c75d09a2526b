import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, formatdate, getdate

from induction_app.access.computed_fields import keep_computed_fields
from induction_app.clock import today
from induction_app.induction_case import beginning, leaving, schedule, status, tutors, where_served
from induction_app.induction_case.doctype.induction_period import by_hand
from induction_app.induction_case.events import record_event
from induction_app.induction_case.history import DECIDED
from induction_app.induction_case.overlaps import others_at_the_same_time
from induction_app.induction_case.what_may_follow import check_may_follow


class InductionPeriod(Document):
    """A post in which induction is served."""

    def validate(self) -> None:
        if not self.flags.by_rules:
            before = self.get_doc_before_save()
            keep_computed_fields(self, before)
            by_hand.check(self, before)
            beginning.check_start_of_post(self, before)
        self.check_dates()
        self.check_fte()
        self.check_working_patterns()
        self.check_overlap()
        self.check_outcome()
        self.check_standing()
        self.check_new_post()
        if self.is_new():
            self.induction_tutor = tutors.tutor_of_post(self.ect, self.school)
        self.is_open = 0 if self.ends_on else 1

    def check_dates(self) -> None:
        if self.ends_on and getdate(self.ends_on) < getdate(self.starts_on):
            frappe.throw(_("To: the period cannot end before it starts."))
        ect = frappe.db.get_value("ECT", self.ect, ["stage", "qts_awarded_on"], as_dict=True)
        if ect.stage != "registered":
            frappe.throw(
                _("ECT: {0} is not registered with the appropriate body yet (paragraph 2.11).").format(
                    self.ect
                )
            )
        if ect.qts_awarded_on and getdate(self.starts_on) < getdate(ect.qts_awarded_on):
            frappe.throw(_("From: this is before qualified teacher status was awarded (paragraph 2.10)."))

    def check_fte(self) -> None:
        if not 0.1 <= flt(self.fte, 2) <= 1:
            frappe.throw(
                _("Full-time equivalent at the start: enter a number from 0.1 to 1, not {0}.").format(
                    self.fte
                )
            )

    def check_working_patterns(self) -> None:
        last = getdate(self.starts_on)
        for row in self.working_patterns:
            if not 0.1 <= flt(row.fte, 2) <= 1:
                frappe.throw(
                    _("Changes, row {0}: full-time equivalent is a number from 0.1 to 1.").format(row.idx)
                )
            if getdate(row.from_date) <= last:
                frappe.throw(
                    _("Changes, row {0}: From must be after {1}, when the hours before it began.").format(
                        row.idx, formatdate(last, "d MMMM yyyy")
                    )
                )
            if self.ends_on and getdate(row.from_date) > getdate(self.ends_on):
                frappe.throw(_("Changes, row {0}: From is after the period ended.").format(row.idx))
            last = getdate(row.from_date)

    def check_overlap(self) -> None:
        """Periods of one ECT do not overlap, and one at most is open."""
        for other in others_at_the_same_time(self):
            if not other.ends_on and not self.ends_on:
                frappe.throw(_("To: {0} is open already. Close it first.").format(other.name))
            frappe.throw(
                _("From and To: the period overlaps another, {0}, from {1}.").format(
                    other.name, formatdate(other.starts_on, "d MMMM yyyy")
                )
            )

    def check_outcome(self) -> None:
        if self.outcome and not self.ends_on:
            frappe.throw(_("Outcome: give the day the period ended too."))
        if self.ends_on and getdate(self.ends_on) > today() and self.outcome and not self.flags.by_rules:
            frappe.throw(_("To: an outcome cannot be recorded for a day to come."))

    def check_standing(self) -> None:
        """No post is added or opened again once the induction is decided: there is one (1.13, reg 9)."""
        before = self.get_doc_before_save()
        if not self.flags.by_rules and (not before or (before.ends_on and not self.ends_on)):
            check_may_follow("post", self.ect, _("ECT"))

    def check_new_post(self) -> None:
        """A post is agreed first, at a school and under a body where induction may be served (2.4, 2.18, 2.25)."""
        if not self.is_new() or self.flags.by_registration:  # a registration has answered for its first post
            return
        ect = frappe.get_doc("ECT", self.ect)
        where_served.check_place(ect, self.school, self.appropriate_body, besides=self.name)
        where_served.check_agreed(ect)

    def on_update(self) -> None:
        before = self.get_doc_before_save()
        watched = ("starts_on", "ends_on", "fte", "school", "appropriate_body", "outcome", "working_patterns")
        changes = {
            field: {"before": _plain(before, field) if before else None, "after": _plain(self, field)}
            for field in watched
            if not before or _plain(before, field) != _plain(self, field)
        }
        if not changes:
            return
        summary = _("Induction period at {0}: {1}").format(
            frappe.db.get_value("School", self.school, "school_name"),
            _("opened")
            if not before
            else _("ended")
            if before.is_open and not self.is_open
            else _("changed"),
        )
        record_event("induction period", summary, doc=self, details=changes)
        if before and before.is_open != self.is_open and self.outcome not in DECIDED:
            where_served.follow_post(self)
        if not self.flags.by_registration:
            if "starts_on" in changes:
                beginning.follow_post(self)
            schedule.refresh(self.ect)
            leaving.follow_post(self, before)
            status.refresh_status(self.ect, locked=True)


def _plain(doc: Document, field: str) -> object:
    if field == "working_patterns":
        return [(str(row.from_date), flt(row.fte, 2)) for row in doc.working_patterns]
    return str(doc.get(field) or "")
