"""The accessibility statement."""

from frappe import _

from induction_app.page_kit import Page


class Accessibility(Page):
    guests = True

    def title(self) -> str:
        return _("Accessibility statement")
