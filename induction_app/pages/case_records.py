"""The records of one case, for its page: each type read once, and shown as far as the reader's rows go."""

import frappe

from induction_app.access.rows import may, readable_of_case
from induction_app.pages.cases import may_read_field
from induction_app.prepared import asked, prepared
from induction_app.workflows.stages import PATHS

# What the page shows of each type, the day it is ordered by first.
_SHOWN = {
    "Progress Review": ("scheduled_for", "term_number", "due_on", "waits_for", "reviewed_on"),
    "Formal Assessment": ("scheduled_for", "assessment_type", "due_on", "waits_for", "meeting_on"),
    "Observation": ("observed_on", "observer"),
    "Action Plan": ("raised_on", "closed_on", "review_on"),
    "Absence": ("starts_on", "ends_on", "kind", "days", "choice_made_on"),
    "Induction Decision": (
        *("recommendation_received_on", "decision_due_on", "decided_on", "notice_due_on", "notified_on"),
        *("outcome", "appeal_outcome"),
    ),
}


class CaseRecords:
    """What the page of a case shows of each record: days and states, and what its title is made of."""

    def __init__(self, ect: str):
        self.ect = ect
        self._rows: dict[str, list[frappe._dict]] = {}

    def scheduled(self, doctype: str) -> list[frappe._dict]:
        """All records of a type; each says whether the person signed in may open it, and print it.

        Whoever reads a case may know its schedule, also of reviews and assessments they may not open.
        """
        if doctype not in self._rows:
            self._rows[doctype] = self._marked(doctype)
        return self._rows[doctype]

    def readable(self, doctype: str) -> list[frappe._dict]:
        """The records of a type that this person may open, without the fields they may not read."""
        return [row for row in self.scheduled(doctype) if row.readable]

    def all_readable(self) -> list[frappe._dict]:
        """Every record of the case that this person may open."""
        return [row for doctype in _SHOWN for row in self.readable(doctype)]

    def _marked(self, doctype: str) -> list[frappe._dict]:
        rows = _of_case(doctype, ect=self.ect)
        readable = {row.name for row in readable_of_case(doctype, rows)}
        prints = bool(readable) and may(doctype, "print")
        hidden = [field for field in _SHOWN[doctype] if not may_read_field(doctype, field)]
        for row in rows:
            row.update(doctype=doctype, readable=row.name in readable)
            row.printable = row.readable and prints
            if row.readable:
                row.update(dict.fromkeys(hidden))
        return rows


@prepared
def _of_case(doctype: str):
    """The records of a type on a case, without those that were called off."""
    record = frappe.qb.DocType(doctype)
    fields = ["name", "ect", "school", "appropriate_body", *_SHOWN[doctype]]
    query = frappe.qb.from_(record).where(record.ect == asked("ect"))
    if path := PATHS.get(doctype):
        fields += ["stage", "workflow_state"]
        if called_off := [stage for stage in path.stages if path.calls_off(stage)]:
            query = query.where(record.stage.notin(called_off))
    return query.select(*(record[field] for field in fields)).orderby(record[_SHOWN[doctype][0]])
