import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, getdate

from induction_app.clock import today
from induction_app.induction_case.case_outcome import apply_outcome
from induction_app.induction_case.rules import ask_rule, read_why, why_text
from induction_app.induction_case.what_may_follow import check_may_follow
from induction_app.workflows.staged_document import StagedDocument

_OF_AN_APPEAL = ("appeal_made_on", "appeal_reference", "appeal_recorded_late")
# Settings that are no relevant school in law: nobody has to be dismissed from them (2.71).
_NOT_RELEVANT = ("academy", "independent", "fe", "british_school_overseas")
_OUTCOME_CODES = {"Pass": "pass", "Extension": "extend", "Fail": "fail"}


class InductionDecision(StagedDocument):
    """The appropriate body's decision, its notice and any appeal (paras 2.66 to 2.73)."""

    def check_record(self) -> None:
        self.check_outcome()
        self.check_standing()
        self.check_not_conflicted()
        self.check_tra_was_told()
        self.check_appeal()

    def check_outcome(self) -> None:
        if self.stage not in ("considering", "checking") and not self.outcome:
            frappe.throw(_("Decision: choose pass, extension or fail."), frappe.MandatoryError)
        if self.stage not in ("considering", "checking") and not (self.reasons or "").strip():
            frappe.throw(_("Reasons: give the reasons of the decision."), frappe.MandatoryError)
        if self.outcome == "Extension" and not 0 < flt(self.extension_terms) <= 6:
            frappe.throw(_("Extended by, in terms: give a length above 0 and up to 6 terms (paragraph 3.8)."))
        if self.outcome != "Extension":
            self.extension_terms = 0

    def check_standing(self) -> None:
        """One induction is decided once, served in full, and when the ECT's choices are made (1.13, 2.65, 3.7)."""
        if self.moved_on and self.stage == "decided" and not self.by_rules:
            check_may_follow("decision", self.ect, _label(self, "outcome"), today(), apart_from=self.name)

    def check_not_conflicted(self) -> None:
        """The named contact takes no part in the decision (2.28)."""
        if self.moved_on and self.stage == "decided" and not self.by_rules:
            if frappe.db.get_value("ECT", self.ect, "named_contact") == frappe.session.user:
                frappe.throw(
                    _("You are this ECT's named contact, so you cannot take the decision (paragraph 2.28)."),
                    frappe.PermissionError,
                )

    def check_tra_was_told(self) -> None:
        """The day the Teaching Regulation Agency was told has come, and is not before the decision (2.69)."""
        if self.tra_notified_on and self.has_value_changed("tra_notified_on"):
            self.check_day("tra_notified_on", "decided_on")

    def acts_as_ect(self) -> bool:
        """Whether the person signed in is the ECT of this case."""
        return "ect" in self.acting_capacities()

    def check_appeal(self) -> None:
        self.check_can_be_appealed()
        if not self.moved_on or self.is_return():
            return
        if self.stage == "appealed":
            self.check_appeal_in_time()
        if self.stage == "closed" and self.outcome != "Pass":
            if self.appeal_made_on:
                self.check_appeal_outcome()
            else:
                self.check_window_over()

    def check_can_be_appealed(self) -> None:
        """Against a pass there is no appeal, and against the same decision no second one (reg 14)."""
        appealing = self.moved_on and self.stage == "appealed"
        writing = self.came_from == self.stage == "closed" and any(map(self.has_value_changed, _OF_AN_APPEAL))
        if (appealing or writing) and not self.by_rules and (self.outcome == "Pass" or self.appeal_outcome):
            frappe.throw(
                _("Appeal made on: there is no appeal against a pass, and none after an appeal was decided.")
            )

    def check_appeal_in_time(self) -> None:
        """An appeal is made by the last day to appeal, and judged by the day it was made (2.70, sch 3 para 2).

        The body records, with a reason, one that it learns of after the closing, and one that the Teaching
        Regulation Agency has admitted late.
        """
        self.appeal_made_on = self.appeal_made_on or today()
        self.check_day("appeal_made_on", "notified_on")
        made, sent = getdate(self.appeal_made_on), getdate(self.notified_on)
        outcome = _OUTCOME_CODES[self.outcome]
        in_time = ask_rule("appeal_in_time", outcome=outcome, sent=sent, made=made).value
        known_in_time = self.came_from != "closed" or today() <= getdate(self.appeal_closes_on)
        ended = _("Appeal made on: the right to appeal ended on {0} (paragraph 2.70).").format(
            _day(self.appeal_closes_on)
        )
        if self.acts_as_ect():
            if not (in_time and known_in_time):
                tell = _(
                    "If your appeal was made by then, or was admitted late in exceptional circumstances, tell your appropriate body, which records it."
                )
                frappe.throw(f"{ended} {tell}")
        elif (self.appeal_recorded_late or "").strip() or (in_time and self.came_from != "closed"):
            return
        elif in_time:
            frappe.throw(
                _("{0}: the decision is closed. Say why the appeal is recorded only now.").format(
                    _label(self, "appeal_recorded_late")
                )
            )
        else:
            admitted = _(
                "If the Teaching Regulation Agency has admitted the appeal in exceptional circumstances, say so in “{0}”."
            ).format(_label(self, "appeal_recorded_late"))
            frappe.throw(f"{ended} {admitted}")

    def check_day(self, field: str, after: str) -> None:
        """A day that has come, and is not before the day in the field `after`."""
        if getdate(self.get(field)) > today():
            frappe.throw(_("{0}: {1} has not come yet.").format(_label(self, field), _day(self.get(field))))
        if self.get(after) and getdate(self.get(field)) < getdate(self.get(after)):
            frappe.throw(
                _("{0}: {1} is before “{2}”, on {3}.").format(
                    _label(self, field), _day(self.get(field)), _label(self, after), _day(self.get(after))
                )
            )

    def check_window_over(self) -> None:
        """Until the last day to appeal, only the ECT can say that there will be no appeal (2.72).

        They may still change their mind until that day: their notice starts a clock and ends no right (2.70).
        """
        if self.by_rules or today() > getdate(self.appeal_closes_on):
            return
        if not self.acts_as_ect():
            frappe.throw(
                _("The ECT may appeal until {0}. Only the ECT can say earlier that they will not.").format(
                    _day(self.appeal_closes_on)
                ),
                frappe.PermissionError,
            )
        self.no_appeal_notice_on = today()

    def check_appeal_outcome(self) -> None:
        if not self.appeal_outcome or not self.appeal_decided_on:
            frappe.throw(_("Outcome of the appeal: record it, and the day the school was told."))
        self.check_day("appeal_decided_on", "appeal_made_on")
        if self.appeal_outcome == "Allowed: extended" and not self.appeal_extension_terms:
            frappe.throw(_("Extension set on appeal, in terms: say how long."))

    def prepare_move(self) -> None:
        if self.stage == "decided":
            self.decided_on, self.decided_by = today(), frappe.session.user
        if self.stage in ("appeal_window", "closed") and not self.notified_on:
            self.notified_on = today()
        self.work_out_clocks()

    def work_out_clocks(self) -> None:
        """Each deadline as soon as the day it counts from is known, with its reasons."""
        received = getdate(self.recommendation_received_on)
        answers = {"decision_due_on": ask_rule("decision_due", recommendation_received=received)}
        if self.decided_on:
            decided, outcome = getdate(self.decided_on), _OUTCOME_CODES[self.outcome]
            answers["notice_due_on"] = ask_rule("notice_due", decided=decided)
            answers["tra_notice_due_on"] = ask_rule("tra_notice_due", decided=decided, outcome=outcome)
        if self.notified_on and self.outcome != "Pass":
            sent = getdate(self.notified_on)
            answers["notice_received_on"] = ask_rule("notice_received", sent=sent)
            answers["appeal_closes_on"] = ask_rule("last_day_to_appeal", sent=sent)
        self.dismissal_due_on = None
        if (
            self.stage == "closed"
            and self.outcome == "Fail"
            and not (self.appeal_outcome or "").startswith("Allowed")
            and self.must_dismiss()
        ):
            answers["dismissal_due_on"] = ask_rule("dismissal_due", **self.dismissal_counts_from())
        for field, answer in answers.items():
            self.set(field, answer.value)
        self.why = why_text(answers)

    def must_dismiss(self) -> bool:
        """Whether the employer is one that may not go on employing a teacher who has failed (2.71, reg 12)."""
        return frappe.db.get_value("School", self.school, "setting_kind") not in _NOT_RELEVANT

    def dismissal_counts_from(self) -> dict:
        """The day the ten working days to dismissal count from (2.72)."""
        if self.appeal_outcome:
            return {"appeal_outcome_told": getdate(self.appeal_decided_on)}
        if self.no_appeal_notice_on:
            return {"no_appeal_notice": getdate(self.no_appeal_notice_on)}
        return {"appeal_closed": getdate(self.appeal_closes_on)}

    def deadline(self):
        match self.stage:
            case "considering" | "checking":
                return self.decision_due_on, "2.67"
            case "decided":
                return self.notice_due_on, "2.69"
            case "appeal_window":
                return self.appeal_closes_on, "2.70"
        return None, None

    def follow_move(self) -> None:
        if self.stage in ("appeal_window", "appealed", "closed"):
            apply_outcome(self)

    def why_of(self) -> dict[str, dict]:
        """Each date with its paragraphs and working."""
        return read_why(self)


def _label(doc: Document, field: str) -> str:
    return _(doc.meta.get_label(field))


def _day(value) -> str:
    return frappe.utils.formatdate(value, "d MMMM yyyy")


def open_decision(assessment: Document) -> Document:
    """Put a received final assessment before the appropriate body. The same assessment never twice."""
    existing = frappe.db.exists("Induction Decision", {"formal_assessment": assessment.name})
    if existing:
        return frappe.get_doc("Induction Decision", existing)
    decision = frappe.get_doc(
        {
            "doctype": "Induction Decision",
            "ect": assessment.ect,
            "formal_assessment": assessment.name,
            "recommendation": assessment.recommendation,
            "recommendation_received_on": assessment.received_on,
        }
    )
    decision.flags.by_rules = True
    decision.insert(ignore_permissions=True)  # the receipt opens it; nobody need be allowed to make one
    return decision
