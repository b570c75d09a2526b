"""Beginning a record that is not made by the schedule: an observation, an action plan, an interim assessment."""

import frappe
from frappe import _

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
        if not self.beginning or not self.args.get("ect"):
            raise frappe.DoesNotExistError
        self.ect = frappe.get_doc("ECT", self.args["ect"])
        self.ect.check_permission("read")
        self.draft = frappe.new_doc(self.kind.doctype, ect=self.ect.name)
        self.draft.update(self.beginning.values())
        self.draft.check_permission("create")

    def form(self) -> Form:
        on_page = OnPage(self.kind, self.draft)
        return Form(*self.beginning.ask(on_page), values={"observed_on": today()}, button=_("Begin"))

    def get(self):
        return {"ect": self.ect, "lead": self.beginning.lead()}

    def post(self, form: Form):
        self.draft.update(form.values)
        self.draft.insert()
        steps = OnPage(self.kind, self.draft).steps
        first = next((step for step in steps if not step.answered(self.draft)), None)
        below = ("write", first.slug) if first else ()
        return redirect(address_of(self.draft.doctype, self.draft.name, *below))

    def back(self) -> str:
        return address_of("ECT", self.args.get("ect")) or "/"
