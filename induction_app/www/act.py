"""Taking an action on a record: check and send, comment, sign, return with a reason, receive, decide."""

import json

import frappe
from frappe import _

from induction_app.assessment.signing import capacity_in_words
from induction_app.page_kit import Checkboxes, Form, Page, Problem, TextArea, redirect
from induction_app.pages.addresses import address_of
from induction_app.pages.records.on_page import open_record
from induction_app.pages.records.reading import Section, blocks_of
from induction_app.pages.records.task_list import unanswered
from induction_app.workflows.act import act
from induction_app.workflows.moves import move_named, open_fields
from induction_app.workflows.next_actors import people_who_may_act
from induction_app.workflows.stages import STAGES


class Confirm(Checkboxes):
    """A statement to be ticked anew each time it is shown."""

    def __init__(self, name: str, statement: str, required: str) -> None:
        super().__init__(name, "", options=[("yes", statement)], required=required)

    def params(self, raw, error):
        params = super().params(None, error)
        params["fieldset"] = {"legend": {"text": _("Confirm"), "classes": "govuk-visually-hidden"}}
        return params


class Act(Page):
    """One action, under the label the administrator gave it, with whatever that action needs."""

    def title(self) -> str:
        return f"{self.move.action}: {self.on_page.title}, {self.on_page.subject}"

    def load(self) -> None:
        self.on_page = open_record(self.args)
        self.move = move_named(self.on_page.doc, self.args.get("move") or "")
        self.signs = self.move.signs

    def form(self) -> Form:
        doc = self.on_page.doc
        questions = self._questions()
        ticks = self._ticks()
        return Form(
            *questions,
            *ticks,
            record=doc,
            button=_(self.move.action),
            draft=bool(questions) and not ticks,
            autosave=bool(questions) and not ticks and not self.move.returns,
            elsewhere=self._asked_elsewhere(),
        )

    def _asked_elsewhere(self) -> dict[str, str]:
        """The page that asks for each field: of several, the first that has not been answered."""
        pages: dict[str, str] = {}
        for step in sorted(self.on_page.steps, key=lambda step: step.answered(self.on_page.doc)):
            for name in step.fieldnames:
                pages.setdefault(name, f"{self.on_page.address('write', step.slug)}?then={self.move.slug}")
        return pages

    def _questions(self) -> list:
        """What is asked together with the action."""
        if self.move.returns:
            return [
                TextArea(
                    "return_reason",
                    _("What has to change?"),
                    hint=_("Whoever has to change it reads this."),
                    required=_("Enter what has to change"),
                    rows=5,
                )
            ]
        if self.move.calls_off:
            return []
        asked = self.on_page.kind.with_move
        asking = asked.get((self.move.came_from, self.move.stage)) or asked.get((self.move.came_from, None))
        open_now = open_fields(self.on_page.doc) or ()
        return [question for question in asking(self.on_page) if question.name in open_now] if asking else []

    def _ticks(self) -> list:
        """What a signer confirms."""
        if not self.signs:
            return []
        capacity = capacity_in_words(self.signs)
        ticks = [
            Confirm(
                "read_and_mine",
                _("I have read this text, and sign it as {0}").format(capacity),
                required=_("Confirm that you have read the text and sign it"),
            )
        ]
        if earlier := self._my_earlier_signature():
            ticks.append(
                Confirm(
                    "both_roles",
                    _("I hold both roles. I have signed as {0} and now knowingly sign as {1} too").format(
                        capacity_in_words(earlier), capacity
                    ),
                    required=_("Confirm that you knowingly sign in both capacities (paragraph 2.45)"),
                )
            )
        return ticks

    def _my_earlier_signature(self) -> str:
        """The capacity in which this person has already signed this version."""
        mine = [s for s in self.on_page.doc.signatures() if s.person == frappe.session.user]
        return mine[0].capacity if mine else ""

    def get(self):
        on_page, move = self.on_page, self.move
        if self.signs and (missing := unanswered(on_page)):
            return redirect(f"{on_page.address('write', missing[0].slug)}?then={move.slug}")
        preview = on_page.kind.preview(on_page.doc, move) if move.goes_on else None
        return {
            "on_page": on_page,
            "move": move,
            "meaning": self._meaning(),
            "sections": self._sections(),
            "preview": preview,
            "signed_text": on_page.doc.text_to_sign(self.signs) if self.signs else "",
            "signed_hash": on_page.doc.hash_to_sign(self.signs) if self.signs else "",
            "capacity": capacity_in_words(self.signs) if self.signs else "",
            "checking_answers": on_page.being_written and move.goes_on,
        }

    def post(self, form: Form):
        doc, answers = self.on_page.doc, form.values
        if self.action == "later":
            self.autosave(form)
            return redirect(self.on_page.address(), done=_("Saved. Come back to it when you like."))
        asked = {question.name for question in self._questions()} - {"return_reason"}
        try:
            moved = act(
                doc.doctype,
                doc.name,
                self.move.action,
                reason=answers.get("return_reason"),
                seen_hash=self.posted.get("seen_hash") if self.signs else None,
                # A signer's text is compared by its hash, which says more than its time of change.
                seen_modified=None if self.signs else form.modified,
                both_capacities=bool(answers.get("both_roles")),
                values={name: answers.get(name) for name in asked} or None,
            )
        except frappe.TimestampMismatchError:
            if not self.signs:
                raise
            raise Problem(
                _("This text has changed since you opened it. Read it again below, then confirm and sign.")
            ) from None
        return redirect(self._then(moved), done=self._done(moved))

    def autosave(self, form: Form) -> None:
        form.record.update(form.values)
        form.record.save()

    def back(self) -> str:
        return self.on_page.address()

    def _then(self, moved) -> str:
        """The record's page, or the case where this person no longer sees the record."""
        if moved.has_permission("read"):
            return self.on_page.address()
        ect = moved.get("ect")
        if ect and frappe.has_permission("ECT", "read", doc=ect):
            return address_of("ECT", ect)
        return "/"

    def _meaning(self) -> str:
        """What taking the action brings about, in a sentence."""
        move, doc = self.move, self.on_page.doc
        if move.returns and self._has_signatures():
            return _(
                "It goes back to be changed. The signatures given so far stay with this version of the text."
            )
        if move.returns:
            return _("It goes back to be changed.")
        meanings = self.on_page.kind.meaning(doc)
        known = meanings.get((move.came_from, move.stage)) or meanings.get(move.stage)
        name = self.on_page.ect.get("first_name") or self.on_page.subject
        return (known or _("The status is then “{0}”.").format(_(move.state))).format(name)

    def _has_signatures(self) -> bool:
        doc = self.on_page.doc
        return bool(getattr(doc, "signed_fields", ()) and doc.signatures())

    def _sections(self) -> list[Section]:
        """What is sent, signed or returned, to be read beforehand."""
        doc = self.on_page.doc
        if self.signs:
            values = json.loads(doc.text_to_sign(self.signs))
            fields = [name for name in doc.signed_fields if name in values]
            return [Section("", blocks_of(doc.doctype, values, fields, empty=True))]
        if self.on_page.being_written and self.move.goes_on:
            return self.on_page.answers(self.move.slug)
        return self.on_page.sections()

    def _done(self, moved) -> str:
        """What has been done, and whose turn it is now."""
        done = _("Done.")
        if self.signs:
            done = _("You have signed.")
        elif self.move.returns:
            done = _("Sent back.")
        if STAGES[moved.doctype][moved.stage].closed:
            return f"{done} " + _("The status is now “{0}”.").format(_(moved.workflow_state))
        users = people_who_may_act(moved)
        if not users:
            return done
        people = [_("you")] if frappe.session.user in users else []
        people += [frappe.utils.get_fullname(user) for user in users if user != frappe.session.user]
        shown = _(" or ").join(people[:2]) if len(people) < 3 else _("{0} and others").format(people[0])
        return f"{done} " + _("It is now with {0}.").format(shown)
