"""Check your answers, then send the registration to the appropriate body by the workflow's own action."""

import frappe
from frappe import _

from induction_app.page_kit import Form, Page, TextArea, redirect
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
        """Sent again, a registration says what the school answers to what it was returned for."""
        asked = [
            TextArea(
                "answer_to_body",
                _("What do you answer {0}?").format(self.ect.appropriate_body),
                hint=_(
                    "If they asked something or you have something to explain. Everybody who sees the "
                    "registration can read it."
                ),
                rows=5,
                longest=1000,
            )
        ]
        return Form(*(asked if self.ect.stage == "returned" else []), record=self.ect, draft=False)

    def get(self):
        if not registering.is_open(self.ect):
            return redirect(address_of("ECT", self.ect.name, "registration"))
        return {
            "ect": self.ect,
            "sections": registering.answers(self.ect),
            "left": registering.unfinished(self.ect),
            "step_address": lambda step: registering.address(self.ect, step.code),
            "moves": self.moves,
            "returned": registering.returned(self.ect),
        }

    def post(self, form: Form):
        move = next((move for move in self.moves if move.slug == self.action), None)
        if not move:
            frappe.throw(_("This registration cannot be sent now."), frappe.PermissionError)
        said = {name: text for name, text in form.values.items() if text}
        sent = act("ECT", self.ect.name, move.action, seen_modified=form.modified, values=said or None)
        return redirect(
            address_of("ECT", self.ect.name),
            done=_("{0}'s registration is now at “{1}”").format(self.ect.full_name, _(sent.workflow_state)),
        )

    def back(self) -> str:
        return registering.address(self.ect)
