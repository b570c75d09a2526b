"""End somebody's role at a place on a day; what stops it, the record's own rules say."""

import frappe
from frappe import _

from induction_app.clock import today
from induction_app.page_kit import DateField, Form, Page, redirect
from induction_app.page_kit.environment import day
from induction_app.pages.addresses import address_of
from induction_app.pages.organisations import places


class PeopleEnd(Page):
    def title(self) -> str:
        return _("End the role of {0}").format(self.position.full_name)

    def load(self) -> None:
        self.position = frappe.get_doc("Induction Staff", self.args.get("position"))
        self.position.check_permission("write")
        self.place = places.open_place(self.position.school or self.position.appropriate_body)

    def form(self) -> Form:
        return Form(
            DateField(
                "ends_on",
                _("What is their last day?"),
                hint=_("Their access ends after this day. What they wrote and signed stays."),
                required=_("Enter the last day"),
            ),
            record=self.position,
            values={"ends_on": self.position.ends_on or today()},
            button=_("End the role"),
        )

    def get(self):
        position = self.position
        about = _("{0} at {1}, from {2}").format(_(position.role), self.place.title, day(position.starts_on))
        relying = [
            (ect.full_name, address_of("ECT", ect.name, "people")) for ect in position.ects_relying_on()
        ]
        return {"introduction": about, "relying": relying, "role": _(position.role)}

    def post(self, form: Form):
        self.position.end(form.values["ends_on"])
        return redirect(self.place.address(), done=_("The role of {0} ends").format(self.position.full_name))

    def back(self) -> str:
        return self.place.address()
