"""The ECTs a person may read, and how each induction stands."""

import frappe
from frappe import _
from frappe.utils import add_days

from induction_app.access.readable import readable
from induction_app.clock import today
from induction_app.induction_case import cohort
from induction_app.page_kit import Column, Filter
from induction_app.pages import cohort_words
from induction_app.pages.addresses import address_of
from induction_app.pages.cases import MOODS, terms
from induction_app.pages.lists import ListPage, late
from induction_app.pages.next_due import first_days, next_due


class Cases(ListPage):
    doctype = "ECT"
    name_field = "full_name"
    fields = ("full_name", "induction_status", "start_date", "terms_served", "required_terms", "completed_on")
    default_sort = "full_name"

    def title(self) -> str:
        return _("Early career teachers")

    def columns(self) -> list[Column]:
        return [
            Column("full_name", _("Name"), link=lambda row: address_of("ECT", row["name"])),
            Column("school_name", _("School")),
            Column("induction_status", _("Status"), kind="tag"),
            Column("start_date", _("Started on"), kind="date"),
            Column("served", _("Served"), sort="terms_served"),
            Column("next_due", _("Next due"), kind="date"),
            Column("lateness", _("Look at"), kind="tag", sort=False),
        ]

    def filters(self) -> list[Filter]:
        asked = frappe.request.args
        found = [
            Filter(
                "status",
                _("Status"),
                options=[(status, _(status)) for status in self.meta_options("induction_status")],
            ),
            Filter("standing", _("How it stands"), options=cohort_words.standings().items()),
            Filter("started", _("Started in"), options=[(term.key, term.label) for term in self.terms()]),
        ]
        # These come with links from elsewhere; in the way of everybody else.
        linked = {"due": self._due, "risk": self._risk, "progress": self._progress}
        return found + [make() for name, make in linked.items() if asked.get(name)]

    def narrow(self, query, record, chosen):
        conditions = {
            "status": lambda value: record.induction_status == value,
            "standing": lambda value: cohort.current(record) & (cohort.standing(record) == value),
            "started": lambda value: self.term(value).holds(record.start_date),
            "due": lambda value: cohort.overdue(record) if value == "overdue" else cohort.due_soon(record),
            "risk": lambda value: self._at_risk(record, value),
            "progress": lambda value: cohort.current(record) & _judged(record, value),
        }
        for name, value in chosen.items():
            if name in conditions:
                query = query.where(conditions[name](value))
        return query

    def sorted_by(self, query, record, field, order):
        if field != "next_due":
            return super().sorted_by(query, record, field, order)
        days = first_days()
        query = query.left_join(days).on(days.ect == record.name)
        return query.orderby(days.due_on.isnull()).orderby(days.due_on, order=order)  # with none: last

    def complete(self, rows) -> None:
        due = next_due([row.name for row in rows])
        at_risk = _at_risk_of([row.name for row in rows])
        for row in rows:
            row.next_due = due.get(row.name)
            row.at_risk = row.name in at_risk

    def words(self, row):
        soon = (
            row.next_due
            and not late(row.next_due)
            and row.next_due <= add_days(today(), cohort.DUE_SOON_DAYS)
        )
        words = cohort_words.standings()
        if row.at_risk:
            look, mood = words[cohort.AT_RISK], "late"
        elif late(row.next_due):
            look, mood = _("Overdue"), "late"
        else:
            look, mood = (_("Due soon"), "due") if soon else ("", "")
        registered = row.induction_status != "Being registered"
        return {
            **row,
            "induction_status": _(row.induction_status),
            "induction_status_mood": MOODS.get(row.induction_status, ""),
            "served": _("{0} of {1}").format(_number(row.terms_served), terms(row.required_terms))
            if registered
            else "",
            "lateness": look,
            "lateness_mood": mood,
        }

    @staticmethod
    def _at_risk(record, kind: str):
        if kind == "plan":
            return cohort.has_open_plan(record)
        if kind == "absence":
            return (record.absence_extension_days > 0) & record.completed_on.isnull()
        return cohort.has_concern(record)

    @staticmethod
    def _due() -> Filter:
        return Filter(
            "due",
            _("Reviews and assessments"),
            options=[("overdue", _("One is overdue")), ("soon", _("One is due soon"))],
        )

    @staticmethod
    def _risk() -> Filter:
        return Filter(
            "risk",
            _("What to look at"),
            options=[
                ("plan", _("An action plan is open")),
                ("report", _("Newest report has a concern")),
                ("absence", _("Longer because of absence")),
            ],
        )

    @staticmethod
    def _progress() -> Filter:
        return Filter("progress", _("Progress"), options=cohort_words.progress_options().items())


def _at_risk_of(ects: list[str]) -> set[str]:
    """Those of some ECTs whom the overview, too, counts as at risk. One query."""
    query, ect = readable("ECT")
    query = query.where(ect.name.isin(ects)).where(cohort.current(ect) & cohort.at_risk(ect))
    return set(query.select(ect.name).run(pluck=True))


def _judged(record, value: str):
    standard, _dot, progress = value.partition(".")
    return cohort.has_progress(record, standard, progress)


def _number(value: float | None) -> str:
    return f"{float(value or 0):.2f}".rstrip("0").rstrip(".")
