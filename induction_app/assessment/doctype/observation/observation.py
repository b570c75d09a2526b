import frappe
from frappe import _
from frappe.utils import getdate

from induction_app.clock import today
from induction_app.workflows.staged_document import StagedDocument


class Observation(StagedDocument):
    """An observation of the ECT's teaching and its written feedback (paras 2.46 and 2.47)."""

    def check_record(self) -> None:
        self.check_dates()
        self.check_observer()
        if self.stage in ("ect_reflection", "shared"):
            self.check_complete()

    def check_dates(self) -> None:
        if getdate(self.observed_on) > today():
            frappe.throw(_("Observed on: {0} has not come yet.").format(_day(self.observed_on)))
        start = frappe.db.get_value("ECT", self.ect, "start_date")
        if start and getdate(self.observed_on) < getdate(start):
            frappe.throw(
                _("Observed on: {0} is before induction started on {1}.").format(
                    _day(self.observed_on), _day(start)
                )
            )

    def check_observer(self) -> None:
        if self.observer == frappe.db.get_value("ECT", self.ect, "user"):
            frappe.throw(_("Observer: the ECT cannot observe themselves."))

    def check_complete(self) -> None:
        """Feedback always names development needs (2.47)."""
        for field in ("strengths", "development_needs"):
            if not (self.get(field) or "").strip():
                frappe.throw(
                    _("{0}: fill this in before the ECT is shown the feedback.").format(_label(self, field))
                )

    def prepare_move(self) -> None:
        if self.stage == "ect_reflection":
            self.feedback_on = today()

    def deadline(self):
        if self.stage == "drafting":  # prompt feedback: the review meeting, where one is arranged
            return self.review_meeting_on, "2.47"
        return None, None


def _day(value) -> str:
    return frappe.utils.formatdate(value, "d MMMM yyyy")


def _label(doc, field: str) -> str:
    return _(doc.meta.get_label(field))
