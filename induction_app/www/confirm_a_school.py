"""Confirm, by the link that was mailed, that an address is one's own. Opening the link does nothing yet: mail
scanners open links, and only a person presses the button."""

from frappe import _

from induction_app.organisations.school_registration import behind_link
from induction_app.page_kit import Form, Page, Problem, redirect


class ConfirmASchool(Page):
    guests = True

    def title(self) -> str:
        return _("Confirm your request") if self.request else _("This link does not work any more")

    def load(self) -> None:
        self.request = behind_link(self.args.get("key"))

    def form(self) -> Form | None:
        return Form(button=_("Confirm")) if self.request else None

    def get(self):
        return {"asked": self.request}

    def post(self, form: Form):
        request = behind_link(self.args.get("key"), for_update=True)
        if not request:
            raise Problem(_("This link has been used, or is too old."))
        request.confirm()
        return redirect("/register-a-school/done/confirmed")
