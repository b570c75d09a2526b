"""Preparing the DfE's bulk files for an appropriate body, and noting what has been uploaded.

A file can be made as often as wanted: making it changes nothing on the cases. Only when an officer
confirms that it was uploaded are its periods marked as reported and left out of the next one.
"""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import now_datetime

from induction_app.clock import today
from induction_app.dfe.bulk_file import CLAIMS, KINDS, Kind, Row, as_csv, parts
from induction_app.dfe.claims import claim_rows
from induction_app.dfe.outcomes import outcome_rows
from induction_app.induction_case.events import record_event
from induction_app.organisations.authority import require_officer_of


@dataclass(frozen=True)
class BulkFile:
    """One file to upload: its name, its text, and the induction periods in it."""

    name: str
    content: str
    periods: list[str]


@dataclass(frozen=True)
class BulkReturn:
    """The files of one kind for one body, and what was left out of them with the reasons."""

    kind: Kind
    files: list[BulkFile]
    refused: list[Row]
    notes: list[str]

    def errors_csv(self) -> str:
        """The refused rows as the DfE gives them back: with the column Error message at the end."""
        return as_csv(self.kind, self.refused, with_errors=True)

    def as_dict(self) -> dict:
        """Plain data for the API: files with their text and periods, refused rows with their sentences."""
        return {
            "kind": self.kind.name,
            "files": [{"name": f.name, "content": f.content, "periods": f.periods} for f in self.files],
            "refused": [
                {
                    "period": row.period,
                    "ect": row.ect,
                    "ect_name": row.ect_name,
                    "field": label,
                    "sentence": sentence,
                }
                for row in self.refused
                for label, sentence in row.problems
            ],
            "notes": self.notes,
        }


def kind_named(name: str) -> Kind:
    """`claims` or `outcomes`. Raises frappe.ValidationError for anything else."""
    if name not in KINDS:
        frappe.throw(_("Kind of file: choose claims or outcomes."))
    return KINDS[name]


def prepare(kind: Kind, body: str) -> BulkReturn:
    """Make the files of a body, for its officers. Leaves an Induction Event, since personal data goes out.

    Raises frappe.PermissionError for anyone who is not an officer of the body.
    """
    require_officer_of(body)
    rows = claim_rows(body, today()) if kind is CLAIMS else outcome_rows(body, today())
    good, refused = [row for row in rows if not row.problems], [row for row in rows if row.problems]
    chunks = list(parts(good))
    files = [
        BulkFile(_file_name(kind, number, len(chunks)), as_csv(kind, chunk), [row.period for row in chunk])
        for number, chunk in enumerate(chunks, start=1)
    ]
    record_event(
        "dfe_file_made",
        _("DfE {0} file made for {1}: {2} rows, {3} refused").format(
            _(kind.name), body, len(good), len(refused)
        ),
        doc=frappe.get_doc("Appropriate Body", body),
        details={"periods": [row.period for row in good]},
    )
    return BulkReturn(kind, files, refused, [note for row in good for note in row.notes])


def mark_reported(kind: Kind, body: str, periods: list[str]) -> list[str]:
    """Note on each period that the DfE has been told, today, by the officer who confirms it.

    All of them or none. Periods marked before are left as they are, so confirming twice does nothing.
    Returns the periods newly marked. Raises frappe.PermissionError for another body's period, and
    frappe.ValidationError for one with nothing to report.
    """
    require_officer_of(body)
    marked = []
    for period in _lock(periods):
        if period.appropriate_body != body:
            frappe.throw(
                _("{0} is not an induction period of {1}.").format(period.name, body), frappe.PermissionError
            )
        if kind is not CLAIMS and not period.outcome:
            frappe.throw(_("{0}: {1} has no outcome to report yet.").format(period.name, period.ect_name))
        if kind is CLAIMS and period.starts_on > today():
            frappe.throw(_("{0}: {1} has not started yet.").format(period.name, period.ect_name))
        if not period.get(kind.reported_field):
            marked.append(period)
    if marked:
        table = frappe.qb.DocType("Induction Period")
        (
            frappe.qb.update(table)
            .set(table[kind.reported_field], today())
            # So that a form opened before is refused when it would write the old value back.
            .set(table.modified, now_datetime())
            .set(table.modified_by, frappe.session.user)
            .where(table.name.isin([period.name for period in marked]))
            .run()
        )
        frappe.clear_document_cache("Induction Period")
    for period in marked:
        record_event(kind.event, _summary(kind, period), doc=period)
    return [period.name for period in marked]


def _lock(periods: list[str]) -> list[frappe._dict]:
    table = frappe.qb.DocType("Induction Period")
    wanted = list(dict.fromkeys(periods))
    if not wanted:
        frappe.throw(_("Induction periods: say which ones were uploaded."))
    names = (
        "name",
        "ect",
        "ect_name",
        "school",
        "appropriate_body",
        "starts_on",
        "outcome",
        "claim_reported_on",
        "outcome_reported_on",
    )
    rows = (
        frappe.qb.from_(table)
        .select(*(table[name] for name in names))
        .where(table.name.isin(wanted))
        .for_update()
        .run(as_dict=True)
    )
    missing = set(wanted) - {row.name for row in rows}
    if missing:
        frappe.throw(
            _("There is no induction period {0}.").format(sorted(missing)[0]), frappe.DoesNotExistError
        )
    for row in rows:
        row.doctype = "Induction Period"
    return rows


def _summary(kind: Kind, period: frappe._dict) -> str:
    if kind is CLAIMS:
        return _("The DfE was told that {0} started").format(period.ect_name)
    return _("The DfE was told of the outcome of {0}: {1}").format(period.ect_name, _(period.outcome))


def _file_name(kind: Kind, number: int, of: int) -> str:
    part = f"-{number}-of-{of}" if of > 1 else ""
    return f"dfe-{kind.name}-{today().isoformat()}{part}.csv"
