"""The first page of registering a school: find it in the national register."""

from frappe import _

from induction_app.organisations.school_registration import why_not
from induction_app.page_kit import Page
from induction_app.pages.organisations.searching import search


class RegisterASchool(Page):
    guests = True

    def title(self) -> str:
        return _("Register a school")

    def get(self):
        return search(self.args, "/register-a-school/{}", why_not)

    def back(self) -> str:
        return "/sign-in"
