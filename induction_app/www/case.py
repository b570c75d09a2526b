"""One ECT's case: where they stand and why, the timeline, the people, the papers and the story."""

import frappe
from frappe import _

from induction_app.access.rows import may_add
from induction_app.documents.decision_papers import has_certificate
from induction_app.induction_case.rules import read_why
from induction_app.page_kit import Page, redirect
from induction_app.page_kit.environment import day
from induction_app.pages import (
    cases,
    home_alerts,
    home_tasks,
    standing,
    story,
    timeline,
    timeline_picture,
    who_can_see,
)
from induction_app.pages.addresses import address_of
from induction_app.pages.case_records import CaseRecords
from induction_app.pages.records.kinds import kinds_by_type


class Case(Page):
    def title(self) -> str:
        return self.ect.full_name

    def load(self) -> None:
        self.ect = cases.open_case(self.args)
        self.records = CaseRecords(self.ect.name)

    def get(self):
        ect = self.ect
        if ect.stage not in ("registered", "withdrawn"):
            return redirect(address_of("ECT", ect.name, "registration"))
        if not ect.registered_on:
            return {"story": None, "papers": cases.documents_of(ect, []), **self._facts()}
        seen = timeline.timeline_of(ect, self.records)
        return {
            **self._facts(),
            "story": seen,
            "wide": timeline_picture.wide(seen),
            "tall": timeline_picture.tall(seen),
            "picture_text": standing.picture_text(ect, seen),
            "figures": standing.figures(ect, seen),
            "why": read_why(ect),
            "papers": cases.documents_of(
                ect, [self._record(moment) for moment in seen.moments], self._certificate_of()
            ),
        }

    def _facts(self) -> dict:
        ect = self.ect
        is_own = ect.user == frappe.session.user
        return {
            "ect": ect,
            "is_own": is_own,
            "mood": cases.MOODS.get(ect.induction_status, ""),
            "place": cases.school_name(ect.school),
            "tasks": home_tasks.tasks_on(ect.name),
            "person_rows": cases.person_rows(ect),
            "post_rows": cases.post_rows(ect),
            "people": who_can_see.access_rows(ect),
            "events": story.latest(ect.name, self._titles()),
            "moves": self._moves(),
            "choices": home_alerts.choices_to_make(self.records.readable("Absence")) if is_own else [],
        }

    def _moves(self) -> list[dict[str, str]]:
        """What this person can begin from here."""
        if self.ect.completed_on or self.ect.stage != "registered":
            return []
        offers = (
            ("Observation", _("Write an observation"), ("observations", "new")),
            ("Action Plan", _("Start an action plan"), ("plans", "new")),
            ("Formal Assessment", _("Write an interim assessment"), ("assessments", "new")),
            ("Absence", _("Record an absence"), ("absences", "new")),
            ("Induction Period", _("Change working hours"), ("working-pattern",)),
        )
        found = [
            {"text": text, "href": address_of("ECT", self.ect.name, *below)}
            for doctype, text, below in offers
            if may_add(doctype, self.ect.name)
        ]
        if self.ect.has_permission("write"):
            text = _("Change the tutor or mentor")
            found.append({"text": text, "href": address_of("ECT", self.ect.name, "people")})
        what_if = {
            "text": _("See what a change would do"),
            "href": address_of("ECT", self.ect.name, "what-if"),
        }
        return [*found, what_if]

    def _titles(self) -> dict[tuple[str, str], str]:
        """What the pages of the case's records are called, of those that this person may open."""
        kinds = kinds_by_type()
        titles = {
            (row.doctype, row.name): kinds[row.doctype].title(row) if row.doctype in kinds else ""
            for row in self.records.all_readable()
        }
        return {("ECT", self.ect.name): "", **titles}

    def _certificate_of(self) -> str:
        """The decision of which this person can have the certificate, if there is one."""
        decisions = self.records.readable("Induction Decision")
        done = self.ect.completed_on
        return next((row.name for row in decisions if row.printable and has_certificate(row, done)), "")

    @staticmethod
    def _record(moment: timeline.Moment) -> dict:
        return {
            "doctype": moment.doctype,
            "name": moment.name,
            "text": f"{moment.text}, {day(moment.day) if moment.progress == timeline.DONE else moment.state}",
            "state": moment.state,
            "printable": moment.printable and moment.begun,
        }

    def back(self) -> str:
        return "/" if self.ect.user == frappe.session.user else "/cases"
