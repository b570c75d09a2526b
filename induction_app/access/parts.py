"""Rows of a record's tables: seen and written with the record, and through no door of their own."""

import frappe
from frappe import _
from frappe.model.document import Document

_SEEING = ("read", "select", "print", "report", "export", "email")
_CONDITIONS = "induction_app.access.framework_rows.conditions_of_parts"


def part_types() -> list[str]:
    """The app's types of rows."""
    hooks = frappe.get_hooks("permission_query_conditions")
    return [name for name, methods in hooks.items() if _CONDITIONS in methods]


class Part(Document):
    """A row of a table. The framework lets whoever has a right to some record of the type have any row by name."""

    def load_from_db(self) -> "Part":
        """Load a row that is asked for by itself together with its record, by which it is then judged."""
        super().load_from_db()
        if self.parent and frappe.db.exists(self.parenttype, self.parent):
            self.parent_doc = frappe.get_doc(self.parenttype, self.parent)
        return self

    def has_permission(self, permtype: str = "read", **more) -> bool:
        """To see a row, the right to see its record and the table in it. Nobody writes a row past its record."""
        user = more.get("user") or frappe.session.user
        if self.flags.ignore_permissions or user == "Administrator":
            return True
        record = getattr(self, "parent_doc", None)
        # Without its record, the framework would ask whether the person may see any record of the type.
        return bool(permtype in _SEEING and record and super().has_permission(permtype, **more))

    def validate(self) -> None:
        self._refuse()

    def on_trash(self) -> None:
        self._refuse()

    def _refuse(self) -> None:
        """The framework runs these only where a row is saved or deleted by itself."""
        frappe.throw(
            _("This row is part of {0} {1}. Change it there.").format(_(self.parenttype), self.parent),
            frappe.PermissionError,
        )
