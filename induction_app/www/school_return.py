"""Return a school's request with a reason: one made by its first person, or by a school with people already."""

import frappe
from frappe import _

from induction_app.page_kit import Form, Page, TextArea, redirect
from induction_app.pages.addresses import address_of


class SchoolReturn(Page):
    template = "templates/kit/one_form.html"

    def title(self) -> str:
        return _("Return the request of {0}").format(self.record.school_name)

    def load(self) -> None:
        doctype = "School Registration" if self.args.get("request") else "School"
        name = self.args.get("request") or self.args.get("school")
        # Locked where it is answered, so that of two officers at once the second is told.
        self.record = frappe.get_doc(doctype, name, for_update=frappe.request.method == "POST")
        self.record.check_permission("read")

    def form(self) -> Form:
        return Form(
            TextArea(
                "reason",
                _("Why do you return it?"),
                hint=_("Say what has to be put right. They are sent this text."),
                required=_("Say why you return it"),
            ),
            button=_("Return"),
        )

    def post(self, form: Form):
        self.record.return_with_reason(form.values["reason"])
        return redirect("/schools", done=_("The request of {0} is returned").format(self.record.school_name))

    def back(self) -> str:
        return address_of(self.record.doctype, self.record.name)
