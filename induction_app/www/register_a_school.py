"""The first page of registering a school: find it in the national register."""

from frappe import _

from induction_app.organisations.school_registration import why_not
from induction_app.organisations.school_search import MOST, find_schools
from induction_app.page_kit import Page
from induction_app.pages.organisations.words import address_lines


class RegisterASchool(Page):
    guests = True

    def title(self) -> str:
        return _("Register a school")

    def get(self):
        text = (self.args.get("q") or "").strip()[:140]
        found = find_schools(text)
        refused = why_not(found[:MOST])
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
                    "href": f"/register-a-school/{school.name}",
                    "refusal": refused.get(school.name, ""),
                }
                for school in found[:MOST]
            ],
        }

    def back(self) -> str:
        return "/sign-in"
