"""Sign in: the first step, a password."""

from frappe import _, session

from induction_app.page_kit import Email, Form, Page, Password, redirect
from induction_app.page_kit.page import inside_address
from induction_app.page_kit.sign_in import entry, lock_out


class SignIn(Page):
    guests = True

    def title(self) -> str:
        return _("Sign in")

    def form(self) -> Form:
        return Form(
            Email(
                "email",
                _("Email address"),
                required=_("Enter your email address"),
                autocomplete="username",
            ),
            Password(
                "password",
                _("Password"),
                required=_("Enter your password"),
                autocomplete="current-password",
            ),
            button=_("Sign in"),
        )

    def get(self):
        if session.user != "Guest":
            return redirect(self.then())
        return {"lock_out_warning": lock_out.warning(), "signed_out": self.args.get("signed-out")}

    def post(self, form: Form):
        step = entry.check_password(form.values["email"], form.values["password"])
        if step.new_password_address:
            return redirect(step.new_password_address)
        return redirect(inside_address("/sign-in-code", then=self.then()) if step.needs_code else self.then())

    def then(self) -> str:
        """Where the person was going."""
        return inside_address(self.args.get("redirect-to"))
