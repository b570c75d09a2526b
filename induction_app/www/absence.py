"""An absence: recorded, changed, or read by those who may only read it."""

import frappe
from frappe import _

from induction_app.induction_case.doctype.absence.absence import absence_kind
from induction_app.page_kit import DateField, Form, Number, Option, Page, Radios, redirect
from induction_app.page_kit.environment import day
from induction_app.pages import cases
from induction_app.pages.addresses import address_of


class Absence(Page):
    def title(self) -> str:
        return _("Record an absence") if self.absence.is_new() else _("Absence")

    def load(self) -> None:
        if self.args.get("absence"):
            self.absence = cases.open_record("Absence", self.args, "absence")
            self.ect = frappe.get_doc("ECT", self.absence.ect)
        else:
            self.ect = cases.open_case(self.args)
            self.absence = frappe.new_doc("Absence", ect=self.ect.name)
            self.absence.kind = ""  # chosen by the person, not for them
            self.absence.check_permission("create")
        self.may_change = self.absence.is_new() or self.absence.has_permission("write")

    def form(self) -> Form | None:
        if not self.may_change:
            return None
        kinds = [kind for kind in self.absence.meta.get_field("kind").options.split("\n") if kind]
        return Form(
            Radios(
                "kind",
                _("What kind of absence is it?"),
                options=[Option(kind, absence_kind(kind).capitalize()) for kind in kinds],
                hint=_(
                    "Only sickness and other absence counts towards the 30 days (paragraphs 3.6 and 3.7)."
                ),
                required=True,
            ),
            DateField("starts_on", _("First day"), hint=_("For example, 27 3 2026"), required=True),
            DateField("ends_on", _("Last day"), hint=_("Leave it empty while the absence lasts.")),
            Number(
                "days",
                _("School days absent"),
                hint=_("Whole days on which they would have worked. Count half days together."),
                least=1,
                most=1000,
                whole=True,
                required=True,
            ),
            record=self.absence,
            button=_("Save"),
        )

    def get(self):
        absence = self.absence
        return {
            "ect": self.ect,
            "absence": absence,
            "rows": self._rows() if not absence.is_new() else [],
            "choice": self._may_choose() and address_of("Absence", absence.name, "choice"),
        }

    def _rows(self) -> list[dict]:
        absence = self.absence
        choice = _("Not made yet")
        if absence.choice_made_on:
            answer = _("Extend induction by these days") if absence.extend else _("Do not extend induction")
            choice = f"{answer}, {day(absence.choice_made_on)}"
        return [
            {"label": _("Kind"), "value": absence_kind(absence.kind).capitalize()},
            {"label": _("First day"), "value": day(absence.starts_on)},
            {"label": _("Last day"), "value": day(absence.ends_on, _("Still away"))},
            {"label": _("School days absent"), "value": str(absence.days)},
            {"label": _("The ECT's choice"), "value": choice} if absence.kind != "Ad hoc" else None,
        ]

    def _may_choose(self) -> bool:
        return self.absence.kind not in ("", "Ad hoc") and self.ect.user == frappe.session.user

    def post(self, form: Form):
        before = self._final_assessment()
        self.absence.update(form.values)
        self.absence.save()
        after = self._final_assessment()
        done = _("The absence is saved")
        if after and after != before:
            done = _("The absence is saved. The earliest final assessment is now {0}").format(day(after))
        return redirect(address_of("ECT", self.ect.name), done=done)

    def _final_assessment(self):
        return frappe.db.get_value("ECT", self.ect.name, "earliest_final_assessment")

    def back(self) -> str:
        return address_of("ECT", self.ect.name)
