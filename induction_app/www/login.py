"""The framework's own sign-in address leads to ours, with where the person was going."""

from frappe import _

from induction_app.page_kit import Page, redirect
from induction_app.page_kit.page import inside_address


class Login(Page):
    guests = True

    def title(self) -> str:
        return _("Sign in")

    def get(self):
        return redirect(inside_address("/sign-in", then=inside_address(self.args.get("redirect-to"))))
