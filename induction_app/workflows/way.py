"""The way of a record through its workflow, for a picture of how far it has come."""

from collections import defaultdict
from dataclasses import dataclass

from frappe import _
from frappe.model.document import Document

from induction_app.workflows.conditions import is_met
from induction_app.workflows.staged_document import workflow_of
from induction_app.workflows.stages import PATHS


@dataclass(frozen=True)
class Milestone:
    """One state on a record's way, as the administrator named it."""

    state: str
    past: bool
    present: bool


def way_of(doc: Document) -> list[Milestone]:
    """The states from the record's start to its end, with the present one.

    The way follows the actions that lead on. At a fork it goes where the record is, else straight to an end,
    else to the nearest stage. A record that was called off shows how it ended and nothing else.
    """
    names = _states_on_the_way(doc)
    if doc.workflow_state not in names:
        names = [doc.workflow_state]
    here = names.index(doc.workflow_state)
    return [Milestone(_(name), index < here, index == here) for index, name in enumerate(names)]


def _states_on_the_way(doc: Document) -> list[str]:
    workflow, path = workflow_of(doc.doctype), PATHS[doc.doctype]
    stage_of = {row.state: row.update_value for row in workflow.states}
    onward = defaultdict(list)
    for transition in workflow.transitions:
        if path.leads_on(stage_of[transition.state], stage_of[transition.next_state]):
            onward[transition.state].append(transition)
    reached = path.order(doc.stage)

    def nearness(name: str) -> int:
        return -1 if stage_of[name] in path.goals else path.order(stage_of[name])

    names, state = [], workflow.states[0].state
    while state and state not in names:
        names.append(state)
        if stage_of[state] in path.goals:
            break  # a way back from the end, as to an appeal, is not the usual one
        # What depends on the record is only known once the record has got there.
        known = path.order(stage_of[state]) <= reached
        following = [
            transition.next_state
            for transition in onward[state]
            if transition.next_state not in names and (not known or is_met(transition, doc))
        ]
        state = (
            doc.workflow_state
            if doc.workflow_state in following
            else min(following, key=nearness, default=None)
        )
    return names
