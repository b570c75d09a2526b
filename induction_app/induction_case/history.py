"""The facts of one ECT's induction, gathered from the records in the form the statutory rules take."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

import frappe
from frappe.utils import cint, flt, getdate

from induction_app.clock import today
from induction_app.induction_case.decisions import Grant, grant_of
from induction_app.induction_case.rules import ask_rule
from induction_app.organisations.academic_calendar import AcademicCalendar, TermDates
from induction_app.organisations.doctype.appropriate_body.appropriate_body import own_figures
from induction_app.prepared import asked, prepared
from induction_app.statutory.working_days import count_forward

# A part-time ECT at a tenth of full time would serve twenty years; nobody's schedule is drawn further.
_TERMS_AHEAD = 24
# A year of induction is three terms of full-time service (2.30), whatever the full-time equivalent.
_TERMS_IN_A_YEAR = 3
#: Outcomes of a period that the appropriate body's decision gives it.
DECIDED = ("Pass", "Fail")
#: Kinds of absence as the records name them, and as the rules do.
LEAVE_KINDS = {
    "Ad hoc": "ad_hoc",
    "Maternity": "maternity",
    "Paternity": "paternity",
    "Adoption": "adoption",
    "Shared parental": "shared_parental",
    "Parental bereavement": "parental_bereavement",
    "Carer's": "carers",
}


@dataclass(frozen=True)
class Stretch:
    """A stretch of a post at one full-time equivalent; `end` is its last day, or None while it goes on.

    `decided`: it ends with induction, by the appropriate body's decision, and not as the ECT left. That day
    may be to come.
    """

    post: str
    start: date
    end: date | None
    fte: float
    supply: bool = False
    decided: bool = False


@dataclass(frozen=True)
class Leave:
    """An absence: its days, its kind as the rules name it, the ECT's choice and its day, and when it was."""

    start: date
    end: date | None
    days: int
    kind: str
    extend: bool
    chosen: date | None = None

    @classmethod
    def planned(cls, start: date, days: int, kind: str, extend: bool) -> "Leave":
        """An absence of so many working days that has not been yet, with the choice as good as made."""
        first = count_forward(start, 0)
        return cls(start, count_forward(first, days - 1), days, kind, extend, chosen=start)

    def covers(self, day: date) -> bool:
        """Whether the ECT is away on a day."""
        return self.start <= day and (self.end is None or day <= self.end)

    def as_fact(self) -> dict:
        """The absence as `due_with_absences` takes it."""
        return {"from": self.start, "until": self.end, "kind": self.kind, "chosen": self.chosen}


