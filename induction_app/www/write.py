"""One question, or a few that belong together, about a record that is being written."""

import re

import frappe
from frappe import _

from induction_app.page_kit import Form, Page, redirect
from induction_app.pages.records import examples
from induction_app.pages.records.on_page import open_record
from induction_app.pages.records.steps import RowsStep
from induction_app.pages.records.task_list import after, unanswered


class Write(Page):
    """Answers are kept in the record at every step, so writing can stop and go on at any time."""

    merges = True

    def title(self) -> str:
        return f"{self.step.title}: {self.on_page.title}, {self.on_page.subject}"

    def load(self) -> None:
        self.on_page = open_record(self.args)
        self.row = self.args.get("row") or ""
        wanted = self.args.get("step")
        self.step = next((step for step in self.on_page.steps if step.slug == wanted), None)
        if self.step is None:
            self._refuse(wanted)
        if self.row and not isinstance(self.step, RowsStep):
            raise frappe.DoesNotExistError

    def _refuse(self, wanted: str) -> None:
        """Say why the question is not open to this person now, or that there is none."""
        doc = self.on_page.doc
        if wanted not in {step.slug for step in self.on_page.kind.steps(doc)}:
            raise frappe.DoesNotExistError
        frappe.throw(
            _("You cannot change this now: the {0} is at “{1}”.").format(
                self.on_page.kind.noun(), _(doc.workflow_state)
            ),
            frappe.PermissionError,
        )

    def form(self) -> Form:
        return self.step.form(self.on_page, self.row)

    def get(self):
        step, slugs = self.step, [step.slug for step in self.on_page.steps]
        return {
            "on_page": self.on_page,
            "step": step,
            "row": self.row,
            "number": slugs.index(step.slug) + 1,
            "count": len(slugs),
            "beside": step.beside(self.on_page, step) if step.beside else None,
            "example": examples.answer(self.on_page, step),
            "following": self._address_after(),
            "here": self._here(),
        }

    def post(self, form: Form):
        doc = form.record
        if self.action == "remove":
            self.step.remove(doc, self.posted.get("row_name", ""))
            doc.save()
            return redirect(self._here(), done=_("Removed"))
        self.step.keep(doc, form.values, self.row)
        doc.save()
        if self.row:
            return redirect(self._here())
        if self.action == "later":
            return redirect(self.on_page.address(), done=_("Saved. Come back to it when you like."))
        # What has just been answered may have opened another question.
        self.on_page.__dict__.pop("steps", None)
        return redirect(self._address_after())

    def autosave(self, form: Form) -> None:
        if self.row == "new":
            return  # a row is kept when it is complete
        self.step.keep(form.record, form.values, self.row)
        form.record.save()

    def back(self) -> str:
        if self.row:
            return self._here()
        steps = self.on_page.steps
        index = [step.slug for step in steps].index(self.step.slug)
        return self.on_page.address("write", steps[index - 1].slug) if index else self.on_page.address()

    def _here(self) -> str:
        """This step without its row, keeping where the person came from."""
        then = self._then()
        return self.on_page.address("write", self.step.slug) + (f"?then={then}" if then else "")

    def _then(self) -> str:
        """The action whose page the person was on when they went to change an answer."""
        then = self.args.get("then") or ""
        return then if re.fullmatch(r"[a-z0-9-]+", then) else ""

    def _address_after(self) -> str:
        if then := self._then():
            return self.on_page.address("act", then)
        if following := after(self.on_page, self.step):
            return self.on_page.address("write", following.slug)
        onward = [move for move in self.on_page.moves if move.goes_on]
        if len(onward) == 1 and not unanswered(self.on_page):
            return self.on_page.address("act", onward[0].slug)
        return self.on_page.address()
