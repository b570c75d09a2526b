"""A body that quality assures induction and decides its outcome."""

import json

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.clock import today
from induction_app.organisations.authority import is_administrator, require_officer_of
from induction_app.statutory.answer import StatutoryError
from induction_app.statutory.rules import rules_on
from induction_app.workflows.signed_text import comparable

HUB = "Teaching school hub"
# What the body is, in law; its officers look after the rest.
ADMINISTRATORS_FIELDS = ("ab_name", "ab_type", "is_active", "lead_school")


class AppropriateBody(Document):
    def validate(self) -> None:
        """Check who changes what, then the record."""
        self.validate_author()
        self.validate_lead_school()
        self.validate_policy()
        self.validate_closing()

    def validate_author(self) -> None:
        """An officer looks after their own body's record; what the body is, is the administrator's."""
        if self.is_new() or is_administrator():
            return
        require_officer_of(self.name)
        before = self.get_doc_before_save()
        for name in ADMINISTRATORS_FIELDS:
            df = self.meta.get_field(name)
            if comparable(self, df) != comparable(before, df):
                frappe.throw(
                    _("{0} can only be changed by an administrator.").format(_(df.label)),
                    frappe.PermissionError,
                )

    def validate_lead_school(self) -> None:
        """Only a teaching school hub has a lead school (paragraph 2.25)."""
        if self.lead_school and self.ab_type != HUB:
            frappe.throw(_("Lead school: only a teaching school hub has one. Leave it empty."))

    def validate_policy(self) -> None:
        """The body's own figures are parameters of the rules that the guidance leaves open."""
        if not self.policy:
            self.policy = None  # an empty text is no JSON to the database
            return
        try:
            rules_on(today(), json.loads(self.policy) if isinstance(self.policy, str) else self.policy)
        except ValueError as error:
            # The rules' own sentences name the figure; a slip in the JSON has none.
            reason = str(error) if isinstance(error, StatutoryError) else _("it is not valid JSON.")
            frappe.throw(
                _("Own figures: {0} Write names and values, such as {1}.").format(
                    reason, '{"event_lead_days": 21}'
                )
            )

    def validate_closing(self) -> None:
        """A body stops acting once its ECTs have moved to another."""
        if self.is_active or self.is_new():
            return
        in_induction = frappe.db.count("Induction Period", {"appropriate_body": self.name, "is_open": 1})
        if in_induction:
            frappe.throw(
                _(
                    "Active: {0} ECTs are still in induction with {1}. Transfer them to another body first."
                ).format(in_induction, self.name)
            )


def own_figures(name: str | None) -> dict:
    """The parameters of the rules that a body has set for itself; nothing without a body."""
    if not name:
        return {}
    return frappe.parse_json(frappe.get_cached_value("Appropriate Body", name, "policy")) or {}
