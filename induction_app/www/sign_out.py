"""Sign out: a button in the header; opened as an address, a page with that button."""

import frappe
from frappe import _

from induction_app.page_kit import Form, Page, redirect


class SignOut(Page):
    guests = True

    def title(self) -> str:
        return _("Sign out")

    def get(self):
        return redirect("/sign-in") if frappe.session.user == "Guest" else {}

    def post(self, form: Form):
        frappe.local.login_manager.logout()
        return redirect("/sign-in?signed-out=1", done=_("You are signed out"))
