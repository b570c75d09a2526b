"""The ECT's own choice: whether a statutory leave extends their induction (paragraph 3.7)."""

import frappe
from frappe import _

from induction_app.induction_case.doctype.absence.absence import absence_kind
from induction_app.page_kit import Form, Option, Page, Radios, redirect
from induction_app.page_kit.environment import day
from induction_app.pages import cases, what_if
from induction_app.pages.addresses import address_of


class AbsenceChoice(Page):
    def title(self) -> str:
        return _("Should this leave extend your induction?")

    def load(self) -> None:
        self.absence = cases.open_record("Absence", self.args, "absence")
        if frappe.session.user != frappe.db.get_value("ECT", self.absence.ect, "user"):
            frappe.throw(_("Only the ECT makes this choice (paragraph 3.7)."), frappe.PermissionError)
        if self.absence.kind == "Ad hoc":
            raise frappe.DoesNotExistError

    def form(self) -> Form:
        made = {1: "1", 0: "0"}[self.absence.extend] if self.absence.choice_made_on else ""
        return Form(
            Radios(
                "choice",
                _("Your choice"),
                options=[
                    Option("1", _("Yes, extend it by these days"), self._final(extend=True)),
                    Option("0", _("No, leave it as it is"), self._final(extend=False)),
                ],
                required=_("Choose whether the leave extends your induction"),
            ),
            values={"choice": made},
            button=_("Save my choice"),
            draft=False,
        )

    def _final(self, extend: bool) -> str:
        earliest, due = what_if.final_assessment_with(self.absence.ect, self.absence.starts_on, extend)
        if not earliest or not due:
            return ""
        if earliest == due:
            return _("Your final assessment would be due by {0}.").format(day(due))
        return _("Your final assessment could be from {0} and would be due by {1}.").format(
            day(earliest), day(due)
        )

    def get(self):
        absence = self.absence
        return {
            "what": _("{0}, from {1}, {2} school days").format(
                absence_kind(absence.kind).capitalize(), day(absence.starts_on), absence.days
            )
        }

    def post(self, form: Form):
        self.absence.choose(form.values["choice"] == "1")
        return redirect(address_of("ECT", self.absence.ect), done=_("Your choice is saved"))

    def back(self) -> str:
        return address_of("ECT", self.absence.ect)
