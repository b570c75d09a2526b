"""Sign in: the second step, a code from an authenticator app; the first time, with setting the app up."""

from frappe import _, session

from induction_app.page_kit import Code, Form, Page, redirect
from induction_app.page_kit.page import inside_address
from induction_app.page_kit.sign_in import authenticator, entry


class SignInCode(Page):
    guests = True

    def title(self) -> str:
        return _("Set up your authenticator app") if self.setting_up else _("Enter your code")

    def load(self) -> None:
        self.user = entry.waiting_for_code()
        self.uses_app = authenticator.uses_an_app()
        self.setting_up = bool(self.user) and self.uses_app and not authenticator.is_set_up(self.user)

    def form(self) -> Form:
        return Form(
            Code(
                "code",
                _("Code"),
                length=6,
                hint=_("6 digits") if self.uses_app else _("We have sent you a message with 6 digits."),
                required=_("Enter the 6 digits of the code"),
                width="5",
                autocomplete="one-time-code",
            )
        )

    def get(self):
        if session.user != "Guest":
            return redirect(self.then())
        if not self.user:
            return redirect(inside_address("/sign-in", then=self.then()))
        key = authenticator.key_of(self.user) if self.setting_up else None
        return {"key": key, "uses_app": self.uses_app}

    def post(self, form: Form):
        entry.check_code(form.values["code"])
        return redirect(self.then())

    def back(self) -> str:
        return "/sign-in"

    def then(self) -> str:
        """Where the person was going."""
        return inside_address(self.args.get("redirect-to"))
