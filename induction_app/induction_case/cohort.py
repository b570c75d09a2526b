"""How the inductions of a school or a body stand, counted: which are late, which need help, which are well."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import frappe
from frappe import _
from frappe.utils import add_days
from pypika import Case
from pypika.functions import Count
from pypika.terms import Criterion, Term, ValueWrapper

from induction_app.access.readable import readable
from induction_app.clock import today
from induction_app.prepared import asked, prepared
from induction_app.workflows.stages import open_stages

AT_RISK, OVERDUE, DUE, ON_TRACK = "at_risk", "overdue", "due", "on_track"
#: Each current induction has exactly one of these, the first that holds.
STANDINGS = (AT_RISK, OVERDUE, DUE, ON_TRACK)
#: How long before its day a review or assessment counts as due.
DUE_SOON_DAYS = 28

_CURRENT = ("Waiting to start", "In progress", "Paused", "Awaiting decision", "Extended")
_REPORTS = (
    ("Progress Review", "on_track", "Not on track"),
    ("Formal Assessment", "overall", "Not satisfactory"),
)
_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class SchoolTerm:
    """A term with the holiday before it, so that every day lies in one. `key` goes into addresses."""

    key: str
    label: str
    first: date
    last: date

    def holds(self, day: Term) -> Criterion:
        """Condition that a date column lies in the term."""
        return day[self.first : self.last]


def current(ect) -> Criterion:
    """Condition on an ECT table: registered, and neither completed nor left."""
    return (ect.stage == "registered") & ect.completed_on.isnull() & ect.induction_status.isin(_CURRENT)


def standing(ect, user: str | None = None) -> Case:
    """Where a current induction stands, as a column of a query on ECTs.

    `at_risk`: an action plan is open, or the newest report says not on track (4.1). `overdue`: a review or
    assessment is late (2.48, 2.55). `due`: one falls due within 28 days. Else `on_track`. Only what `user`
    (default: the person signed in) may read of plans and reports counts; that a record is late is no
    secret of its text.
    """
    return (
        Case()
        .when(at_risk(ect, user), AT_RISK)
        .when(overdue(ect), OVERDUE)
        .when(due_soon(ect), DUE)
        .else_(ON_TRACK)
        .as_("standing")
    )


def at_risk(ect, user: str | None = None) -> Criterion:
    """An open action plan, or a newest report with a concern."""
    return has_open_plan(ect, user) | has_concern(ect, user)


def has_open_plan(ect, user: str | None = None) -> Criterion:
    """An action plan is open (paragraph 4.1)."""
    plans, plan = readable("Action Plan", user)
    return ect.name.isin(plans.where(plan.stage.isin(open_stages("Action Plan"))).select(plan.ect))


def has_concern(ect, user: str | None = None) -> Criterion:
    """The newest report that the appropriate body has received says not on track, or not satisfactory."""
    conditions = []
    for doctype, verdict, concern in _REPORTS:
        reports, report = readable(doctype, user)
        for later_type, *_verdict in _REPORTS:
            reports, later = _later(reports, report, later_type)
            reports = reports.where(later.name.isnull())
        reports = reports.where((report.stage == "received") & (report[verdict] == concern))
        conditions.append(ect.name.isin(reports.select(report.ect)))
    return conditions[0] | conditions[1]


def overdue(ect) -> Criterion:
    """A review or assessment of the ECT is late (paragraphs 2.48 and 2.55)."""
    return _scheduled(ect, lambda day: day < today())


def due_soon(ect) -> Criterion:
    """A review or assessment of the ECT falls due within 28 days."""
    return _scheduled(ect, lambda day: day[today() : add_days(today(), DUE_SOON_DAYS)])


def has_progress(ect, standard: str, progress: str, user: str | None = None) -> Criterion:
    """The newest review received judged a Teachers' Standard so."""
    reviews, review, row = _newest_reviews(user)
    return ect.name.isin(
        reviews.where((row.standard == standard) & (row.progress == progress)).select(review.ect)
    )


