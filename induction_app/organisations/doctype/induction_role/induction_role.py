"""What a role means: its capacity in law and the rows it reaches."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.permissions import AUTOMATIC_ROLES

from induction_app.access.positions import PLACELESS, forget_positions
from induction_app.organisations.role_keeping import people_holding
from induction_app.workflows.validation import check_role_change, workflows_of_role

# Roles that run the framework. People in schools give roles to each other, so none of these can be one.
FRAMEWORK_ROLES = (
    "System Manager",
    "Script Manager",
    "Workspace Manager",
    "Report Manager",
    "Website Manager",
)


class InductionRole(Document):
    def validate(self) -> None:
        """Check that the role may be given to people, and that its scope suits where they hold it."""
        self.validate_role()
        self.validate_scope()

    def on_update(self) -> None:
        """Positions read the scope and capacity from here, and workflows hang on them."""
        forget_positions()
        before = self.get_doc_before_save()
        if before and (before.capacity, before.scope) != (self.capacity, self.scope):
            check_role_change()

    def on_trash(self) -> None:
        """A role somebody holds, or a workflow waits for, stays."""
        holders = people_holding(self.role)
        if holders:
            frappe.throw(
                _("{0} people hold the role {1}. End their positions before you remove it.").format(
                    len(holders), self.name
                )
            )
        if workflows := workflows_of_role(self.role):
            frappe.throw(
                _("{0} acts in the workflow {1}. Give these steps to another role first.").format(
                    self.role, _(" and ").join(workflows)
                )
            )

    def validate_role(self) -> None:
        """The framework's own roles are not roles in induction."""
        if self.role in (*AUTOMATIC_ROLES, *FRAMEWORK_ROLES):
            frappe.throw(
                _("Role: {0} runs the system itself and is not one people in induction can have.").format(
                    self.role
                )
            )

    def validate_scope(self) -> None:
        """A role people hold at a place keeps needing one, and the other way round."""
        before = self.get_doc_before_save()
        if not before or (before.scope in PLACELESS) == (self.scope in PLACELESS):
            return
        if frappe.db.count("Induction Staff", {"role": self.name}):
            frappe.throw(
                _("Rows covered: people hold {0} at a place, so it cannot become “{1}”.").format(
                    self.name, _(self.scope)
                )
            )
