"""Home: what you need to do, what to look at, whose inductions are yours, and what happened lately."""

import frappe
from frappe import _
from frappe.utils import cint

from induction_app.access.positions import capacities_of
from induction_app.clock import today
from induction_app.page_kit import Page
from induction_app.page_kit.environment import day
from induction_app.pages import (
    home_alerts,
    home_people,
    home_tasks,
    navigation,
    registering,
    standing,
    story,
    timeline,
    timeline_picture,
)
from induction_app.pages.case_records import CaseRecords


class Home(Page):
    def title(self) -> str:
        return _("What you need to do")

    def get(self):
        shown = home_tasks.MOST if cint(self.args.get("all")) else home_tasks.SHOWN
        own_case = navigation.own_case() if "ect" in capacities_of() else None
        records = CaseRecords(own_case) if own_case else None
        choices = home_alerts.choices_to_make(records.readable("Absence")) if records else []
        tasks = [
            *home_tasks.staff_to_add(),
            *home_tasks.schools_to_authorise(),
            *home_tasks.tasks_of_person(own_case),
        ]
        counted_at, counted = home_alerts.cases_counted()
        return {
            "date": f"{_(today().strftime('%A'))} {day(today())}",
            "tasks": tasks[:shown],
            "number": len(tasks),
            "late": sum(task["overdue"] for task in tasks),
            "alerts": [*choices, *home_alerts.alerts(counted)],
            "own": home_people.own_ects(),
            "numbers": home_people.numbers(counted),
            "counted_at": counted_at,
            "events": story.latest(),
            "buttons": self._buttons(),
            **self._own_induction(records),
        }

    def _own_induction(self, records: CaseRecords | None) -> dict:
        """An ECT sees their own timeline at once."""
        if not records:
            return {"induction": None}
        ect = frappe.get_doc("ECT", records.ect)
        if ect.stage != "registered":
            return {"induction": None}
        seen = timeline.timeline_of(ect, records)
        return {
            "induction": ect,
            "story": seen,
            "wide": timeline_picture.wide(seen),
            "tall": timeline_picture.tall(seen),
            "figures": standing.figures(ect, seen),
            "picture_text": standing.picture_text(ect, seen),
        }

    def _buttons(self) -> list[dict[str, str]]:
        """What this person begins from here."""
        found = []
        if registering.schools():
            found.append({"text": _("Register an ECT"), "href": "/register-an-ect"})
        if "governor" in capacities_of():
            found.append({"text": _("Read the report to governors"), "href": "/governors"})
        return found