@dataclass(frozen=True)
class History:
    """Everything the length and the schedule of an induction hang on.

    `grants` says when each part of `extension_terms` was granted: it is served from that day (3.8).
    """

    ect: str
    start: date
    stretches: tuple[Stretch, ...]
    leaves: tuple[Leave, ...]
    terms: tuple[TermDates, ...]
    prior_terms: float = 0
    reduced_to: float = 0
    extension_terms: float = 0
    grants: tuple[Grant, ...] = ()
    school: str | None = None
    policy: dict = field(default_factory=dict)  # the body's own figures, where the guidance leaves room
    as_of: date = field(default_factory=today)

    def undecided(self, decision: str | None = None) -> "History":
        """The same history as if nobody had decided that it ends; nothing is saved.

        With `decision`, also without the extension of that decision and of those after it.
        """
        *others, last = self.stretches
        if last.decided:
            last = replace(last, end=None, decided=False)
        names = [grant.decision for grant in self.grants]
        later = self.grants[names.index(decision) :] if decision in names else ()
        return replace(
            self,
            stretches=(*others, last),
            grants=self.grants[: len(self.grants) - len(later)],
            extension_terms=flt(self.extension_terms - sum(grant.terms for grant in later), 2),
        )

    @property
    def decided_end(self) -> date | None:
        """The day a decision has ended the last post with; it may be to come."""
        return next((stretch.end for stretch in self.stretches if stretch.decided), None)

    def as_facts(self) -> dict:
        """The history as `induction_progress` and `history_events` take it."""
        facts = {
            "posts": list(self.posts().values()),
            "served_before": self.prior_terms,
            "terms": [term.as_fact() for term in self.terms],
            "reduced_to": self.reduced_to or None,
            "extension_terms": self.extension_terms,
        }
        facts["years"] = self._years(facts)
        facts["pending"] = self.pending
        if self.policy:
            facts["policy"] = self.policy
        return facts

    @cached_property
    def pending(self) -> list[dict]:
        """Days in post after induction was complete and before an extension was granted: no induction (3.8)."""
        if not (self.grants and self.extension_terms):
            return []
        facts = {
            "posts": list(self.posts().values()),
            "served_before": self.prior_terms,
            "terms": [term.as_fact() for term in self.terms],
            "reduced_to": self.reduced_to or None,
        }
        granted = [{"granted": grant.granted, "terms": grant.terms} for grant in self.grants if grant.terms]
        return ask_rule("days_pending", **facts, years=self._years(facts), extensions=granted).value

    def posts(self) -> dict[str, dict]:
        """Each post as the rules take it, by the name of its Induction Period."""
        posts = {}
        for name, group in groupby(self.stretches, key=lambda stretch: stretch.post):
            first, *others = group
            last = others[-1] if others else first
            posts[name] = {
                "start": first.start,
                "end": last.end,
                "fte": first.fte,
                "supply": first.supply,
                "changes": [{"from": stretch.start, "fte": stretch.fte} for stretch in others],
            }
        return posts

    def _years(self, facts: dict) -> list[dict]:
        """The absences by year of induction: the first year lasts until half the standard length is served."""
        if not self.leaves:
            return []
        served = {key: facts[key] for key in ("posts", "served_before", "terms")}
        first_year = ask_rule("induction_progress", **served, required_terms=_TERMS_IN_A_YEAR)
        turn = first_year.value["complete_on"] or date.max
        in_year: list[list[dict]] = [[], []]
        for leave in self.leaves:
            kept = {"days": leave.days, "kind": leave.kind, "extend": leave.extend}
            in_year[leave.start > turn].append(kept)
        return [{"absences": absences} for absences in in_year]

    @property
    def current(self) -> Stretch | None:
        """The stretch that goes on, or the last one planned to."""
        going_on = [stretch for stretch in self.stretches if stretch.end is None]
        return going_on[-1] if going_on else None

    def with_changes(
        self,
        start: date | None = None,
        fte: float | None = None,
        fte_from: date | None = None,
        leaves: Iterable[Leave] = (),
    ) -> "History":
        """The same history with other facts, for a what-if; nothing is saved."""
        changed = self
        if start:
            first, *others = changed.stretches
            changed = replace(
                changed,
                start=start,
                stretches=(replace(first, start=start), *others),
                terms=_terms(self.school, start),
            )
        if fte:
            changed = replace(changed, stretches=_with_fte(changed.stretches, fte, fte_from))
        return replace(changed, leaves=(*changed.leaves, *leaves))

    def with_leaves(self, leaves: tuple[Leave, ...]) -> "History":
        """The same history with these absences instead; nothing is saved."""
        return replace(self, leaves=leaves)


def history_of(ect_name: str, locked: bool = False) -> History:
    """Gather the history of an ECT: six queries, whatever its length."""
    return histories_of([ect_name], locked)[ect_name]


def histories_of(ect_names: Iterable[str], locked: bool = False) -> dict[str, History]:
    """The histories of many ECTs, by name: six queries for all of them.

    `locked`: with what others have committed since this transaction began; their records stay locked.
    """
    ects = _ects(locked, names=(*ect_names, ""))
    names = [ect.name for ect in ects]
    stretches, leaves = _stretches(names, locked), _leaves(names, locked)
    grants = _grants(names, locked)
    calendar = AcademicCalendar({ect.school for ect in ects if ect.school})
    found = {}
    for ect in ects:
        own = stretches[ect.name]
        start = min([stretch.start for stretch in own], default=getdate(ect.start_date))
        terms = calendar.terms(ect.school, start, _TERMS_AHEAD)
        found[ect.name] = History(
            ect=ect.name,
            start=start,
            stretches=tuple(own) or (Stretch("", start, None, flt(ect.fte, 2)),),
            leaves=tuple(leaves[ect.name]),
            terms=tuple(terms),
            prior_terms=flt(ect.prior_terms_served, 2),
            reduced_to=flt(ect.reduced_to_terms, 2),
            extension_terms=flt(ect.extension_terms, 2),
            grants=tuple(grants[ect.name]),
            school=ect.school,
            policy=own_figures(ect.appropriate_body),
        )
    return found


