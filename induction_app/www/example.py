"""A completed example, to be read by whoever writes such a record."""

import frappe

from induction_app.page_kit import Page
from induction_app.pages.records.examples import every_example
from induction_app.pages.records.kinds import kinds
from induction_app.pages.records.on_page import OnPage


class ExamplePage(Page):
    """Shown with the same words and layout as a record."""

    def title(self) -> str:
        return frappe._(self.example.title)

    def load(self) -> None:
        self.example = every_example().get(self.args.get("example") or "")
        if not self.example:
            raise frappe.DoesNotExistError

    def get(self):
        kind = next(kind for kind in kinds().values() if kind.doctype == self.example.doctype)
        return {"example": self.example, "sections": OnPage(kind, self.example.record()).sections()}
