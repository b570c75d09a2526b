"""Set a new password by the link in an email. The framework's mails lead to this address."""

from frappe import _

from induction_app.page_kit import Form, Page, Problem, redirect
from induction_app.page_kit.sign_in import passwords
from induction_app.page_kit.sign_in.questions import new_password_questions


class UpdatePassword(Page):
    guests = True

    def title(self) -> str:
        return _("Set a new password") if self.args.get("key") else _("This link is not complete")

    def form(self) -> Form | None:
        if not self.args.get("key"):
            return None
        return Form(*new_password_questions(), button=_("Save the password"))

    def get(self):
        return {"too_old": bool(self.args.get("password_expired"))}

    def post(self, form: Form):
        if form.values["password"] != form.values["password_again"]:
            raise Problem(_("The two passwords are not the same"), "password_again")
        passwords.set_by_link(self.args["key"], form.values["password"])
        return redirect("/sign-in", done=_("Your new password is saved. Sign in with it."))
