"""Registering a school: the appropriate body it works with."""

from frappe import _

from induction_app.organisations import school_registration
from induction_app.page_kit import Form, Hidden, Select, redirect
from induction_app.pages.organisations import applying


class SchoolApplicantBody(applying.ApplicantPage):
    def title(self) -> str:
        return _("Which appropriate body does the school work with?")

    def load(self) -> None:
        super().load()
        self.bodies = school_registration.bodies(self.school.name)

    def form(self) -> Form | None:
        if self.refusal or not self.bodies:
            return None
        if self.school.appropriate_body:
            return Form(Hidden("appropriate_body", ""), values={"appropriate_body": self.bodies[0]})
        return Form(
            Select(
                "appropriate_body",
                self.title(),
                hint=_("It checks your request. If you do not know, ask your headteacher or local hub."),
                options=[(body, body) for body in self.bodies],
                prompt=_("Choose an appropriate body"),
                required=_("Choose an appropriate body"),
                heading=True,
            ),
            values=self.answers,
        )

    def get(self):
        if not self.answers.get("email") and not self.refusal:
            return redirect(self.address())
        return {**super().get(), "bodies": self.bodies, "own": self.school.appropriate_body}

    def post(self, form: Form):
        self.refuse_where_not()
        applying.keep(self.school.name, appropriate_body=form.values["appropriate_body"])
        return redirect(self.address("check"))

    def back(self) -> str:
        return self.address("check") if self.args.get("then") == "check" else self.address()
