"""One step of a registration: its questions, saved to the draft as soon as they are sent."""

import frappe
from frappe import _

from induction_app.organisations.staffing import posts_to_fill
from induction_app.page_kit import Form, Page, redirect
from induction_app.pages import cases, home_tasks, registering
from induction_app.pages.organisations import places


class RegistrationStep(Page):
    section = "/registrations"

    def title(self) -> str:
        return self.step.title

    def load(self) -> None:
        self.ect = cases.open_case(self.args)
        self.step = registering.step_named(self.args.get("step"), self.ect)
        if not registering.is_open(self.ect):
            frappe.throw(
                _("This registration is at “{0}”, so its answers cannot be changed here.").format(
                    _(self.ect.workflow_state)
                ),
                frappe.PermissionError,
            )

    def form(self) -> Form:
        return Form(
            *self.step.questions(self.ect),
            record=self.ect,
            button=_("Save and continue"),
            # Dates of birth and numbers are not left behind on a school's shared computer.
            draft=self.step.code != "identity",
        )

    def get(self):
        codes = [step.code for step in registering.steps(self.ect)]
        return {
            "ect": self.ect,
            "step": self.step,
            "place": _("step {0} of {1}").format(codes.index(self.step.code) + 1, len(codes)),
            "list_address": registering.address(self.ect),
            **self._lacking(),
        }

    def _lacking(self) -> dict:
        """For the step that chooses tutor and mentor: that there is nobody to choose, and where to add somebody."""
        unfilled = (
            posts_to_fill([self.ect.school]).get(self.ect.school) if self.step.code == "people" else None
        )
        if not unfilled:
            return {"nobody": ""}
        place = places.place_named(self.ect.school)
        return {
            "nobody": home_tasks.nobody_yet(place.title, unfilled),
            "add_people": place.address("new") if places.may_add(place) else "",
        }

    def post(self, form: Form):
        self.ect.update(form.values)
        registering.note_saved(self.ect, self.step.code)
        self.ect.save()
        if self.args.get("then") == "check":
            return redirect(registering.address(self.ect, "check"))
        return redirect(registering.after(self.step, self.ect))

    def back(self) -> str:
        return registering.address(self.ect, "check" if self.args.get("then") == "check" else "")
