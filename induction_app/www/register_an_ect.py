"""The first page of a registration: it makes the draft that every later page saves to."""

import frappe
from frappe import _

from induction_app.page_kit import Form, Page, Select, Text, redirect
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

    def form(self) -> Form:
        names = [
            Text("first_name", _("First name"), required=True),
            Text("last_name", _("Last name"), required=True),
        ]
        if len(self.schools) > 1:
            names.insert(0, Select("school", _("School"), options=self.schools, required=True))
        return Form(*names, button=_("Save and continue"))

    def get(self):
        return {"schools": self.schools}

    def post(self, form: Form):
        school = form.values.get("school") or self.schools[0][0]
        ect = frappe.get_doc({"doctype": "ECT", "school": school, **form.values}).insert()
        return redirect(registering.address(ect, registering.steps()[1].code))

    def back(self) -> str:
        return "/"
