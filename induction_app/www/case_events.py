"""The whole story of a case: everything that was done, newest first, as far as this person may read it."""

from frappe import _
from frappe.utils import cint

from induction_app.page_kit import Page
from induction_app.pages import cases, story
from induction_app.pages.addresses import address_of

A_PAGE = 30


class CaseEvents(Page):
    def title(self) -> str:
        return _("What happened")

    def load(self) -> None:
        self.ect = cases.open_case(self.args)
        self.number = max(1, min(cint(self.args.get("page")), 10_000))

    def get(self):
        total = story.number_of_events(self.ect.name)
        last = max(1, -(-total // A_PAGE))
        here = address_of("ECT", self.ect.name, "events")
        turn = {}
        if self.number > 1:
            turn["previous"] = {"href": f"{here}?page={self.number - 1}", "text": _("Newer")}
        if self.number < last:
            turn["next"] = {"href": f"{here}?page={self.number + 1}", "text": _("Older")}
        return {
            "ect": self.ect,
            "events": story.events(self.ect.name, A_PAGE, (self.number - 1) * A_PAGE),
            "turn": turn,
            "place": _("page {0} of {1}").format(self.number, last) if last > 1 else "",
        }

    def back(self) -> str:
        return address_of("ECT", self.ect.name)
