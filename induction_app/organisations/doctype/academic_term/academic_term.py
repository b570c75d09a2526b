"""The dates of one term of a three-term school year, for all schools or for one."""

import re
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate
from pypika.functions import Count

from induction_app.organisations.authority import acts_at_school, acts_for_body_of, is_administrator

ORDER = ("Autumn", "Spring", "Summer")
MAY_SET_DATES = ("headteacher", "school_administrator", "induction_coordinator")
ACADEMIC_YEAR = re.compile(r"([0-9]{4})/([0-9]{2})")


class AcademicTerm(Document):
    def validate(self) -> None:
        """Check the year, the dates, the other terms and who sets them."""
        self.validate_author()
        self.validate_academic_year()
        self.validate_dates()
        self.validate_against_other_terms()

    def on_update(self) -> None:
        """Say how many inductions other dates concern."""
        before = self.get_doc_before_save()
        dates = (getdate(self.starts_on), getdate(self.ends_on))
        if before and (before.starts_on, before.ends_on) != dates and (running := self.running_inductions()):
            frappe.msgprint(
                _(
                    "{0} inductions run in this term. What is due in them is worked out again tonight, and each case says what has moved."
                ).format(running)
            )

    def on_trash(self) -> None:
        """Removing dates is for the same people as setting them, and takes no term from under an induction."""
        self.validate_author()
        self.validate_unused()

    def validate_unused(self) -> None:
        """A term that all schools use stays while inductions run in it; a school's own gives way to that one."""
        if not self.school and (running := self.running_inductions()):
            frappe.throw(
                _(
                    "{0} term {1}: {2} inductions run in it, and what is due in them hangs on its dates. Correct the dates instead of deleting the term."
                ).format(_(self.term), self.academic_year, running)
            )

    def running_inductions(self) -> int:
        """How many inductions have begun by the end of the term and are not over before it starts."""
        ect = frappe.qb.DocType("ECT")
        lasts = ect.earliest_final_assessment.isnull() | (ect.earliest_final_assessment >= self.starts_on)
        query = (
            frappe.qb.from_(ect)
            .select(Count(ect.name))
            .where((ect.stage == "registered") & ect.completed_on.isnull())
            .where((ect.start_date <= self.ends_on) & lasts)
        )
        if self.school:
            query = query.where(ect.school == self.school)
        return query.run()[0][0]

    def validate_author(self) -> None:
        """Administrators set the dates for all schools; a school's people or its officers set its own."""
        if is_administrator():
            return
        if not self.school:
            frappe.throw(
                _("School: choose one. Only an administrator sets the dates that all schools use."),
                frappe.PermissionError,
            )
        before = self.get_doc_before_save()
        for school in {self.school, before.school if before else self.school}:
            if not (acts_at_school(school, MAY_SET_DATES) or acts_for_body_of(school)):
                frappe.throw(
                    _("School: you can only set the dates of your own school, not of {0}.").format(
                        school or _("all schools")
                    ),
                    frappe.PermissionError,
                )

    def validate_academic_year(self) -> None:
        """Written as 2025/26, two years that follow each other."""
        self.academic_year = (self.academic_year or "").strip()
        years = ACADEMIC_YEAR.fullmatch(self.academic_year)
        if not years or (int(years[1]) + 1) % 100 != int(years[2]):
            frappe.throw(_("School year: write it as two years that follow each other, such as 2025/26."))

    def validate_dates(self) -> None:
        """The term starts before it ends and lies within its school year (August to August)."""
        starts_on, ends_on = getdate(self.starts_on), getdate(self.ends_on)
        if starts_on >= ends_on:
            frappe.throw(
                _("Last day: {0} must be after the first day, {1}.").format(_day(ends_on), _day(starts_on))
            )
        first_year = int(self.academic_year[:4])
        if starts_on < date(first_year, 8, 1) or ends_on > date(first_year + 1, 8, 31):
            frappe.throw(
                _("{0} term: {1} to {2} is not in the school year {3}.").format(
                    _(self.term), _day(starts_on), _day(ends_on), self.academic_year
                )
            )

    def validate_against_other_terms(self) -> None:
        """One of each of the three terms in a school year, in order, none overlapping another."""
        for other in self._other_terms():
            if (other.academic_year, other.term) == (self.academic_year, self.term):
                frappe.throw(
                    _("{0} term: {1} already has one, from {2} to {3}. Change that one.").format(
                        _(self.term), self.academic_year, _day(other.starts_on), _day(other.ends_on)
                    ),
                    frappe.DuplicateEntryError,
                )
            if getdate(self.starts_on) <= other.ends_on and getdate(self.ends_on) >= other.starts_on:
                frappe.throw(
                    _("{0} term: {1} to {2} overlaps the {3} term of {4}, {5} to {6}.").format(
                        _(self.term),
                        _day(self.starts_on),
                        _day(self.ends_on),
                        _(other.term),
                        other.academic_year,
                        _day(other.starts_on),
                        _day(other.ends_on),
                    )
                )
            if other.academic_year == self.academic_year and self._out_of_order(other):
                frappe.throw(
                    _("{0} term: it has to come {1} the {2} term, which starts on {3}.").format(
                        _(self.term),
                        _("before") if ORDER.index(self.term) < ORDER.index(other.term) else _("after"),
                        _(other.term),
                        _day(other.starts_on),
                    )
                )

    def _other_terms(self) -> list[frappe._dict]:
        """The terms this one stands among: for a school, its own and those for all schools it still uses."""
        fields = ["academic_year", "term", "starts_on", "ends_on"]
        others = frappe.get_all(
            "Academic Term",
            filters={"school": self.school or ("is", "not set"), "name": ("!=", self.name or "")},
            fields=fields,
        )
        if not self.school:
            return others
        own = {(other.academic_year, other.term) for other in others} | {(self.academic_year, self.term)}
        shared = frappe.get_all("Academic Term", filters={"school": ("is", "not set")}, fields=fields)
        return others + [term for term in shared if (term.academic_year, term.term) not in own]

    def _out_of_order(self, other: frappe._dict) -> bool:
        earlier = ORDER.index(self.term) < ORDER.index(other.term)
        return earlier != (getdate(self.starts_on) < other.starts_on)


def _day(value) -> str:
    return formatdate(value, "d MMMM yyyy")
