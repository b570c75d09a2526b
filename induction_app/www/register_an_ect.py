"""The first page of a registration: it makes the draft that every later page saves to."""

import frappe
from frappe import _

from induction_app.page_kit import Form, Page, Select, redirect
from induction_app.pages import registering


class RegisterAnEct(Page):
    def title(self) -> str:
        return _("Register an ECT")

    def load(self) -> None:
        self.schools = registering.schools()
        if not self.schools:
            frappe.throw(
                _("ECTs are registered by their school's coordinator, headteacher or administrator."),
                frappe.PermissionError,
            )
        self.ect = frappe.new_doc("ECT")
        self.step = registering.steps(self.ect)[0]

    def form(self) -> Form:
        asked = self.step.questions(self.ect)
        if len(self.schools) > 1:
            asked.insert(0, Select("school", _("School"), options=self.schools, required=True))
        return Form(*asked, button=_("Save and continue"))

    def get(self):
        return {"schools": self.schools, "hint": self.step.hint}

    def post(self, form: Form):
        self.ect.update({"school": self.schools[0][0], **form.values})
        registering.note_saved(self.ect, self.step.code)
        self.ect.insert()
        return redirect(registering.after(self.step, self.ect))

    def back(self) -> str:
        return "/"