def _terms(school: str | None, start: date) -> tuple[TermDates, ...]:
    return tuple(AcademicCalendar([school] if school else []).terms(school, start, _TERMS_AHEAD))


def _stretches(ect_names: list[str], locked: bool) -> dict[str, list[Stretch]]:
    periods = _periods(locked, ects=(*ect_names, ""))
    changes = _changes_of_hours(locked, periods=(*(period.name for period in periods), ""))
    changes_of = defaultdict(list)
    for change in changes:
        changes_of[change.parent].append((change.from_date, change.fte))
    found = defaultdict(list)
    for period in periods:
        supply = bool(cint(period.short_term_supply))
        points = [(period.starts_on, period.fte), *changes_of[period.name]]
        for (start, fte), following in zip(points, [*points[1:], None], strict=True):
            end = following[0] - timedelta(days=1) if following else period.ends_on
            decided = period.outcome in DECIDED and not following
            found[period.ect].append(Stretch(period.name, start, end, flt(fte, 2), supply, decided))
    return found


def _leaves(ect_names: list[str], locked: bool) -> dict[str, list[Leave]]:
    rows = _absences(locked, ects=(*ect_names, ""))
    found = defaultdict(list)
    for row in rows:
        leave = Leave(
            row.starts_on,
            row.ends_on,
            cint(row.days),
            LEAVE_KINDS[row.kind],
            bool(cint(row.extend)),
            row.choice_made_on,
        )
        found[row.ect].append(leave)
    return found


def _grants(ect_names: list[str], locked: bool) -> dict[str, list[Grant]]:
    found = defaultdict(list)
    for row in _extensions(locked, ects=(*ect_names, "")):
        if grant := grant_of(row):
            found[row.ect].append(grant)
    return found


def _with_fte(stretches: tuple[Stretch, ...], fte: float, since: date | None) -> tuple[Stretch, ...]:
    *earlier, last = stretches
    if not since or since <= last.start:
        return (*earlier, replace(last, fte=fte))
    return (*earlier, replace(last, end=since - timedelta(days=1)), replace(last, start=since, fte=fte))


def _reading(table, locked: bool):
    return frappe.qb.from_(table).for_update() if locked else frappe.qb.from_(table)


@prepared
def _ects(locked: bool):
    ect = frappe.qb.DocType("ECT")
    own, earlier = (
        (ect.start_date, ect.school, ect.appropriate_body, ect.fte),
        (ect.prior_terms_served, ect.reduced_to_terms),
    )
    query = _reading(ect, locked).where(ect.name.isin(asked("names")))
    return query.select(ect.name, *own, *earlier, ect.extension_terms)


@prepared
def _periods(locked: bool):
    period = frappe.qb.DocType("Induction Period")
    fields = (period.starts_on, period.ends_on, period.fte, period.short_term_supply, period.outcome)
    query = _reading(period, locked).where(period.ect.isin(asked("ects")))
    return query.select(period.name, period.ect, *fields).orderby(period.starts_on)


@prepared
def _changes_of_hours(locked: bool):
    change = frappe.qb.DocType("Working Pattern")
    of_periods = (change.parenttype == "Induction Period") & change.parent.isin(asked("periods"))
    query = _reading(change, locked).where(of_periods)
    return query.select(change.parent, change.from_date, change.fte).orderby(change.from_date)


@prepared
def _extensions(locked: bool):
    decision = frappe.qb.DocType("Induction Decision")
    days = (decision.notified_on, decision.appeal_decided_on, decision.recommendation_received_on)
    terms = (decision.extension_terms, decision.appeal_extension_terms)
    query = _reading(decision, locked).where(
        decision.ect.isin(asked("ects")) & decision.notified_on.isnotnull() & (decision.outcome != "Pass")
    )
    fields = (decision.outcome, decision.appeal_outcome, *terms, *days)
    return query.select(decision.name, decision.ect, *fields).orderby(
        decision.recommendation_received_on, decision.creation
    )


@prepared
def _absences(locked: bool):
    absence = frappe.qb.DocType("Absence")
    days = (absence.starts_on, absence.ends_on, absence.days)
    query = _reading(absence, locked).where(absence.ect.isin(asked("ects")))
    return query.select(absence.ect, *days, absence.kind, absence.extend, absence.choice_made_on).orderby(
        absence.starts_on
    )
