"""Registering a school: check the answers, then send."""

import frappe
from frappe import _

from induction_app.organisations import school_registration
from induction_app.page_kit import Form, Problem, redirect
from induction_app.pages.organisations import applying

_NEEDED = ("first_name", "last_name", "email", "role", "appropriate_body")


class SchoolApplicantCheck(applying.ApplicantPage):
    def title(self) -> str:
        return _("Check your answers")

    def form(self) -> Form | None:
        return None if self.refusal else Form(button=_("Send"))

    def get(self):
        if not self.refusal and not all(self.answers.get(name) for name in _NEEDED):
            return redirect(self.address())
        given = self.answers
        rows = [
            (_("School"), self.school.school_name, "/register-a-school", _("the school")),
            (
                _("Name"),
                f"{given.get('first_name')} {given.get('last_name')}",
                f"{self.address()}?then=check",
                "",
            ),
            (_("Work email address"), given.get("email"), f"{self.address()}?then=check", ""),
            (_("Role"), _(given.get("role") or ""), f"{self.address()}?then=check", ""),
            (
                _("Appropriate body"),
                given.get("appropriate_body"),
                f"{self.address('appropriate-body')}?then=check",
                "",
            ),
        ]
        names = ("label", "value", "change", "about")
        return {**super().get(), "rows": [dict(zip(names, row, strict=True)) for row in rows]}

    def post(self, form: Form):
        self.refuse_where_not()
        given = self.answers
        if not all(given.get(name) for name in _NEEDED):
            return redirect(self.address())
        try:
            school_registration.ask(
                self.school.name,
                given["first_name"],
                given["last_name"],
                given["email"],
                given["role"],
                given["appropriate_body"],
            )
        except frappe.RateLimitExceededError:
            frappe.clear_messages()
            raise Problem(
                _(
                    "Too many requests were sent today for this address or from this place. Try again tomorrow."
                )
            ) from None
        applying.forget(self.school.name)
        applying.keep("sent", email=given["email"], school=self.school.school_name)
        return redirect("/register-a-school/done/sent")

    def back(self) -> str:
        return self.address("appropriate-body")
