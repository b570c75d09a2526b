"""Registering a school: what happens next, after sending and after confirming."""

from frappe import _

from induction_app.organisations.school_registration import LINK_HOURS
from induction_app.page_kit import Page
from induction_app.pages.organisations import applying


class SchoolApplicantDone(Page):
    guests = True

    def title(self) -> str:
        return _("Check your email") if self.args.get("end") == "sent" else _("Your request is sent")

    def get(self):
        return {"sent": self.args.get("end") == "sent", "hours": LINK_HOURS, "told": applying.answers("sent")}