@dataclass(frozen=True)
class Standings:
    """Current inductions counted by school, by the term they began in, and by standing."""

    rows: tuple[tuple[str, str, str, str, int], ...]

    def by_school(self) -> list[tuple[str, str, dict[str, int]]]:
        """URN, name and counts by standing of each school."""
        names = {urn: name or urn for urn, name, *_rest in self.rows}
        counts = _counted((urn, kind, number) for urn, _name, _term, kind, number in self.rows)
        return [(urn, names[urn], counts[urn]) for urn in counts]

    def by_start(self, terms: list[SchoolTerm]) -> list[tuple[SchoolTerm, dict[str, int]]]:
        """Counts by standing of each term in which any of them began."""
        counts = _counted((term, kind, number) for _urn, _name, term, kind, number in self.rows)
        return [(term, counts[term.key]) for term in terms if term.key in counts]


def standings(terms: list[SchoolTerm], user: str | None = None) -> Standings:
    """Where the current inductions that `user` may read stand. One query."""
    query, ect = readable("ECT", user)
    school, where, began = frappe.qb.DocType("School"), standing(ect, user), _term_of(ect.start_date, terms)
    rows = (
        query.left_join(school)
        .on(school.name == ect.school)
        .where(current(ect))
        .groupby(ect.school, school.school_name, began, where)
        .select(ect.school, school.school_name, began, where, Count(ect.name))
        .run()
    )
    return Standings(tuple(rows))


def by_standard(user: str | None = None) -> dict[str, dict[str, int]]:
    """Current inductions by what their newest review says on each Teachers' Standard. One query."""
    reviews, review, row = _newest_reviews(user)
    ects, ect = readable("ECT", user)
    inside = ects.where(current(ect)).select(ect.name)
    rows = (
        reviews.where(review.ect.isin(inside))
        .groupby(row.standard, row.progress)
        .select(row.standard, row.progress, Count(review.name))
        .run()
    )
    return _counted((standard, progress, number) for standard, progress, number in rows if progress)


def school_terms() -> list[SchoolTerm]:
    """The terms all schools use, oldest first, up to a year from now; the first begins with its year."""
    found, first = [], None
    for row in _common_terms(until=today() + _YEAR):
        found.append(
            SchoolTerm(
                f"{row.term}-{row.academic_year.replace('/', '-')}".lower(),
                _("{0} term {1}").format(_(row.term), row.academic_year),
                first or row.starts_on - _YEAR / 12,
                row.ends_on,
            )
        )
        first = row.ends_on + timedelta(days=1)
    return found


@prepared
def _common_terms():
    term = frappe.qb.DocType("Academic Term")
    return (
        frappe.qb.from_(term)
        .where(term.school.isnull() | (term.school == ""))
        .where(term.starts_on <= asked("until"))
        .select(term.academic_year, term.term, term.starts_on, term.ends_on)
        .orderby(term.starts_on)
    )


def _scheduled(ect, when) -> Criterion:
    """The ECT has an open review or assessment whose deadline is as asked; one that waits has none."""
    parts = []
    for doctype, *_verdict in _REPORTS:
        record = frappe.qb.DocType(doctype)
        wanted = record.stage.isin(open_stages(doctype)) & when(record.due_on)
        parts.append(ect.name.isin(frappe.qb.from_(record).select(record.ect).where(wanted)))
    return parts[0] | parts[1]


def _newest_reviews(user: str | None):
    """A query on the newest received review of each ECT, joined with what it says on each standard."""
    reviews, review = readable("Progress Review", user)
    row = frappe.qb.DocType("Standard Progress")
    reviews, later = _later(reviews, review, "Progress Review")
    reviews = reviews.join(row).on((row.parent == review.name) & (row.parenttype == "Progress Review"))
    return reviews.where((review.stage == "received") & later.name.isnull()), review, row


def _later(reports, report, doctype: str):
    """Join received reports of a type on the same ECT that were scheduled later."""
    later = frappe.qb.DocType(doctype).as_(f"later_{frappe.scrub(doctype)}")
    return (
        reports.left_join(later).on(
            (later.ect == report.ect)
            & (later.stage == "received")
            & (later.scheduled_for > report.scheduled_for)
        ),
        later,
    )


def _term_of(day: Term, terms: list[SchoolTerm]) -> Term:
    """The key of the term a date column lies in, empty for none of them."""
    if not terms:
        return ValueWrapper("", "began")
    found = Case()
    for term in terms:
        found = found.when(term.holds(day), term.key)
    return found.else_("").as_("began")


def _counted(rows: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for group, kind, number in rows:
        counts = found.setdefault(group, {})
        counts[kind] = counts.get(kind, 0) + number
    return found
