"""What progress reviews and formal assessments share: written by the tutor, commented, signed, received."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate, getdate

from induction_app.clock import today
from induction_app.induction_case.what_may_follow import check_may_follow
from induction_app.workflows.staged_document import StagedDocument


def in_words(day: date | str) -> str:
    """A date as people read it: `1 September 2025`."""
    return formatdate(day, "d MMMM yyyy")


class SignedReport(StagedDocument):
    """A report the school writes and signs, and the appropriate body receives."""

    meeting_field = "reviewed_on"
    author_field = "reviewer"
    schedule_paragraph = "2.48"
    absence_paragraph = "2.49"

    def place(self) -> None:
        """A report is of a post: of the one the ECT is in or was in last at their school, or the one asked for."""
        super().place()
        if not self.is_new():
            return
        if self.by_rules and self.induction_period:
            names = ["school", "appropriate_body"]
            self.update(frappe.db.get_value("Induction Period", self.induction_period, names, as_dict=True))
        elif not self.induction_period:
            self.induction_period = _last_post(self.ect, self.school)

    def check_record(self) -> None:
        self.check_place_in_schedule()
        self.check_meeting()
        self.check_standing()
        if self.stage not in ("drafting", "checking", "cancelled"):
            self.check_complete()

    def check_place_in_schedule(self) -> None:
        """A report belongs to a registered ECT."""
        stage = frappe.db.get_value("ECT", self.ect, "stage")
        if self.is_new() and stage != "registered":
            frappe.throw(
                _("ECT: {0} is not registered with the appropriate body yet (paragraph 2.11).").format(
                    self.ect
                )
            )

    def step(self) -> str:
        """What the report is to the rule of what may follow."""
        return "progress_review"

    def check_standing(self) -> None:
        """A report is begun, written of a meeting and sent while the induction allows it (1.13, 2.60, 3.7)."""
        if self.by_rules:
            return
        if self.is_new():
            self.check_may_begin()
        held_on = self.get(self.meeting_field)
        if held_on and self.is_weighed():
            label = _(self.meta.get_label(self.meeting_field))
            check_may_follow(self.step(), self.ect, label, held_on, self.scheduled_for, self.name)

    def check_may_begin(self) -> None:
        """Nothing new is begun once the induction is decided (1.13)."""
        check_may_follow(self.step(), self.ect, _("ECT"))

    def is_weighed(self) -> bool:
        """Whether this save is one in which the day of the meeting is held against the induction."""
        sent = self.moved_on and self.came_from == "drafting" and self.stage != "cancelled"
        return not self.before or sent or self.has_value_changed(self.meeting_field)

    def check_meeting(self) -> None:
        """The meeting has been held, in the induction; what was agreed at it comes after it."""
        held_on = self.get(self.meeting_field)
        if not held_on or self.by_rules:
            return
        label = _(self.meta.get_label(self.meeting_field))
        if getdate(held_on) > today():
            frappe.throw(_("{0}: {1} has not come yet.").format(label, in_words(held_on)))
        start = frappe.db.get_value("ECT", self.ect, "start_date")
        if start and getdate(held_on) < getdate(start):
            frappe.throw(
                _("{0}: {1} is before the induction started, on {2}.").format(
                    label, in_words(held_on), in_words(start)
                )
            )
        for row in self.targets:
            if row.by_when and getdate(row.by_when) < getdate(held_on):
                frappe.throw(
                    _("{0}, row {1}: By {2} is before the meeting at which it was agreed.").format(
                        _(self.meta.get_label("targets")), row.idx, in_words(row.by_when)
                    )
                )

    def check_complete(self) -> None:
        """Everything the guidance asks a finished report to say."""

    def require(self, *fieldnames: str) -> None:
        """Throw for the first of these fields that is empty."""
        for name in fieldnames:
            value = self.get(name)
            if not value or (isinstance(value, str) and not value.strip()):
                frappe.throw(
                    _("{0}: fill this in before you send it on.").format(_(self.meta.get_label(name))),
                    frappe.MandatoryError,
                )

    def prepare_move(self) -> None:
        if self.came_from == "drafting" and not self.by_rules:
            self.set(self.author_field, frappe.session.user)
        if self.stage == "ab_receipt":
            self.submitted_on = today()
        if self.stage == "received":
            self.received_on = today()
        if self.stage in ("received", "cancelled"):
            self.overdue_since = None

    def follow_move(self) -> None:
        if self.stage == "received":
            from induction_app.induction_case.status import refresh_status

            refresh_status(self.ect)

    def deadline(self) -> tuple[date | None, str | None]:
        """The schedule's day; none while the report waits for the ECT's return or choice (2.49, 2.56, 3.7)."""
        if self.waits_for:
            return None, "3.7" if self.waits_for == "choice" else self.absence_paragraph
        return self.scheduled_for, self.schedule_paragraph


def _last_post(ect: str, school: str) -> str | None:
    found = frappe.get_all(
        "Induction Period",
        {"ect": ect, "school": school},
        pluck="name",
        order_by="is_open desc, starts_on desc",
        limit=1,
    )
    return found[0] if found else None
