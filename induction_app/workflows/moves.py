"""What each action of a workflow means for the person about to take it: a signature, a return, an end.

Read from the workflow as the administrator has drawn it, so a page can offer any action of any state.
"""

import re
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.access.rows import roles_over, sides_of
from induction_app.workflows.conditions import is_met
from induction_app.workflows.staged_document import workflow_of
from induction_app.workflows.stages import EVERY_FIELD, PATHS, STAGES


@dataclass(frozen=True)
class Move:
    """One action a person may take on a record now, under the administrator's own label."""

    action: str
    doctype: str
    came_from: str
    stage: str
    state: str
    slug: str

    @property
    def returns(self) -> bool:
        """Whether it sends the record back to who wrote it: it then needs a reason."""
        return PATHS[self.doctype].returns(self.came_from, self.stage)

    @property
    def calls_off(self) -> bool:
        """Whether it ends the record without what the record was for."""
        return PATHS[self.doctype].calls_off(self.stage)

    @property
    def goes_on(self) -> bool:
        """Whether it takes the record further on its way."""
        return PATHS[self.doctype].leads_on(self.came_from, self.stage)

    @property
    def signs(self) -> str | None:
        """The capacity in which it signs, if it is a signature."""
        return STAGES[self.doctype][self.came_from].signs if self.goes_on else None


def moves_for(doc: Document, user: str | None = None) -> list[Move]:
    """The actions a person (default: the one signed in) may take on a record now, in the workflow's order."""
    workflow = workflow_of(doc.doctype)
    stage_of = {row.state: row.update_value for row in workflow.states}
    over = roles_over(doc, user)
    found: dict[str, Move] = {}
    for transition in workflow.transitions:
        if transition.state != doc.workflow_state or transition.allowed not in over:
            continue
        if transition.action in found or not is_met(transition, doc):
            continue
        slug = _slug(transition.action, [move.slug for move in found.values()])
        found[transition.action] = Move(
            action=transition.action,
            doctype=doc.doctype,
            came_from=doc.stage,
            stage=stage_of[transition.next_state],
            state=transition.next_state,
            slug=slug,
        )
    return list(found.values())


def may_edit(doc: Document, user: str | None = None) -> bool:
    """Whether a person may change any field now."""
    return open_fields(doc, user) != ()


def open_fields(doc: Document, user: str | None = None) -> tuple[str, ...] | None:
    """The fields a person may change now; EVERY_FIELD for a record that is theirs to write and being written."""
    path = PATHS[doc.doctype]
    editable = path.stages[doc.stage].editable
    if editable == () or not doc.has_permission("write", user=user):
        return ()
    editors = {row.allow_edit for row in workflow_of(doc.doctype).states if row.state == doc.workflow_state}
    if "All" not in editors and not editors & roles_over(doc, user):
        return ()
    sides = sides_of(doc, user)
    if editable is EVERY_FIELD:
        return EVERY_FIELD if sides & set(path.authors) else ()
    return tuple(name for name in editable if path.open_to(sides, doc.stage, name))


def is_being_written(doc: Document, user: str | None = None) -> bool:
    """Whether the record's whole text is open to this person."""
    return open_fields(doc, user) is EVERY_FIELD


def move_named(doc: Document, slug: str) -> Move:
    """The action with this part of an address. Raises a sentence where it is not open to this person now."""
    for move in moves_for(doc):
        if move.slug == slug:
            return move
    frappe.throw(
        _("This cannot be done now. The record is at “{0}”.").format(_(doc.workflow_state)),
        frappe.PermissionError,
    )


def _slug(action: str, taken: list[str]) -> str:
    """An action's label as part of an address; numbered where two read alike."""
    plain = re.sub(r"[^a-z0-9]+", "-", action.lower()).strip("-") or "action"
    slug, number = plain, 2
    while slug in taken:
        slug, number = f"{plain}-{number}", number + 1
    return slug
