"""One school: what the register says, how its authorisation stands, and what can be done about it."""

import frappe
from frappe import _

from induction_app.access.positions import positions_of
from induction_app.organisations.authority import acts_at_body
from induction_app.organisations.doctype.school_registration.school_registration import WAITING
from induction_app.page_kit import Page, redirect
from induction_app.page_kit.environment import day
from induction_app.pages.addresses import address_of
from induction_app.pages.organisations import places, words


class School(Page):
    def title(self) -> str:
        return self.school.school_name

    def load(self) -> None:
        # Locked where something is done, so that of two people at once the second is told.
        locking = frappe.request.method == "POST"
        self.school = frappe.get_doc("School", self.args.get("school"), for_update=locking)
        self.school.check_permission("read")

    def get(self):
        school = self.school
        requests = self._requests()
        text, mood = words.standing(school.as_dict(), waiting=bool(requests))
        return {
            "school": school,
            "state": text,
            "mood": mood,
            "facts": words.facts(school.as_dict()),
            "authorisation": [
                (_("Appropriate body"), school.appropriate_body or _("None yet")),
                *([(_("Authorised"), said)] if (said := words.authorised_in_words(school.as_dict())) else []),
            ],
            "reason": school.authorisation_reason or "",
            "requests": requests,
            "actions": school.authorisation_actions(),
            "links": self._links(),
        }

    def _requests(self) -> list[dict]:
        """The requests that wait for this person's body, with an address each."""
        if not frappe.has_permission("School Registration", "read"):
            return []
        rows = frappe.get_list(
            "School Registration",
            filters={"school": self.school.name, "status": WAITING},
            fields=["name", "first_name", "last_name", "role", "confirmed_at"],
            order_by="confirmed_at",
        )
        return [
            {
                "text": _("{0}, {1}").format(f"{row.first_name} {row.last_name}", _(row.role)),
                "hint": _("Asked on {0}").format(day(row.confirmed_at)),
                "href": address_of("School Registration", row.name),
                "status": _("To authorise"),
                "mood": "due",
            }
            for row in rows
        ]

    def _links(self) -> list[tuple[str, str]]:
        """Where somebody goes on from here."""
        name, body = self.school.name, self.school.appropriate_body
        found = []
        if any(place.name in (name, body) for place in places.own_places()):
            found.append((_("People at the school"), places.place_named(name).address()))
            found.append((_("ECTs at the school"), f"/cases?school={name}"))
        officer = {p.appropriate_body for p in positions_of() if p.capacity == "ab_officer"}
        if officer and (not body or body in officer):
            found.append((_("Invite somebody to look after this school"), f"/schools/{name}/invite"))
        if body and frappe.has_permission("QM Audit", "create") and self._of_their_body(body):
            found.append((_("Begin a quality audit"), f"/schools/{name}/audits/new"))
        return found

    @staticmethod
    def _of_their_body(body: str) -> bool:
        return acts_at_body(body, ("ab_officer", "qa_officer"))

    def post(self, form):
        doing = {"request": self.school.request_authorisation, "authorise": self.school.authorise}
        if self.action not in doing:
            raise frappe.PermissionError
        doing[self.action]()
        done = {
            "request": _("{0} is asked to authorise the school").format(self.school.appropriate_body),
            "authorise": _("{0} is authorised").format(self.school.school_name),
        }
        return redirect(address_of("School", self.school.name), done=done[self.action])

    def back(self) -> str:
        return "/schools" if any(p.appropriate_body for p in positions_of()) else ""
