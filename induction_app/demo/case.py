"""One early career teacher of the demonstration and what the people round them do on the record."""

from datetime import date, timedelta

import frappe
from frappe.model.document import Document

from induction_app.access.positions import people_in
from induction_app.demo import writing
from induction_app.demo.days import Diary, working_day
from induction_app.demo.places import email_of
from induction_app.dfe.bulk_file import CLAIMS
from induction_app.dfe.returns import mark_reported
from induction_app.induction_case.where_served import conditions
from induction_app.workflows.act import act

REVIEW, ASSESSMENT = "Progress Review", "Formal Assessment"
BEFORE_DUE = 14  # days from the meeting to the due date, unless the cohort's file says otherwise
ON, OFF = "On track", "Not on track"


class Case:
    """An ECT, their school's people and body, and the diary everything is written in."""

    def __init__(self, about: dict, diary: Diary):
        """`about` is the ECT's entry in cohort.yaml."""
        self.about, self.diary = about, diary
        self.first, self.last = about["name"].split(" ", 1)
        self.user = email_of(about["name"], writing.data("places")["schools"][about["school"]]["domain"])
        self.name, self.registered = "", False
        self.first_place = diary.began(about["began"])
        self.start = diary.terms[self.first_place].start
        self.reports_held = 0
        self.be_at(about.get("from") or about["school"])

    def be_at(self, school: str) -> None:
        """Take the people of a school and of its body to act from here on."""
        self.school = school
        self.body = frappe.db.get_value("School", school, "appropriate_body")
        tutor, mentor = writing.data("cohort")["tutors"][school]
        domain = writing.data("places")["schools"][school]["domain"]
        self.tutor, self.mentor = email_of(tutor, domain), email_of(mentor, domain)
        self.head = people_in("headteacher", school=school)[0]
        self.administrator = people_in("school_administrator", school=school)[0]
        for part in ("ab_officer", "ab_decision_maker", "ab_named_contact"):
            setattr(self, part, people_in(part, appropriate_body=self.body)[0])

    def act(self, user: str, on: date, doctype: str, name: str, action: str, **more) -> Document:
        """Somebody takes a workflow action on a day."""
        with self.diary.acting(user, on):
            return act(doctype, name, action, **more)

    def write(self, user: str, on: date, doctype: str, **values) -> Document:
        """Somebody makes a record on a day."""
        with self.diary.acting(user, on):
            return frappe.get_doc({"doctype": doctype, **values}).insert()

    # Registration --------------------------------------------------------------------------------

    def register(self, authorised: bool, returned: bool) -> None:
        """The school registers the ECT before the start; the body authorises or returns it."""
        diary = self.diary
        sent = working_day(min(self.start, diary.today) - timedelta(days=12))
        self.name = self.write(self.administrator, sent, "ECT", **self.registration(sent)).name
        self.act(self.administrator, sent, "ECT", self.name, "Send to appropriate body")
        answered = working_day(sent, 4)
        if returned:
            reason = (
                "The mentor’s timetable shows no time for weekly meetings in the spring. Please say when they will "
                "be held (paragraph 2.18)."
            )
            self.act(self.ab_officer, answered, "ECT", self.name, "Return to school", reason=reason)
        elif authorised:
            contact = {"named_contact": self.ab_named_contact}
            self.act(self.ab_officer, answered, "ECT", self.name, "Authorise", values=contact)
            self.registered = True

    def registration(self, on: date) -> dict:
        """The fields of the registration. QTS came in the July before it."""
        about = self.about
        return {
            "first_name": self.first,
            "last_name": self.last,
            "email": self.user,
            "date_of_birth": about["born"],
            "trn": about["trn"],
            "qts_awarded_on": date(on.year if on >= date(on.year, 7, 8) else on.year - 1, 7, 1),
            "school": self.school,
            "appropriate_body": self.body,
            "start_date": self.start,
            "fte": about.get("fte", 1),
            "days_per_week": about.get("days", 5),
            "year_groups": about["post"],
            "programme_type": about.get("programme", "Provider-led"),
            "induction_tutor": self.tutor,
            "mentor": self.mentor,
            **{field.fieldname: 1 for field in conditions()},
        }

    def report_claim(self) -> None:
        """The body tells the DfE, some weeks on, that the ECT has started."""
        period = frappe.db.get_value(
            "Induction Period", {"ect": self.name, "is_open": 1}, ["name", "starts_on"]
        )
        told = working_day(period[1], 21)
        if self.diary.has_come(told):
            with self.diary.acting(self.ab_officer, told):
                mark_reported(CLAIMS, self.body, [period[0]])

    # Reviews and assessments ---------------------------------------------------------------------

    def hold_reports(self, until: date | None = None, stops_at: str | None = None) -> None:
        """Everything on the schedule whose meeting has been by a day (today), the newest as far as a stage."""
        until = until or self.diary.today
        while due := self.next_report(until):
            newest = not self.next_report(until, after=due.scheduled_for)
            held = self.hold_report(due.doctype, due.name, due.meeting, stops_at if newest else None)
            self.reports_held += 1
            if not held:
                return

    def next_report(self, until: date, after: date | None = None) -> frappe._dict | None:
        """The next report still to be written whose meeting is due by a day."""
        found = []
        for doctype in (REVIEW, ASSESSMENT):
            filters = {"ect": self.name, "stage": "drafting", "scheduled_for": (">", after or date.min)}
            rows = frappe.get_all(doctype, filters=filters, fields=["name", "scheduled_for"])
            found += [frappe._dict(row, doctype=doctype) for row in rows]
        for row in sorted(found, key=lambda row: row.scheduled_for):
            row.meeting = working_day(row.scheduled_for, -self.about.get("lead", BEFORE_DUE))
            return row if row.meeting <= until else None
        return None

    def hold_report(
        self,
        doctype: str,
        name: str,
        meeting: date,
        stops_at: str | None = None,
        recommended: dict | None = None,
    ) -> bool:
        """One report from the meeting to the body, as far as the days have come. Whether it got there."""
        if stops_at == "drafting":
            return False
        text = self.text_of(doctype, name, meeting)
        said = {"ect_comment": writing.comment(text.get("on_track", ON), self.reports_held)}
        both = self.tutor == self.head
        for user, days, stage, action, more in (
            (self.tutor, 0, "drafting", "Send to ECT", {"values": text}),
            (self.user, 2, "ect_comment", "Send comment", {"values": said}),
            (self.tutor, 3, "tutor_signature", "Sign as tutor", {}),
            (
                self.head,
                4,
                "head_signature",
                "Sign as headteacher",
                {"both_capacities": both, "values": recommended},
            ),
            (self.user, 6, "ect_signature", "Sign", {}),
            (self.ab_officer, 8, "ab_receipt", "Receive", {}),
        ):
            on = working_day(meeting, days)
            if stage == stops_at or not self.diary.has_come(on):
                return False
            self.act(user, on, doctype, name, action, **more)
        return True

    def text_of(self, doctype: str, name: str, meeting: date) -> dict:
        """What the tutor writes, in the tone the cohort's file gives for this report."""
        tones = self.about.get("reviews", [ON])
        tone = tones[min(self.reports_held, len(tones) - 1)]
        if doctype == REVIEW:
            text = {"reviewed_on": meeting, **writing.progress_review(self.first, tone, self.reports_held)}
        else:
            kind = frappe.db.get_value(ASSESSMENT, name, "assessment_type")
            weak = dict.fromkeys(("4", "7"), "Not satisfactory") if tone == OFF else {}
            if kind == "Final" and self.about.get("story") == "is extended":
                weak = dict.fromkeys(("5", "7"), "Needs further development")  # as the recommendation says
            overall = "Satisfactory" if tone == ON else "Not satisfactory"
            text = {"meeting_on": meeting, **writing.formal_assessment(self.first, kind, overall, weak)}
        by_when = working_day(meeting, 56)
        return {**text, "targets": [{**row, "by_when": by_when} for row in text["targets"]]}

    # Observations --------------------------------------------------------------------------------

    def be_observed(self, until: date | None = None) -> None:
        """Once each half-term by tutor, mentor and head in turn; the newest still waits for the ECT's reflection."""
        until = until or self.diary.today
        observers = (self.tutor, self.mentor, self.head)
        number = 0
        for term in self.diary.terms[self.first_place :]:
            for share in (0.25, 0.7):
                day = working_day(term.start + (term.end - term.start) * share)
                if day > until:
                    return
                self.observe(observers[number % 3], day, number)
                number += 1

    def observe(self, observer: str, day: date, number: int) -> None:
        """One observation: feedback the next day, the ECT's reflection some days later where that has come."""
        with_qts = {
            "observer": observer,
            "observer_holds_qts": "Yes",
            "review_meeting_on": working_day(day, 1),
        }
        text = writing.observation(number)
        record = self.write(observer, day, "Observation", ect=self.name, observed_on=day, **with_qts, **text)
        shared = working_day(day, 1)
        newest = self.about.get("feedback_owed") and self.diary.today - day < timedelta(days=30)
        if newest or not self.diary.has_come(shared):
            return
        self.act(observer, shared, "Observation", record.name, "Share with ECT")
        reflected = working_day(day, 9)
        if self.diary.has_come(reflected):
            words = {"ect_reflection": writing.reflection(number)}
            self.act(self.user, reflected, "Observation", record.name, "Add your reflection", values=words)
