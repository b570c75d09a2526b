"""Who looks after an ECT whose induction is under way: another induction tutor, mentor or named contact."""

import frappe
from frappe import _

from induction_app.access.positions import people_in
from induction_app.page_kit import Form, Page, Select, redirect
from induction_app.pages import cases, registration_questions
from induction_app.pages.addresses import address_of


class CasePeople(Page):
    template = "templates/kit/one_form.html"

    def title(self) -> str:
        return _("Who looks after {0}").format(self.ect.full_name)

    def load(self) -> None:
        self.ect = cases.open_case(self.args, "write")
        if self.ect.stage != "registered" or self.ect.completed_on:
            raise frappe.DoesNotExistError

    def form(self) -> Form:
        asked = [*registration_questions.ask_people(self.ect), self._ask_contact()]
        return Form(
            *(field for field in asked if cases.may_write(self.ect, field.name)),
            record=self.ect,
            button=_("Save"),
        )

    def _ask_contact(self) -> Select:
        people = people_in("ab_named_contact", appropriate_body=self.ect.appropriate_body)
        names = cases.names_of(*people, self.ect.named_contact)
        return Select(
            "named_contact",
            _("Named contact"),
            hint=_("At the appropriate body. Neither monitors nor decides (paragraph 2.28)."),
            options=[(user, name) for user, name in names.items() if user],
        )

    def post(self, form: Form):
        self.ect.update(form.values)
        self.ect.save()
        return redirect(address_of("ECT", self.ect.name), done=_("The changes are saved"))

    def back(self) -> str:
        return address_of("ECT", self.ect.name)
