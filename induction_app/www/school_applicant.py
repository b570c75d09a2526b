"""Registering a school: who you are."""

from frappe import _

from induction_app.page_kit import Email, Form, Radios, Text, redirect
from induction_app.pages.organisations import applying


class SchoolApplicant(applying.ApplicantPage):
    def title(self) -> str:
        return _("Who you are")

    def form(self) -> Form | None:
        if self.refusal:
            return None
        return Form(
            Text(
                "first_name", _("First name"), required=_("Enter your first name"), autocomplete="given-name"
            ),
            Text("last_name", _("Last name"), required=_("Enter your last name"), autocomplete="family-name"),
            Email(
                "email",
                _("Work email address"),
                hint=_("We send a link to it. Use your own address at the school, not a shared one."),
                required=_("Enter your work email address"),
                autocomplete="email",
            ),
            Radios(
                "role",
                _("What is your role at the school?"),
                options=applying.role_options(),
                required=_("Select your role"),
            ),
            values=self.answers,
        )

    def post(self, form: Form):
        self.refuse_where_not()
        applying.keep(self.school.name, **form.values)
        return redirect(self.address("check" if self.args.get("then") == "check" else "appropriate-body"))

    def back(self) -> str:
        return self.address("check") if self.args.get("then") == "check" else "/register-a-school"
