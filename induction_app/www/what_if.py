"""What a change of start, hours or absence would do to the schedule. Nothing is saved."""

from decimal import Decimal

from frappe import _

from induction_app.induction_case.doctype.absence.absence import absence_kind
from induction_app.induction_case.history import LEAVE_KINDS, Leave
from induction_app.page_kit import DateField, Form, Number, Page, Problem, Select, Tick
from induction_app.page_kit.environment import day
from induction_app.pages import cases, what_if
from induction_app.pages.addresses import address_of


class WhatIf(Page):
    def title(self) -> str:
        return _("See what a change would do")

    def load(self) -> None:
        self.ect = cases.open_case(self.args)

    def form(self) -> Form:
        kinds = [(code, absence_kind(kind).capitalize()) for kind, code in LEAVE_KINDS.items()]
        return Form(
            DateField(
                "start",
                _("Start of induction"),
                hint=_("It is {0}.").format(day(self.ect.start_date, _("not known yet"))),
            ),
            Number("fte", _("Full-time equivalent"), hint=_("1 is full time."), least=Decimal("0.1"), most=1),
            DateField("fte_from", _("New hours from"), hint=_("Leave it empty for the whole of this post.")),
            Select("kind", _("Kind of absence"), options=kinds, prompt=_("No absence")),
            DateField("away_from", _("First day away")),
            Number("days", _("School days absent"), least=1, most=1000, whole=True),
            Tick(
                "extend", _("The ECT chooses that a statutory leave extends their induction (paragraph 3.7)")
            ),
            button=_("Show the new schedule"),
            draft=False,
        )

    def get(self):
        return {"ect": self.ect, "result": None}

    def post(self, form: Form):
        values = form.values
        changes = {
            "start": values["start"],
            "fte": float(values["fte"]) if values["fte"] else None,
            "fte_from": values["fte_from"],
            "leaves": self._leaves(values),
        }
        if not any(changes.values()):
            raise Problem(_("Change at least one thing: the start, the hours or an absence."), "start")
        if changes["fte_from"] and not changes["fte"]:
            raise Problem(_("Full-time equivalent: enter the new hours."), "fte")
        return {"ect": self.ect, "result": what_if.compare(self.ect.name, **changes)}

    @staticmethod
    def _leaves(values: dict) -> list[Leave]:
        asked = {"kind": values["kind"], "away_from": values["away_from"], "days": values["days"]}
        if not any(asked.values()):
            return []
        words = {
            "kind": _("Choose the kind of absence"),
            "away_from": _("Enter the first day away"),
            "days": _("Enter the number of school days absent"),
        }
        for name, value in asked.items():
            if not value:
                raise Problem(words[name], name)
        return [Leave.planned(asked["away_from"], asked["days"], asked["kind"], bool(values["extend"]))]

    def back(self) -> str:
        return address_of("ECT", self.ect.name)
