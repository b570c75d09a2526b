"""Add somebody to a school or an appropriate body: their role there and, where they have none, an account."""

import frappe
from frappe import _
from frappe.utils import getdate

from induction_app.clock import today
from induction_app.organisations.colleagues import register_colleague
from induction_app.page_kit import DateField, Form, Option, Page, Radios, Tick, redirect
from induction_app.page_kit.environment import day
from induction_app.pages.organisations import applying, places


class PeopleNew(Page):
    template = "templates/kit/one_form.html"

    def title(self) -> str:
        return _("Add somebody at {0}").format(self.place.title)

    def load(self) -> None:
        self.place = places.open_place(self.args.get("place") or "")
        if not places.may_add(self.place):
            frappe.throw(
                _("Roles at {0} are given by an administrator of the service.").format(self.place.title),
                frappe.PermissionError,
            )

    def form(self) -> Form:
        return Form(
            *applying.who_they_are(),
            Radios(
                "role",
                _("What is their role?"),
                options=[
                    Option(role.name, _(role.name), _(role.task_description or ""))
                    for role in places.roles_to_give(self.place)
                ],
                required=_("Select their role"),
            ),
            DateField(
                "starts_on",
                _("From which day?"),
                hint=_("Their access begins on this day."),
                required=_("Enter the day on which the role begins"),
            ),
            Tick("holds_qts", _("They hold qualified teacher status")),
            values={"starts_on": today()},
            button=_("Add"),
        )

    def get(self):
        return {
            "introduction": _(
                "A new person is mailed a link with which to set a password. Somebody who has an account keeps it."
            )
        }

    def post(self, form: Form):
        given = dict(form.values)
        holds_qts = bool(given.pop("holds_qts"))
        position = register_colleague(**given, **{self.place.field: self.place.name}, holds_qts=holds_qts)
        begun = getdate(position.starts_on) <= today()
        done = _("{0} is now {1}") if begun else _("{0} will be {1} from {2}")
        done = done.format(position.full_name, _(position.role), day(position.starts_on))
        return redirect(self.place.address(), done=done)

    def back(self) -> str:
        return self.place.address()
