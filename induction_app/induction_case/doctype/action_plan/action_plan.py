import frappe
from frappe import _
from frappe.utils import getdate

from induction_app.clock import today
from induction_app.workflows.staged_document import StagedDocument


class ActionPlan(StagedDocument):
    """Support for an ECT who is not on track (paras 4.1 to 4.6)."""

    def check_record(self) -> None:
        self.check_targets()
        if self.stage not in ("drafting", "checking", "withdrawn"):
            self.check_complete()
        if self.stage in ("met", "escalated"):
            self.check_results()

    def check_targets(self) -> None:
        for row in self.targets:
            if getdate(row.by_when) < getdate(self.raised_on):
                frappe.throw(_("Targets, row {0}: By is before the plan was raised.").format(row.idx))
        if self.review_on and getdate(self.review_on) < getdate(self.raised_on):
            frappe.throw(_("Review meeting on: choose a day after the plan was raised."))

    def check_complete(self) -> None:
        """Targets, and a day on which they are looked at (4.2, 4.3)."""
        for field in ("targets", "review_on"):
            if not self.get(field):
                frappe.throw(
                    _("{0}: fill this in before the plan is shared.").format(_(self.meta.get_label(field))),
                    frappe.MandatoryError,
                )

    def check_results(self) -> None:
        if not (self.review_notes or "").strip():
            frappe.throw(
                _("What the review found: fill this in before you close the plan."), frappe.MandatoryError
            )
        for row in self.targets:
            if not row.result:
                frappe.throw(_("Targets, row {0}: record the result.").format(row.idx), frappe.MandatoryError)
        if self.stage == "met" and (unmet := [row for row in self.targets if row.result == "Not met"]):
            frappe.throw(
                _("Targets, row {0}: a target that is not met keeps the plan open.").format(unmet[0].idx)
            )

    def prepare_move(self) -> None:
        if self.came_from is None:
            self.raised_by = frappe.session.user
        if self.stage == "sharing":
            self.shared_with_ect_on = self.ab_warned_on = today()
        if self.stage_rules.closed:
            self.closed_on = today()

    def deadline(self):
        if self.stage in ("active", "reviewing"):
            return self.review_on, "4.3"
        if self.stage == "sharing":
            return None, None
        return self.raised_on, "4.2"
