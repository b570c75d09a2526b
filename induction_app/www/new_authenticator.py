"""A new phone: forget the old authenticator app, after the password is given once more."""

import frappe
from frappe import _
from frappe.core.doctype.user.user import verify_password

from induction_app.page_kit import Form, Page, Password, Problem, redirect
from induction_app.page_kit.sign_in import authenticator


class NewAuthenticator(Page):
    template = "templates/kit/one_form.html"

    def title(self) -> str:
        return _("Move your second step to a new phone")

    def form(self) -> Form:
        return Form(
            Password(
                "password",
                _("Your password"),
                required=_("Enter your password"),
                autocomplete="current-password",
            ),
            button=_("Forget the old phone and sign out"),
        )

    def get(self):
        return {
            "introduction": _(
                "We forget the old phone and sign you out. When you sign in again, you set up the new one."
            )
        }

    def post(self, form: Form):
        try:
            verify_password(form.values["password"])
        except frappe.AuthenticationError:
            raise Problem(_("This is not your password"), "password") from None
        authenticator.start_again(frappe.session.user)
        frappe.local.login_manager.logout()
        return redirect("/sign-in", done=_("Sign in to set up your new phone"))

    def back(self) -> str:
        return "/your-account"
