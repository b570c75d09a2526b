"""Take one action on a registration: authorise it, return it with a reason, or any step an administrator added.

What is asked follows from what the action leads to, never from its name.
"""

from frappe import _

from induction_app.access.positions import capacities_of, people_in
from induction_app.induction_case import registration
from induction_app.page_kit import DateField, Form, Number, Page, Select, TextArea, redirect
from induction_app.pages import cases, registering, registration_questions
from induction_app.workflows.act import act
from induction_app.workflows.moves import move_named

_DECIDES = {"ab_officer", "ab_decision_maker"}


class RegistrationMove(Page):
    section = "/registrations"

    def title(self) -> str:
        return _("{0}: {1}").format(_(self.move.action), self.ect.full_name)

    def load(self) -> None:
        self.ect = cases.open_case(self.args)
        self.move = move_named(self.ect, self.args.get("move") or "")

    def form(self) -> Form:
        return Form(*self._questions(), record=self.ect, values=self._suggested(), button=_(self.move.action))

    def _questions(self) -> list:
        if self.move.returns:
            return [
                TextArea(
                    "return_reason",
                    _("Why do you return it?"),
                    hint=_("Say what the school has to change or add. They see this text."),
                    required=_("Say why you return it"),
                )
            ]
        if self.move.stage != "registered":
            return []
        asked = [
            DateField(
                "start_date",
                _("When does induction start?"),
                hint=_("The school proposed this day, you set it (paragraph 2.12)."),
                required=_("Enter the day on which induction starts"),
            ),
            Select(
                "named_contact",
                _("Named contact"),
                hint=_(
                    "Somebody whom the ECT can turn to with a concern, and who neither monitors nor decides (paragraph 2.28)."
                ),
                options=self._contacts(),
                required=_("Choose a named contact"),
            ),
        ]
        if self.ect.registration_type != registration.NEW:
            asked.append(
                Number(
                    "prior_terms_served",
                    _("Terms served before this registration"),
                    hint=self._said_before(),
                    least=0,
                    most=16,
                    unit=_("terms"),
                    required=_("Enter the terms served before, as the earlier records show"),
                )
            )
        return [field for field in asked if cases.may_write(self.ect, field.name)]

    def _contacts(self) -> list[tuple[str, str]]:
        people = people_in("ab_named_contact", appropriate_body=self.ect.appropriate_body)
        free = [user for user in people if not capacities_of(user) & _DECIDES]
        return [(user, name) for user, name in cases.names_of(*free).items() if user]

    def _suggested(self) -> dict:
        """A body with one named contact need not choose; a new reason starts empty."""
        contacts = self._contacts() if self.move.stage == "registered" else []
        only = contacts[0][0] if len(contacts) == 1 else None
        served = self.ect.prior_terms_served or self.ect.terms_said_served
        return {
            "named_contact": self.ect.named_contact or only,
            "prior_terms_served": served,
            "return_reason": "",
        }

    def _said_before(self) -> str:
        """What the school says was served, for the body to confirm or correct."""
        said = registration_questions.terms_said(self.ect)
        told = _("The school says {0}.").format(said) if said else _("The school has not said how many.")
        return told + " " + _("Full-time equivalent, as their earlier records show (paragraph 2.34).")

    def get(self):
        sections = registering.answers(self.ect) if self.move.stage == "registered" else []
        return {
            "ect": self.ect,
            "move": self.move,
            "sections": sections,
            "place": cases.school_name(self.ect.school),
        }

    def post(self, form: Form):
        values = {name: value for name, value in form.values.items() if name != "return_reason"}
        if "prior_terms_served" in values:
            values["prior_terms_served"] = float(values["prior_terms_served"] or 0)
        moved = act(
            "ECT",
            self.ect.name,
            self.move.action,
            reason=form.values.get("return_reason"),
            seen_modified=form.modified,
            values=values or None,
        )
        done = _("{0}'s registration is now at “{1}”").format(self.ect.full_name, _(moved.workflow_state))
        return redirect("/registrations", done=done)

    def back(self) -> str:
        return registering.address(self.ect)
