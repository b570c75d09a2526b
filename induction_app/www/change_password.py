"""Change your password while signed in."""

from frappe import _

from induction_app.page_kit import Form, Page, Password, Problem, redirect
from induction_app.page_kit.sign_in import passwords
from induction_app.page_kit.sign_in.questions import new_password_questions


class ChangePassword(Page):
    template = "templates/kit/one_form.html"

    def title(self) -> str:
        return _("Change your password")

    def form(self) -> Form:
        return Form(
            Password(
                "old_password",
                _("Your present password"),
                required=_("Enter your present password"),
                autocomplete="current-password",
            ),
            *new_password_questions(),
            button=_("Save the password"),
        )

    def post(self, form: Form):
        if form.values["password"] != form.values["password_again"]:
            raise Problem(_("The two passwords are not the same"), "password_again")
        passwords.change(form.values["old_password"], form.values["password"])
        return redirect(
            "/your-account", done=_("Your password is changed. You are signed out everywhere else.")
        )

    def back(self) -> str:
        return "/your-account"
