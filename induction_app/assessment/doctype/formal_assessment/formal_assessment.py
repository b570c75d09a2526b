import frappe
from frappe import _
from frappe.utils import getdate

from induction_app.assessment.reports import SignedReport
from induction_app.clock import today
from induction_app.induction_case.history import history_of
from induction_app.induction_case.outlook import work_out
from induction_app.induction_case.rules import ask_rule, why_text
from induction_app.induction_case.what_may_follow import ASSESSMENTS, FINAL

# A headteacher's recommendation beside an overall judgement that leads to another.
_DIFFERING = (
    ("Satisfactory", "Not satisfactory"),
    ("Unsatisfactory", "Satisfactory"),
    ("Extension", "Satisfactory"),
)


class FormalAssessment(SignedReport):
    """A formal assessment against the Teachers' Standards (paras 2.55 to 2.63)."""

    meeting_field = "meeting_on"
    author_field = "assessor"
    schedule_paragraph = "2.55"
    absence_paragraph = "2.56"
    headteacher_fields = ("recommendation", "recommendation_reason", "extension_terms_proposed")
    signed_fields = (
        "ect",
        "assessment_type",
        "term_number",
        "meeting_on",
        "judgements",
        "overall",
        "summary",
        "targets",
        "support_plan",
        "days_absent",
        *headteacher_fields,
        "ect_comment",
    )

    def validate(self) -> None:
        if self.is_new() and not self.judgements:
            self.add_standards()
        super().validate()

    def add_standards(self) -> None:
        """A row for each of the Teachers' Standards."""
        for code in frappe.get_all("Teachers Standard", order_by="position", pluck="name"):
            self.append("judgements", {"standard": code})

    def check_record(self) -> None:
        super().check_record()
        self.check_recommendation()
        self.check_assessor()

    def step(self) -> str:
        return ASSESSMENTS.get(self.assessment_type, FINAL)

    def is_weighed(self) -> bool:
        """A final assessment is weighed at its receipt too, which puts it before the appropriate body."""
        received = self.moved_on and self.stage == "received" and self.assessment_type == "Final"
        return received or super().is_weighed() or self.has_value_changed("assessment_type")

    def check_recommendation(self) -> None:
        if self.recommendation and self.assessment_type != "Final":
            frappe.throw(_("Recommendation: it belongs on the final assessment only (paragraph 2.60)."))
        if self.recommendation == "Extension" and not self.extension_terms_proposed:
            frappe.throw(_("Extension proposed, in terms: say how long."))
        leaving_head = self.came_from == "head_signature" and self.moved_on and not self.is_return()
        if (
            self.assessment_type == "Final"
            and leaving_head
            and self.stage != "cancelled"
            and not self.recommendation
        ):
            frappe.throw(
                _("Recommendation: make it before you sign the final assessment (paragraph 2.60)."),
                frappe.MandatoryError,
            )
        if leaving_head and self.stage != "cancelled":
            self.check_differing_recommendation()

    def check_differing_recommendation(self) -> None:
        """A recommendation other than the report's own judgement leads to is explained (2.60)."""
        differs = (self.recommendation, self.overall) in _DIFFERING
        if differs and not (self.recommendation_reason or "").strip():
            frappe.throw(
                _(
                    "Reasons: you recommend “{0}”, and the report says that performance is {1}. Say why "
                    "(paragraph 2.60)."
                ).format(_(self.recommendation), _(self.overall).lower()),
                frappe.MandatoryError,
            )

    def check_assessor(self) -> None:
        """The headteacher or the induction tutor assesses, never the mentor as mentor (2.55)."""
        if not (self.moved_on and self.came_from == "drafting") or self.by_rules or self.stage == "cancelled":
            return
        capacities = self.acting_capacities()
        for capacity in ("induction_tutor", "headteacher"):
            if capacity in capacities and ask_rule("may_assess", role=capacity).value:
                self.assessor_capacity = capacity
                return
        frappe.throw(
            _(
                "Only the headteacher or the induction tutor carries out a formal assessment (paragraph 2.55)."
            ),
            frappe.PermissionError,
        )

    def check_complete(self) -> None:
        """Every standard judged with its evidence, and an overall judgement (2.57, 2.59)."""
        self.require("meeting_on", "overall")
        judged = {row.standard for row in self.judgements if row.judgement}
        for row in self.judgements:
            if not row.judgement or not (row.evidence or "").strip():
                frappe.throw(
                    _(
                        "Teachers' Standards, row {0}: give a judgement and its evidence for standard {1}."
                    ).format(row.idx, row.standard),
                    frappe.MandatoryError,
                )
        missing = set(frappe.get_all("Teachers Standard", pluck="name")) - judged
        if missing:
            frappe.throw(_("Teachers' Standards: add a row for standard {0}.").format(sorted(missing)[0]))
        self.check_agrees_with_standards()
        if self.overall == "Not satisfactory":
            self.require("support_plan")

    def check_agrees_with_standards(self) -> None:
        """Satisfactory against the standards is not said beside one that is not met (2.59, 2.60)."""
        below = next((row for row in self.judgements if row.judgement == "Not satisfactory"), None)
        if self.overall == "Satisfactory" and below:
            frappe.throw(
                _(
                    "{0}: it says satisfactory, and Teachers' Standards, row {1}, says that standard {2} is not "
                    "satisfactory. Change one of the two (paragraph 2.59)."
                ).format(_(self.meta.get_label("overall")), below.idx, below.standard)
            )

    def prepare_move(self) -> None:
        super().prepare_move()
        if self.came_from == "drafting":
            self.terms_served = work_out(history_of(self.ect)).figures["terms_served"]

    def deadline(self):
        """Ten working days from the meeting once it has been held (2.61), the schedule's day before."""
        if not self.meeting_on:
            due, paragraph = super().deadline()
            if self.assessment_type == "Interim" and due:  # after the last day it is still expected (2.63)
                paragraph = "2.63" if getdate(due) < today() else "2.62"
            return due, paragraph
        answer = ask_rule("report_due", final_meeting=getdate(self.meeting_on))
        self.report_due_on = answer.value
        self.why = why_text({"report_due_on": answer})
        return answer.value, "2.61"

    def follow_move(self) -> None:
        if self.stage == "received" and self.assessment_type == "Final":
            from induction_app.assessment.doctype.induction_decision.induction_decision import open_decision

            open_decision(self)
        super().follow_move()
