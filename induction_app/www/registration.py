"""A registration: for the school a list of steps with how far each has come; for the body its answers and moves."""

from frappe import _

from induction_app.page_kit import Page, redirect
from induction_app.pages import cases, registering, story
from induction_app.pages.addresses import address_of, pdf_address
from induction_app.workflows.moves import moves_for


class Registration(Page):
    section = "/registrations"

    def title(self) -> str:
        return self.ect.full_name

    def load(self) -> None:
        self.ect = cases.open_case(self.args)

    def get(self):
        ect = self.ect
        if ect.stage == "registered":
            return redirect(address_of("ECT", ect.name))
        writing = registering.is_open(ect)
        moves = moves_for(ect)
        return {
            "ect": ect,
            "place": cases.school_name(ect.school),
            "state": _(ect.workflow_state),
            "mood": "stopped" if ect.stage == "returned" else "waiting",
            "returned": registering.returned(ect),
            "writing": writing,
            "sends": any(move.goes_on for move in moves),
            "steps": registering.task_rows(ect) if writing else [],
            "left": len(registering.unfinished(ect)) if writing else 0,
            "check": registering.address(ect, "check"),
            "sections": [] if writing else registering.answers(ect),
            "moves": self._moves(moves, writing),
            "due": cases.due_in_words(ect.due_on),
            "pdf": pdf_address("ECT", ect.name) if ect.has_permission("print") else "",
            "events": story.events(ect.name),
        }

    def _moves(self, moves, writing: bool) -> list[dict]:
        """The workflow's own actions. Sending on is on the check page while the school still writes."""
        return [
            {
                "text": _(move.action),
                "href": address_of("ECT", self.ect.name, "do", move.slug),
                "look": "" if move.goes_on else "warning" if move.calls_off else "secondary",
            }
            for move in moves
            if not (writing and move.goes_on)
        ]

    def back(self) -> str:
        return "/registrations"
