"""An officer invites somebody to look after a school; the school is authorised where it was not."""

import frappe
from frappe import _

from induction_app.access.positions import positions_of
from induction_app.organisations.colleagues import invite_to_school
from induction_app.page_kit import Form, Page, Radios, redirect
from induction_app.pages.organisations import applying, places


class SchoolInvite(Page):
    template = "templates/kit/one_form.html"

    def title(self) -> str:
        return _("Invite somebody at {0}").format(self.school.school_name)

    def load(self) -> None:
        self.school = frappe.get_doc("School", self.args.get("school"))
        self.school.check_permission("read")
        theirs = [p.appropriate_body for p in positions_of() if p.capacity == "ab_officer"]
        self.body = self.school.appropriate_body or (theirs[0] if theirs else "")
        if self.body not in theirs:
            frappe.throw(
                _("{0} works with {1}, whose officers invite its people.").format(
                    self.school.school_name, self.body
                )
                if self.body
                else _("Schools are invited by officers of an appropriate body."),
                frappe.PermissionError,
            )

    def form(self) -> Form:
        return Form(
            *applying.who_they_are(),
            Radios(
                "role",
                _("What is their role at the school?"),
                options=applying.role_options(),
                required=_("Select their role"),
            ),
            button=_("Invite"),
        )

    def get(self):
        return {"introduction": _("They are mailed a link with which to set a password.")}

    def post(self, form: Form):
        person = invite_to_school(self.school.name, self.body, **form.values)
        done = _("{0} is invited").format(person.full_name)
        return redirect(places.place_named(self.school.name).address(), done=done)

    def back(self) -> str:
        return "/invite-a-school"
