import frappe
from frappe import _

from induction_app.clock import today
from induction_app.workflows.staged_document import StagedDocument


class QMAudit(StagedDocument):
    """An appropriate body's audit of the quality of a school's induction (paras 5.8 to 5.11)."""

    def check_record(self) -> None:
        self.check_school()
        if self.stage in ("school_response", "following_up", "closed"):
            self.check_report()

    def check_school(self) -> None:
        """The body audits a school it works with, and hands no audit over to another body."""
        if self.before and self.appropriate_body != self.before.appropriate_body:
            frappe.throw(_("Appropriate body: an audit stays with the body that plans it."))
        if self.before and self.school == self.before.school:
            return
        if frappe.db.get_value("School", self.school, "appropriate_body") != self.appropriate_body:
            frappe.throw(
                _("School: {0} does not work with {1}.").format(
                    self.school_name or self.school, self.appropriate_body
                )
            )

    def check_report(self) -> None:
        for field in ("visited_on", "judgement", "report"):
            if not self.get(field):
                frappe.throw(
                    _("{0}: fill this in before the school is asked to respond.").format(
                        _(self.meta.get_label(field))
                    ),
                    frappe.MandatoryError,
                )
        if self.stage == "closed" and (
            open_rows := [row for row in self.findings if row.action and not row.done_on]
        ):
            frappe.throw(_("Findings, row {0}: record when the action was done.").format(open_rows[0].idx))

    def prepare_move(self) -> None:
        if self.stage == "closed":
            self.closed_on = today()

    def deadline(self):
        if self.stage in ("drafting", "checking", "visiting"):
            return self.planned_on, "5.8"
        return None, None
