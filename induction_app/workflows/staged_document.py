"""The controller base of every record that moves through a workflow.

The framework checks that a person has the role a transition asks for. Here the row is checked as well:
the role must be held over this very ECT or place. What a move means is read from the stages it leads
from and to, never from the names of states.
"""

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow_name

from induction_app.access.computed_fields import LAYOUT, keep_computed_fields
from induction_app.access.positions import positions_of
from induction_app.access.rows import roles_over
from induction_app.clock import now
from induction_app.induction_case.events import record_event
from induction_app.workflows.own_words import OF_THE_ACT, OwnWords
from induction_app.workflows.signed_text import SignedText, comparable
from induction_app.workflows.stages import EVERY_FIELD, PATHS, STAGES, Stage


class StagedDocument(OwnWords, SignedText, Document):
    """A record with a workflow state, a stage, a deadline and, for some, signatures."""

    def validate(self) -> None:
        """Check the move and the change, then everything the record's own rules ask."""
        self.before = self.get_doc_before_save()
        if not self.by_rules:
            keep_computed_fields(self, self.before)
        self.set_stage()
        self.keep_own_words()
        self.check_move()
        self.check_change()
        self.place()
        self.check_record()
        self.protect_signed_text()
        self.reopen_version()
        if self.moved_on:
            self.prepare_move()
        self.set_deadline()

    def on_update(self) -> None:
        """After a move: sign, tell the case's story, post what is due, and do what the record does next."""
        if not self.moved_on:
            return
        self.sign_if_signing()
        self.record_move()
        self.follow_move()
        from induction_app.correspondence.post import send_for_stage  # it reads workflows in turn

        send_for_stage(self)

    # What a record type adds ---------------------------------------------------------------------

    def place(self) -> None:
        """Set the school and appropriate body a new record is written at."""
        if self.is_new() and self.get("ect"):
            place = frappe.db.get_value("ECT", self.ect, ["school", "appropriate_body"], as_dict=True)
            self.school, self.appropriate_body = place.school, place.appropriate_body

    def check_record(self) -> None:
        """The record's own checks; throws a sentence that names the field."""

    def prepare_move(self) -> None:
        """Fields a move sets on the record itself, before it is written."""

    def follow_move(self) -> None:
        """What a move brings about on other records, in the same transaction."""

    def deadline(self) -> tuple[date | None, str | None]:
        """The deadline of the present stage and the paragraph it comes from."""
        return None, None

    # Where the record is -------------------------------------------------------------------------

    @property
    def came_from(self) -> str | None:
        """The stage before this save; none for a new record."""
        return self.before.stage if getattr(self, "before", None) else None

    @property
    def moved_on(self) -> bool:
        """Whether this save changes the workflow state (a new record arrives at its first)."""
        before = getattr(self, "before", None)
        return not before or before.workflow_state != self.workflow_state

    @property
    def stage_rules(self) -> Stage:
        """What holds in the present stage."""
        return STAGES[self.doctype][self.stage]

    @property
    def by_rules(self) -> bool:
        """Whether the service itself writes, following a rule, and not a person."""
        return bool(self.flags.by_rules)

    def state_label(self) -> str:
        """The state's name as the administrator has it."""
        return _(self.workflow_state)

    def set_stage(self) -> None:
        """Read the stage from the Workflow's row for the present state."""
        workflow = workflow_of(self.doctype)
        if not self.workflow_state:
            self.workflow_state = workflow.states[0].state
        row = next((row for row in workflow.states if row.state == self.workflow_state), None)
        if not row:
            frappe.throw(
                _("The workflow {0} has no state {1}. Ask an administrator to put it back.").format(
                    workflow.name, self.workflow_state
                )
            )
        self.stage = row.update_value

    # Who may move and change it ------------------------------------------------------------------

    def check_move(self) -> None:
        """A transition needs its role held over this record, and a return needs a reason."""
        if not self.before or not self.moved_on or self.by_rules:
            return
        workflow = workflow_of(self.doctype)
        allowed = {
            row.allowed
            for row in workflow.transitions
            if row.state == self.before.workflow_state and row.next_state == self.workflow_state
        }
        if not allowed:
            frappe.throw(
                _("“{0}” does not lead to “{1}”, so {2} cannot be moved there.").format(
                    _(self.before.workflow_state), self.state_label(), self.name
                ),
                frappe.PermissionError,
            )
        acting = allowed & roles_over(self)
        if not acting:
            frappe.throw(
                _("You cannot move {0} from “{1}” to “{2}”: that is for {3} of this case.").format(
                    self.name, _(self.before.workflow_state), self.state_label(), _either(allowed)
                ),
                frappe.PermissionError,
            )
        self.flags.acting_role = sorted(acting)[0]
        if self.is_return() and not (self.return_reason or "").strip():
            frappe.throw(_("Reason for returning: say what has to change before you send it back."))
        if not self.is_return() and self.meta.has_field("return_reason"):
            self.return_reason = None

    def is_return(self) -> bool:
        """Whether this move sends the record back to somebody who wrote it."""
        return bool(self.came_from) and PATHS[self.doctype].returns(self.came_from, self.stage)

    def check_change(self) -> None:
        """A field may change only in a stage that allows it, by a role the state lets edit."""
        if self.by_rules:
            return
        self.check_answers()
        text = set(self.changed_fields()) - set(OF_THE_ACT) if self.before else set()
        if not text:
            return
        editable = STAGES[self.doctype][self.came_from].editable
        if editable is not EVERY_FIELD and (blocked := text - set(editable)):
            frappe.throw(
                _("{0} cannot be changed while {1} is at “{2}”.").format(
                    _labels(self, blocked), self.name, _(self.before.workflow_state)
                ),
                frappe.PermissionError,
            )
        rows = [row for row in workflow_of(self.doctype).states if row.state == self.before.workflow_state]
        editors = {row.allow_edit for row in rows}
        if "All" not in editors and not editors & roles_over(self):
            frappe.throw(
                _("{0} can only be changed by {1} of this case while {2} is at “{3}”.").format(
                    _labels(self, text), _either(editors), self.name, _(self.before.workflow_state)
                ),
                frappe.PermissionError,
            )
        self.check_part(text)

    def changed_fields(self) -> list[str]:
        """Names of the fields people fill in that differ from what is stored."""
        changed = []
        for df in self.meta.fields:
            if df.read_only or df.fieldtype in LAYOUT or df.fieldname == "workflow_state":
                continue
            if comparable(self, df) != comparable(self.before, df):
                changed.append(df.fieldname)
        return changed

    # The story -----------------------------------------------------------------------------------

    def record_move(self) -> None:
        """One Induction Event a move."""
        moved = self.came_from is not None
        summary = _("{0}: {1}").format(_(self.doctype), self.state_label())
        record_event(
            "moved" if moved else "created",
            summary,
            doc=self,
            from_state=self.before.workflow_state if moved else None,
            to_state=self.workflow_state,
            role=self.flags.acting_role,
            at=now(),
        )

    def set_deadline(self) -> None:
        """Write the deadline of the present stage beside the record, for lists and clocks."""
        if self.stage_rules.closed:
            self.due_on, self.due_paragraph = None, None
        else:
            self.due_on, self.due_paragraph = self.deadline()

    def acting_capacities(self) -> set[str]:
        """Capacities the person signed in holds over this record."""
        over = roles_over(self)
        return {position.capacity for position in positions_of() if position.role in over}


def workflow_of(doctype: str) -> Document:
    """The active workflow of a record type. Raises a sentence where there is none."""
    name = get_workflow_name(doctype)
    if not name:
        frappe.throw(
            _("{0} has no active workflow. Ask an administrator to switch one on.").format(_(doctype))
        )
    return frappe.get_cached_doc("Workflow", name)


def _labels(doc: Document, names: set[str]) -> str:
    return ", ".join(sorted(_(doc.meta.get_label(name)) for name in names))


def _either(roles: set[str]) -> str:
    return _(" or ").join(sorted(_(role) for role in roles)) or _("nobody")
