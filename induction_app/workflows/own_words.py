"""Everybody's words are their own: each side writes its part of a record, and who acts gives their own reasons."""

import frappe
from frappe import _

from induction_app.access.rows import roles_over, sides_of
from induction_app.workflows.signed_text import comparable
from induction_app.workflows.stages import PATHS, STAGES

# They belong to the act and not to the record's text: given by who returns or signs, in any stage.
OF_THE_ACT = ("return_reason", "both_capacities_confirmed")


class OwnWords:
    """The part of a staged document that asks whose words a field holds."""

    def keep_own_words(self) -> None:
        """A reason to return, or that one knowingly signs twice, comes from the person who does it.

        Desk saves it before the action, so it may be there already: it counts if this person saved last.
        """
        if self.by_rules:
            return
        for name in OF_THE_ACT:
            if not self.meta.has_field(name):
                continue
            df = self.meta.get_field(name)
            if comparable(self, df) != comparable(self.before or frappe._dict(), df):
                self._check_may_give(name)
            elif self.before and self._is_waiting(name) and self._said_by_another(name):
                self.set(name, None if name == "return_reason" else 0)

    def _said_by_another(self, name: str) -> bool:
        """Whether what is stored is from somebody else, who saved last, and is not said again with the act."""
        said_again = name in (self.flags.said_now or ())
        return not said_again and self.before.modified_by != frappe.session.user

    def check_answers(self) -> None:
        """A new record does not come with the words of those who are to answer."""
        if self.before:
            return
        answers = PATHS[self.doctype].answers
        self.check_part({name for name in answers if self.get(name)})

    def check_part(self, names: set[str]) -> None:
        """The ECT comments, the school responds, and whoever writes the record writes the rest."""
        if not names:
            return
        sides, path = sides_of(self), PATHS[self.doctype]
        stage = self.before.stage if self.before else path.start
        others = {name for name in names if not path.open_to(sides, stage, name)}
        if others:
            labels = ", ".join(sorted(_(self.meta.get_label(name)) for name in others))
            whose = {side for name in others for side in path.answers.get(name, path.authors)}
            frappe.throw(
                _("{0}: this is for {1} to write.").format(
                    labels, _(" or ").join(_SIDES[side]() for side in sorted(whose))
                ),
                frappe.PermissionError,
            )

    def _check_may_give(self, name: str) -> None:
        """Only who can return the record now gives a reason, only who can sign now confirms their capacities."""
        came_from = self.before.stage if self.before else None
        if came_from and any(self._gives(name, came_from, stage) for stage in self._stages_open()):
            return
        frappe.throw(
            _("{0}: only the person who returns or signs {1} says this, when they do.").format(
                _(self.meta.get_label(name)), self.name or _("the record")
            ),
            frappe.PermissionError,
        )

    def _gives(self, name: str, came_from: str, stage: str) -> bool:
        path = PATHS[self.doctype]
        if name == "return_reason":
            return path.returns(came_from, stage)
        return bool(path.stages[came_from].signs) and path.leads_on(came_from, stage)

    def _stages_open(self) -> set[str]:
        """The stages to which the person signed in can move the record."""
        from induction_app.workflows.staged_document import workflow_of  # it is made of this class

        workflow, over = workflow_of(self.doctype), roles_over(self)
        stage_of = {row.state: row.update_value for row in workflow.states}
        return {
            stage_of[row.next_state]
            for row in workflow.transitions
            if row.state == self.before.workflow_state and row.allowed in over
        }

    def _is_waiting(self, name: str) -> bool:
        """Whether what is stored waits for an act: the reason of a return that was made stays to be read."""
        return name != "return_reason" or not STAGES[self.doctype][self.before.stage].back


_SIDES = {
    "ect": lambda: _("the ECT"),
    "school": lambda: _("the school"),
    "body": lambda: _("the appropriate body"),
}
