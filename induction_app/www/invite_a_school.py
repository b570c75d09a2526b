"""For officers: find a school that has no appropriate body yet, or works with theirs, to invite somebody there."""

import frappe
from frappe import _

from induction_app.access.positions import positions_of
from induction_app.organisations.gias_import import CLOSED
from induction_app.organisations.school_search import MOST, find_schools
from induction_app.page_kit import Page
from induction_app.pages.organisations.words import address_lines


class InviteASchool(Page):
    def title(self) -> str:
        return _("Invite a school")

    def load(self) -> None:
        self.bodies = [p.appropriate_body for p in positions_of() if p.capacity == "ab_officer"]
        if not self.bodies:
            frappe.throw(_("Schools are invited by officers of an appropriate body."), frappe.PermissionError)

    def get(self):
        text = (self.args.get("q") or "").strip()[:140]
        found = find_schools(text)
        return {
            "text": text,
            "too_short": 0 < len(text) < 3,
            "more": len(found) > MOST,
            "found": [
                {
                    "name": school.school_name,
                    "where": address_lines(school),
                    "urn": school.name,
                    "kind": school.establishment_type or "",
                    "href": f"/schools/{school.name}/invite",
                    "refusal": self._refusal(school),
                }
                for school in found[:MOST]
            ],
        }

    def _refusal(self, school) -> str:
        if school.status == CLOSED:
            return _("{0} is closed in the national register.").format(school.school_name)
        if school.appropriate_body and school.appropriate_body not in self.bodies:
            return _("{0} works with {1}.").format(school.school_name, school.appropriate_body)
        return ""

    def back(self) -> str:
        return "/schools"
