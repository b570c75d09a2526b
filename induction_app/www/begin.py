"""Beginning a record that is not made by the schedule: an observation, an action plan, an interim assessment, an audit."""

import frappe
from frappe import _

from induction_app.assessment.reports import SignedReport
from induction_app.clock import today
from induction_app.page_kit import Form, Page, redirect
from induction_app.pages.addresses import address_of
from induction_app.pages.records.kinds import kinds
from induction_app.pages.records.on_page import OnPage


class Begin(Page):
    """Asks only what a record cannot begin without; the rest is asked question by question."""

    def title(self) -> str:
        return self.beginning.title()

    def load(self) -> None:
        self.kind = kinds().get(self.args.get("kind") or "")
        self.beginning = self.kind.beginning if self.kind else None
        about = "school" if self.args.get("school") else "ect"
        if not self.beginning or not self.args.get(about):
            raise frappe.DoesNotExistError
        self.subject = frappe.get_doc("School" if about == "school" else "ECT", self.args[about])
        self.subject.check_permission("read")
        self.draft = frappe.new_doc(self.kind.doctype, **{about: self.subject.name})
        if about == "school":
            self.draft.update({name: self.subject.get(name) for name in ("school_name", "appropriate_body")})
        self.draft.update(self.beginning.values())
        self.draft.check_permission("create")
        if isinstance(self.draft, SignedReport):
            self.draft.check_may_begin()

    def form(self) -> Form:
        on_page = OnPage(self.kind, self.draft)
        return Form(*self.beginning.ask(on_page), values={"observed_on": today()}, button=_("Begin"))

    def get(self):
        subject = self.subject
        whole, called = (
            (subject.full_name, subject.first_name)
            if subject.doctype == "ECT"
            else (subject.school_name, subject.school_name)
        )
        return {"subject": whole, "lead": self.beginning.lead().format(called)}

    def post(self, form: Form):
        self.draft.update(form.values)
        self.draft.insert()
        steps = OnPage(self.kind, self.draft).steps
        first = next((step for step in steps if not step.answered(self.draft)), None)
        below = ("write", first.slug) if first else ()
        return redirect(address_of(self.draft.doctype, self.draft.name, *below))

    def back(self) -> str:
        return address_of(self.subject.doctype, self.subject.name) or "/"
