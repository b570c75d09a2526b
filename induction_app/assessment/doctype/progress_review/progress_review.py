import frappe
from frappe import _

from induction_app.assessment.reports import SignedReport


class ProgressReview(SignedReport):
    """A termly review of progress towards the Teachers' Standards (paras 2.48 to 2.54)."""

    signed_fields = (
        "ect",
        "term_number",
        "reviewed_on",
        "on_track",
        "evidence_summary",
        "standards",
        "targets",
        "support_plan",
        "ect_comment",
    )

    def check_complete(self) -> None:
        """On track or not, evidence in brief, agreed targets (2.52); a plan where not on track (4.1)."""
        self.require("reviewed_on", "on_track", "evidence_summary", "targets")
        if self.on_track == "Not on track" and not (self.support_plan or "").strip():
            frappe.throw(
                _("Support plan: set out the support for an ECT who is not on track (paragraph 4.1)."),
                frappe.MandatoryError,
            )
        judged = {row.progress for row in self.standards if row.progress}
        if self.on_track == "On track" and judged == {"Cause for concern"}:
            frappe.throw(
                _(
                    "{0}: it says on track, and every standard you judged is a cause for concern. Change one of "
                    "the two (paragraph 2.52)."
                ).format(_(self.meta.get_label("on_track")))
            )
