"""Your details: the name and telephone number that colleagues see."""

import frappe
from frappe import _

from induction_app.page_kit import Form, Page, Text, redirect


class YourDetails(Page):
    template = "templates/kit/one_form.html"

    def title(self) -> str:
        return _("Your details")

    def load(self) -> None:
        self.user = frappe.get_doc("User", frappe.session.user)

    def form(self) -> Form:
        return Form(
            Text(
                "first_name", _("First name"), required=_("Enter your first name"), autocomplete="given-name"
            ),
            Text("last_name", _("Last name"), required=_("Enter your last name"), autocomplete="family-name"),
            Text(
                "phone",
                _("Telephone number"),
                hint=_("For colleagues who take part in the same inductions. You can leave it empty."),
                longest=30,
                type="tel",
                autocomplete="tel",
                width="20",
            ),
            record=self.user,
            button=_("Save"),
        )

    def get(self):
        return {
            "introduction": _(
                "Your name stands on what you sign from now on. What you signed before does not change."
            )
        }

    def post(self, form: Form):
        self.user.update(form.values)
        self.user.save()
        return redirect("/your-account", done=_("Your details are saved"))

    def back(self) -> str:
        return "/your-account"
