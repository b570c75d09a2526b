"""Your account: name, password, second step, and where you are signed in."""

import frappe
from frappe import _
from frappe.twofactor import two_factor_is_enabled

from induction_app.page_kit import Form, Page, redirect
from induction_app.page_kit.sign_in import authenticator, sessions


class YourAccount(Page):
    def title(self) -> str:
        return _("Your account")

    def get(self):
        user = frappe.session.user
        return {
            "email": user,
            "phone": frappe.db.get_value("User", user, "phone"),
            "second_step": bool(two_factor_is_enabled(user)) and authenticator.uses_an_app(),
            "sessions": sessions.sessions_of_person(),
        }

    def post(self, form: Form):
        if self.action == "sign_out_there":
            sessions.end(self.posted.get("handle", ""))
            return redirect("/your-account", done=_("That device is signed out"))
        if self.action == "sign_out_elsewhere":
            sessions.end_all_others()
            return redirect("/your-account", done=_("You are signed out everywhere else"))
        return super().post(form)
