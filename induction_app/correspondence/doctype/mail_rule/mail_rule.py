import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from induction_app.correspondence.letters import LETTERS
from induction_app.correspondence.recipients import TICK_BOXES
from induction_app.correspondence.rules import AFTER_DUE, BEFORE_DUE, EVENT_RECORDED, STAGE_REACHED
from induction_app.correspondence.texts import check_template
from induction_app.workflows import conditions
from induction_app.workflows.stages import STAGES


class MailRule(Document):
    """What is mailed, when and to whom. Hangs on stages and capacities, never on names."""

    def before_insert(self) -> None:
        self.rule_key = self.rule_key or frappe.generate_hash(length=12)

    def validate(self) -> None:
        self.check_timing()
        self.check_stage()
        self.check_condition()
        self.check_recipients()
        self.check_letter()
        self.check_text()

    def check_timing(self) -> None:
        if self.happens_when in (BEFORE_DUE, AFTER_DUE):
            if cint(self.days) < (1 if self.happens_when == AFTER_DUE else 0):
                frappe.throw(_("Days: say how many days before or after the due date."))
        else:
            self.days = 0
        if self.happens_when != AFTER_DUE:
            self.repeat_every = 0
        if cint(self.repeat_every) < 0:
            frappe.throw(_("Repeat every, in days: use a number of days, or 0 to send once."))
        if self.happens_when != EVENT_RECORDED:
            self.event = None
        elif not (self.event or "").strip():
            frappe.throw(_("Event: name the event that sends this mail."), frappe.MandatoryError)

    def check_stage(self) -> None:
        if self.happens_when == EVENT_RECORDED:
            self.stage = None
            return
        stages = STAGES.get(self.document_type)
        if stages is None:
            frappe.throw(_("Record type: {0} has no stages, only events.").format(_(self.document_type)))
        self.stage = (self.stage or "").strip()
        if self.stage and self.stage not in stages:
            frappe.throw(
                _("Stage: {0} has no stage “{1}”. Its stages are {2}.").format(
                    _(self.document_type), self.stage, ", ".join(stages)
                )
            )

        if self.stage and self.happens_when in (BEFORE_DUE, AFTER_DUE) and stages[self.stage].closed:
            frappe.throw(
                _("Stage: at {0} nothing is due any more, so no reminder goes out.").format(self.stage)
            )

    def check_condition(self) -> None:
        """The condition can be worked out on a record; what an event tells is only known when it comes."""

        def work_out(doc: Document) -> None:
            if self.happens_when != EVENT_RECORDED:
                frappe.safe_eval(self.only_when, None, {"doc": doc.as_dict(), "details": {}})

        conditions.check(_("Only when"), self.only_when, self.document_type, work_out)

    def check_recipients(self) -> None:
        if not any(cint(self.get(box)) for box in TICK_BOXES):
            frappe.throw(_("Who gets it: tick at least one."), frappe.MandatoryError)

    def check_letter(self) -> None:
        if not self.letter:
            return
        if LETTERS[self.letter] != self.document_type:
            frappe.throw(
                _("With the letter: this letter is made of {0} only.").format(_(LETTERS[self.letter]))
            )
        if self.happens_when != STAGE_REACHED:
            frappe.throw(_("With the letter: letters go out when a stage is reached, not with reminders."))

    def check_text(self) -> None:
        """The text uses only the words there are."""
        check_template(frappe.get_doc("Email Template", self.email_template))
