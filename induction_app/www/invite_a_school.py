"""For officers: find a school that has no appropriate body yet, or works with theirs, to invite somebody there."""

import frappe
from frappe import _

from induction_app.access.positions import positions_of
from induction_app.organisations.gias_import import CLOSED
from induction_app.page_kit import Page
from induction_app.pages.organisations.searching import search


class InviteASchool(Page):
    def title(self) -> str:
        return _("Invite a school")

    def load(self) -> None:
        self.bodies = [p.appropriate_body for p in positions_of() if p.capacity == "ab_officer"]
        if not self.bodies:
            frappe.throw(_("Schools are invited by officers of an appropriate body."), frappe.PermissionError)

    def get(self):
        return search(self.args, "/schools/{}/invite", self._refusals)

    def _refusals(self, schools) -> dict[str, str]:
        found = {}
        for school in schools:
            body = school.appropriate_body
            if school.status == CLOSED:
                found[school.name] = _("{0} is closed in the national register.").format(school.school_name)
            elif body and body not in self.bodies:
                found[school.name] = _("{0} works with {1}.").format(school.school_name, body)
        return found

    def back(self) -> str:
        return "/schools"
