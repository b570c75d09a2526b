"""A school's request to be registered: who asks, what the register says of the school, and the answer."""

import frappe
from frappe import _

from induction_app.organisations.doctype.school_registration.school_registration import AUTHORISED, WAITING
from induction_app.page_kit import Page, redirect
from induction_app.page_kit.environment import day, moment
from induction_app.pages.addresses import address_of
from induction_app.pages.cases import names_of
from induction_app.pages.organisations import words


class SchoolRequest(Page):
    def title(self) -> str:
        return self.request.school_name

    def load(self) -> None:
        # Locked where it is answered, so that of two officers at once the second is told.
        locking = frappe.request.method == "POST"
        self.request = frappe.get_doc("School Registration", self.args.get("request"), for_update=locking)
        self.request.check_permission("read")

    def get(self):
        request = self.request
        school = frappe.db.get_value("School", request.school, "*", as_dict=True)
        moods = {WAITING: "due", AUTHORISED: "done"}
        return {
            "asked": request,
            "state": _("To authorise") if request.status == WAITING else _(request.status),
            "mood": moods.get(request.status, "stopped"),
            "who": [
                (_("Name"), request.person_name()),
                (_("Work email address"), request.email),
                (_("Says they are"), _(request.role)),
                (_("Asked on"), moment(request.requested_at)),
                (_("Confirmed the email address on"), moment(request.confirmed_at)),
            ],
            "facts": words.facts(school),
            "school_email": school.email,
            "people": self._people(),
            "answered": self._answered(),
            "open": request.may_be_answered(),
            "return_address": address_of("School Registration", request.name, "return"),
        }

    def _people(self) -> list[str]:
        """Who is at the school already, as far as this officer may see it."""
        rows = frappe.get_list(
            "Induction Staff",
            filters={"school": self.request.school, "ends_on": ("is", "not set")},
            fields=["full_name", "role"],
            order_by="full_name",
            limit_page_length=10,
        )
        return [_("{0}, {1}").format(row.full_name, _(row.role)) for row in rows]

    def _answered(self) -> str:
        request = self.request
        if not request.decided_by:
            return ""
        who = names_of(request.decided_by).get(request.decided_by, "")
        said = _("Authorised on {0} by {1}") if request.status == AUTHORISED else _("Returned on {0} by {1}")
        return said.format(day(request.decided_at), who)

    def post(self, form):
        if self.action != "authorise":
            raise frappe.PermissionError
        self.request.authorise()
        done = _("{0} is authorised. {1} is mailed a link to begin.").format(
            self.request.school_name, self.request.person_name()
        )
        return redirect("/schools", done=done)

    def back(self) -> str:
        return address_of("School", self.request.school)
