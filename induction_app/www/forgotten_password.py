"""Forgotten password: ask for a link by email."""

from frappe import _

from induction_app.page_kit import Email, Form, Page, redirect
from induction_app.page_kit.sign_in import passwords


class ForgottenPassword(Page):
    guests = True

    def title(self) -> str:
        return _("Check your email") if self.args.get("sent") else _("Set a new password")

    def form(self) -> Form | None:
        if self.args.get("sent"):
            return None
        return Form(
            Email(
                "email",
                _("Email address"),
                hint=_("We will send a link to set a new password to this address, if it has an account."),
                required=_("Enter your email address"),
                autocomplete="username",
            ),
            button=_("Send the link"),
        )

    def post(self, form: Form):
        passwords.send_reset_link(form.values["email"])
        return redirect("/forgotten-password?sent=1")

    def back(self) -> str:
        return "/sign-in"
