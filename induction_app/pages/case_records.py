"""The records of one case, for its page: each type read once, and shown as far as the reader's rows go."""

from functools import cached_property

import frappe

from induction_app.access.rows import may, readable_of_case
from induction_app.prepared import asked, prepared

_WHO_READS = ("name", "ect", "school", "appropriate_body")
_STAGED = (*_WHO_READS, "stage", "workflow_state")


class CaseRecords:
    """What the page of a case shows of each record: days and states, and what its title is made of.

    `reviews` and `assessments` are all of them, also those that the person signed in may not open: whoever
    reads a case may know its schedule. The others are those this person may read.
    """

    def __init__(self, ect: str):
        self.ect = ect

    @cached_property
    def reviews(self) -> list[frappe._dict]:
        return self._marked("Progress Review", _reviews(ect=self.ect))

    @cached_property
    def assessments(self) -> list[frappe._dict]:
        return self._marked("Formal Assessment", _assessments(ect=self.ect))

    @cached_property
    def observations(self) -> list[frappe._dict]:
        return self._readable("Observation", _observations(ect=self.ect))

    @cached_property
    def plans(self) -> list[frappe._dict]:
        return self._readable("Action Plan", _plans(ect=self.ect))

    @cached_property
    def absences(self) -> list[frappe._dict]:
        return self._readable("Absence", _absences(ect=self.ect))

    @cached_property
    def decisions(self) -> list[frappe._dict]:
        return self._readable("Induction Decision", _decisions(ect=self.ect))

    @property
    def open_to_reader(self) -> list[frappe._dict]:
        """Every record of the case with a page that this person may open."""
        scheduled = (row for row in (*self.reviews, *self.assessments) if row.readable)
        return [*scheduled, *self.observations, *self.plans, *self.absences, *self.decisions]

    def _marked(self, doctype: str, rows: list[frappe._dict]) -> list[frappe._dict]:
        """All the rows; each says whether this person may open it, and print it."""
        readable = {row.name for row in readable_of_case(doctype, rows)}
        prints = bool(readable) and may(doctype, "print")
        for row in rows:
            row.doctype, row.readable = doctype, row.name in readable
            row.printable = row.readable and prints
        return rows

    def _readable(self, doctype: str, rows: list[frappe._dict]) -> list[frappe._dict]:
        return [row for row in self._marked(doctype, rows) if row.readable]


def _of_case(doctype: str, fields: tuple[str, ...], order_by: str, without: tuple[str, ...] = ()):
    record = frappe.qb.DocType(doctype)
    query = frappe.qb.from_(record).where(record.ect == asked("ect"))
    if without:
        query = query.where(record.stage.notin(without))
    return query.select(*(record[field] for field in fields)).orderby(record[order_by])


@prepared
def _reviews():
    fields = (*_STAGED, "term_number", "scheduled_for", "due_on", "waits_for", "reviewed_on")
    return _of_case("Progress Review", fields, "scheduled_for", without=("cancelled",))


@prepared
def _assessments():
    fields = (*_STAGED, "assessment_type", "scheduled_for", "due_on", "waits_for", "meeting_on")
    return _of_case("Formal Assessment", fields, "scheduled_for", without=("cancelled",))


@prepared
def _observations():
    fields = (*_STAGED, "observer", "observed_on")
    return _of_case("Observation", fields, "observed_on", without=("withdrawn", "cancelled"))


@prepared
def _plans():
    fields = (*_STAGED, "raised_on", "closed_on", "review_on")
    return _of_case("Action Plan", fields, "raised_on", without=("withdrawn", "cancelled"))


@prepared
def _absences():
    fields = (*_WHO_READS, "kind", "starts_on", "ends_on", "days", "choice_made_on")
    return _of_case("Absence", fields, "starts_on")


@prepared
def _decisions():
    fields = ("decided_on", "notified_on", "decision_due_on", "outcome", "recommendation_received_on")
    return _of_case(
        "Induction Decision",
        (*_STAGED, *fields),
        "recommendation_received_on",
        without=("withdrawn", "cancelled"),
    )
