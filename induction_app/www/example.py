"""A completed example, to be read by whoever writes such a record."""

import frappe

from induction_app.page_kit import Page
from induction_app.pages.records.examples import every_example
from induction_app.pages.records.kinds import kind_of
from induction_app.pages.records.on_page import sections_of


class ExamplePage(Page):
    """Shown with the same words and layout as a record."""

    def title(self) -> str:
        return frappe._(self.example.title)

    def load(self) -> None:
        self.example = every_example().get(self.args.get("example") or "")
        if not self.example:
            raise frappe.DoesNotExistError

    def get(self):
        sections = sections_of(kind_of(self.example.doctype), self.example.record())
        return {"example": self.example, "sections": sections}
