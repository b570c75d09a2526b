"""A change of working hours inside a post, from a day on."""

from decimal import Decimal

import frappe
from frappe import _

from induction_app.page_kit import DateField, Form, Number, Page, redirect
from induction_app.page_kit.environment import day
from induction_app.pages import cases
from induction_app.pages.addresses import address_of


class WorkingPattern(Page):
    def title(self) -> str:
        return _("Change working hours")

    def load(self) -> None:
        self.ect = cases.open_case(self.args)
        name = frappe.db.get_value("Induction Period", {"ect": self.ect.name, "is_open": 1})
        if not name:
            frappe.throw(
                _("{0} is not in a post now, so there are no hours to change.").format(self.ect.full_name)
            )
        self.period = frappe.get_doc("Induction Period", name)
        self.period.check_permission("write")

    def form(self) -> Form:
        return Form(
            DateField("from_date", _("From which day?"), hint=_("For example, 1 9 2026"), required=True),
            Number(
                "fte",
                _("Full-time equivalent"),
                hint=_("1 is full time, 0.6 is three days of five."),
                least=Decimal("0.1"),
                most=1,
                required=True,
            ),
            Number("days_per_week", _("Days a week"), least=Decimal("0.5"), most=5),
            button=_("Save"),
            record=self.period,
            values={"from_date": None, "fte": None, "days_per_week": None},
        )

    def get(self):
        return {
            "ect": self.ect,
            "patterns": [
                {"from": day(self.period.starts_on), "hours": cases.hours(self.period.fte, 0)},
                *(
                    {"from": day(row.from_date), "hours": cases.hours(row.fte, row.days_per_week)}
                    for row in self.period.working_patterns
                ),
            ],
        }

    def post(self, form: Form):
        days = form.values["days_per_week"]
        self.period.append(
            "working_patterns",
            {
                "from_date": form.values["from_date"],
                "fte": float(form.values["fte"]),
                "days_per_week": float(days) if days else None,
            },
        )
        self.period.save()
        final = frappe.db.get_value("ECT", self.ect.name, "earliest_final_assessment")
        done = _("The new hours are saved. The earliest final assessment is now {0}").format(day(final))
        return redirect(
            address_of("ECT", self.ect.name), done=done if final else _("The new hours are saved")
        )

    def back(self) -> str:
        return address_of("ECT", self.ect.name)
