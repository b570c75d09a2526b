"""Check your answers, then send the registration to the appropriate body by the workflow's own action."""

import frappe
from frappe import _

from induction_app.page_kit import Form, Page, redirect
from induction_app.pages import cases, registering
from induction_app.pages.addresses import address_of
from induction_app.workflows.act import act
from induction_app.workflows.moves import moves_for


class RegistrationCheck(Page):
    section = "/registrations"

    def title(self) -> str:
        return _("Check your answers")

    def load(self) -> None:
        self.ect = cases.open_case(self.args)
        self.moves = [move for move in moves_for(self.ect) if move.goes_on]

    def form(self) -> Form:
        return Form(record=self.ect, draft=False)

    def get(self):
        if not registering.is_open(self.ect):
            return redirect(address_of("ECT", self.ect.name, "registration"))
        return {
            "ect": self.ect,
            "sections": registering.answers(self.ect),
            "left": registering.unfinished(self.ect),
            "step_address": lambda step: registering.address(self.ect, step.code),
            "moves": self.moves,
        }

    def post(self, form: Form):
        move = next((move for move in self.moves if move.slug == self.action), None)
        if not move:
            frappe.throw(_("This registration cannot be sent now."), frappe.PermissionError)
        sent = act("ECT", self.ect.name, move.action, seen_modified=form.modified)
        return redirect(
            address_of("ECT", self.ect.name),
            done=_("{0}'s registration is now at “{1}”").format(self.ect.full_name, _(sent.workflow_state)),
        )

    def back(self) -> str:
        return registering.address(self.ect)
