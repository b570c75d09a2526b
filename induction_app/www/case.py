"""One ECT's case: where they stand and why, the timeline, the people, the papers and the story."""

import frappe
from frappe import _

from induction_app.access.positions import capacities_of
from induction_app.induction_case.rules import read_why
from induction_app.page_kit import Page, redirect
from induction_app.page_kit.environment import day
from induction_app.pages import cases, home_tasks, timeline, timeline_picture
from induction_app.pages.addresses import address_of


class Case(Page):
    def title(self) -> str:
        return self.ect.full_name

    def load(self) -> None:
        self.ect = cases.open_case(self.args)

    def get(self):
        ect = self.ect
        if ect.stage not in ("registered", "withdrawn"):
            return redirect(address_of("ECT", ect.name, "registration"))
        if not ect.registered_on:
            return {"story": None, **self._facts(), "why": {}, "next_due": None}
        story = timeline.timeline_of(ect)
        return {
            **self._facts(),
            "story": story,
            "wide": timeline_picture.wide(story),
            "tall": timeline_picture.tall(story),
            "picture_text": self._picture_text(story),
            "why": read_why(ect),
            "next_due": self._next_due(story),
            "papers": cases.documents_of(ect, [self._record(moment) for moment in story.moments]),
        }

    def _facts(self) -> dict:
        ect = self.ect
        return {
            "ect": ect,
            "is_own": ect.user == frappe.session.user,
            "mood": cases.MOODS.get(ect.induction_status, ""),
            "place": cases.school_name(ect.school),
            "tasks": home_tasks.tasks_on(ect.name),
            "person_rows": cases.person_rows(ect),
            "post_rows": cases.post_rows(ect),
            "people": cases.access_rows(ect),
            "events": cases.events_of(ect.name),
            "papers": cases.documents_of(ect, []),
            "moves": self._moves(),
            "choices": self._choices(),
            "terms": cases.terms,
        }

    def _next_due(self, story: timeline.Timeline) -> dict | None:
        following = story.next_due
        if not following or self.ect.completed_on:
            return None
        return {"text": following.text, "href": following.href, **cases.due_in_words(following.day)}

    def _moves(self) -> list[dict[str, str]]:
        """What this person can begin from here."""
        name = self.ect.name
        found = [{"text": _("See what a change would do"), "href": address_of("ECT", name, "what-if")}]
        if self.ect.completed_on or self.ect.stage != "registered":
            return []
        if cases.may_add(self.ect, "Absence"):
            found.append({"text": _("Record an absence"), "href": address_of("ECT", name, "absences", "new")})
        if cases.may_add(self.ect, "Induction Period"):
            found.append(
                {"text": _("Change working hours"), "href": address_of("ECT", name, "working-pattern")}
            )
        return found

    def _choices(self) -> list[dict[str, str]]:
        """The ECT's own choices that are still open (3.7)."""
        if self.ect.user != frappe.session.user or "ect" not in capacities_of():
            return []
        rows = frappe.get_list(
            "Absence",
            filters={"ect": self.ect.name, "kind": ("!=", "Ad hoc"), "choice_made_on": ("is", "not set")},
            fields=["name", "kind", "starts_on"],
        )
        return [
            {
                "text": _("Choose whether your {0} from {1} extends your induction").format(
                    timeline.absence_kind(row.kind), day(row.starts_on)
                ),
                "href": address_of("Absence", row.name, "choice"),
            }
            for row in rows
        ]

    def _picture_text(self, story: timeline.Timeline) -> str:
        """The picture in a sentence, for those who hear it."""
        ect = self.ect
        return _(
            "{0} of {1} served. {2} reviews and assessments, {3} of them finished. The table below says the same."
        ).format(
            cases.terms(ect.terms_served),
            cases.terms(ect.required_terms),
            len(story.of(timeline.REVIEW, timeline.ASSESSMENT)),
            sum(m.progress == timeline.DONE for m in story.of(timeline.REVIEW, timeline.ASSESSMENT)),
        )

    @staticmethod
    def _record(moment: timeline.Moment) -> dict:
        return {
            "doctype": moment.doctype,
            "name": moment.name,
            "text": f"{moment.text}, {day(moment.day)}",
            "state": moment.state,
            "printable": moment.printable,
        }

    def back(self) -> str:
        return "/"
