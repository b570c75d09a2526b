"""Bringing the national school register into School, in batches and without touching what is ours.

For each batch: read and lock what is there, write what is new or different in one statement, mark all of
them as read. The number of queries follows the number of batches, never the number of schools.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import now_datetime
from pypika.terms import Values

from induction_app.clock import now
from induction_app.organisations.gias_register import Refusal, RegisterFile, RegisterRow
from induction_app.spreadsheets import harmless

BATCH_SIZE = 1000
# Above this many bytes a web request hands the file to a worker.
LARGE_FILE = 500_000
KEPT_IN_EVENT = 200
CLOSED = "Closed"


@dataclass
class ImportReport:
    """What an import did. `newly_closed` are the schools with an appropriate body that have closed."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    newly_closed: list[str] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return len(self.refusals)

    def summary(self) -> str:
        """One sentence with the counts."""
        return _("Register read: {0} schools added, {1} updated, {2} unchanged, {3} rows refused.").format(
            self.created, self.updated, self.unchanged, self.refused
        )

    def as_dict(self) -> dict:
        """Counts and sentences as plain data; long lists of sentences are cut at KEPT_IN_EVENT."""
        return {
            "summary": self.summary(),
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "refusals": [
                {"row": refusal.row, "column": refusal.column, "sentence": refusal.sentence}
                for refusal in self.refusals[:KEPT_IN_EVENT]
            ],
            "notes": self.notes[:KEPT_IN_EVENT],
            "newly_closed": self.newly_closed,
        }


def import_register(content: bytes) -> ImportReport:
    """Read a register extract into School, inside the caller's transaction.

    Only the fields whose columns are in the file are written; a school that has gone from the file stays as
    it is. Raises frappe.ValidationError with a sentence when the file is not an extract of the register.
    """
    register = RegisterFile(content)
    report = ImportReport()
    for batch in _batches(register, report):
        _write(batch, register, report)
    frappe.clear_document_cache("School")
    return report


def import_register_file(path: str) -> dict:
    """Read the register from a file on this machine, for the console and `bench execute`."""
    return read_and_record(Path(path).read_bytes())


def import_uploaded_register(file: str) -> dict:
    """Read the register from an uploaded File: at once when it is small, else as a background job.

    Returns the report, or `{"queued": True}` when a worker does it; the uploader is then notified.
    """
    upload = frappe.get_doc("File", file)
    packed = (upload.file_name or "").lower().endswith(".zip")
    if (upload.file_size or 0) <= LARGE_FILE and not packed:
        return read_and_record(_bytes_of(upload))
    frappe.enqueue(
        "induction_app.organisations.gias_import.run_import_job",
        queue="long",
        timeout=3600,
        enqueue_after_commit=True,
        job_id=f"gias-import-{file}",
        deduplicate=True,
        file=file,
    )
    return {"queued": True}


def run_import_job(file: str) -> None:
    """The background job: all of the file or none of it, and a notice to the person who asked either way."""
    try:
        report = read_and_record(_bytes_of(frappe.get_doc("File", file)))
        _notify(report["summary"], report["event"])
    except Exception as error:
        frappe.db.rollback()
        reason = (
            str(error) if isinstance(error, frappe.ValidationError) else _("something unexpected happened")
        )
        _notify(_("The register was not read and nothing was changed: {0}").format(reason))
        # The notice has to outlive the rollback that follows an exception in a job.
        frappe.db.commit()
        raise


def read_and_record(content: bytes) -> dict:
    """Import and leave an Induction Event with the counts; refused rows are attached to it as a file."""
    from induction_app.induction_case.events import record_event

    report = import_register(content)
    result = report.as_dict()
    event = record_event("school_register_imported", report.summary(), details=result)
    if report.refusals:
        frappe.get_doc(
            {
                "doctype": "File",
                "file_name": "register-rows-refused.csv",
                "content": refused_rows_csv(report.refusals),
                "attached_to_doctype": event.doctype,
                "attached_to_name": event.name,
                "is_private": 1,
            }
        ).insert(ignore_permissions=True)  # Events cannot be written by anyone, so nor could their files.
    return {**result, "event": event.name}


def refused_rows_csv(refusals: Iterable[Refusal]) -> str:
    """The refused rows, each after its row number and the sentence that says why; what a spreadsheet would take
    for a formula is marked as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([_("Row"), _("Column"), _("Error message"), _("Cells of the row")])
    for refusal in refusals:
        writer.writerow(
            [refusal.row, refusal.column, *map(harmless, (refusal.sentence, *refusal.cells))],
        )
    return out.getvalue()


def _batches(register: RegisterFile, report: ImportReport) -> Iterator[list[RegisterRow]]:
    good_rows = _good_rows(register, report)
    while batch := list(islice(good_rows, BATCH_SIZE)):
        yield batch


def _good_rows(register: RegisterFile, report: ImportReport) -> Iterator[RegisterRow]:
    for row in register:
        if isinstance(row, Refusal):
            report.refusals.append(row)
        else:
            report.notes.extend(row.notes)
            yield row


def _write(batch: list[RegisterRow], register: RegisterFile, report: ImportReport) -> None:
    columns = [
        *register.fields,
        *register.contact_fields,
        *(["setting_kind"] if register.knows_setting else []),
    ]
    existing = _lock_existing([row.urn for row in batch], columns)
    to_write = []
    for row in batch:
        here = existing.get(row.urn)
        values = _values_to_hold(row, here, columns)
        if here is None:
            report.created += 1
        elif any((here[name] or None) != (values[name] or None) for name in columns):
            report.updated += 1
            if values.get("status") == CLOSED and here.status != CLOSED and here.appropriate_body:
                report.newly_closed.append(row.urn)
        else:
            report.unchanged += 1
            continue
        to_write.append((row.urn, values))
    if to_write:
        _upsert(to_write, columns)
    school = frappe.qb.DocType("School")
    frappe.qb.update(school).set(school.gias_updated_on, now()).where(
        school.name.isin([row.urn for row in batch])
    ).run()


def _lock_existing(urns: list[str], columns: list[str]) -> dict[str, frappe._dict]:
    school = frappe.qb.DocType("School")
    wanted = dict.fromkeys(
        ["name", "appropriate_body", "status", "establishment_type", "setting_kind", *columns]
    )
    rows = (
        frappe.qb.from_(school)
        .select(*(school[name] for name in wanted))
        .where(school.name.isin(urns))
        .for_update()
        .run(as_dict=True)
    )
    return {row.name: row for row in rows}


def _values_to_hold(row: RegisterRow, here: frappe._dict | None, columns: list[str]) -> dict:
    values = dict(row.values)
    for name in columns:
        if name not in values and name != "setting_kind":
            values[name] = (here and here[name]) or row.contact.get(name)
    if "setting_kind" in columns:
        values["setting_kind"] = _setting_kind_to_hold(row, here)
    return values


def _setting_kind_to_hold(row: RegisterRow, here: frappe._dict | None) -> str | None:
    """A kind a person chose stays until the register changes the establishment's type."""
    if here is None or not here.setting_kind:
        return row.setting_kind
    new_type = row.values.get("establishment_type", here.establishment_type)
    return here.setting_kind if new_type == here.establishment_type else row.setting_kind


def _upsert(rows: list[tuple[str, dict]], columns: list[str]) -> None:
    school = frappe.qb.DocType("School")
    moment, user = now_datetime(), frappe.session.user
    fixed = {
        "creation": moment,
        "modified": moment,
        "modified_by": user,
        "owner": user,
        "docstatus": 0,
        "idx": 0,
        "authorisation": "Not requested",
    }
    lines = [(urn, urn, *fixed.values(), *(values[name] for name in columns)) for urn, values in rows]
    query = frappe.qb.into(school).columns("name", "urn", *fixed, *columns).insert(*lines)
    for name in ("modified", "modified_by", *columns):
        query = query.on_duplicate_key_update(school[name], Values(school[name]))
    query.run()


def _bytes_of(upload) -> bytes:
    # File.get_content decodes what it takes for text; the register's encoding is ours to judge.
    path = Path(upload.get_full_path())
    if not path.exists():
        frappe.throw(_("The file {0} is no longer on the server. Upload it again.").format(upload.file_name))
    return path.read_bytes()


def _notify(message: str, event: str | None = None) -> None:
    frappe.get_doc(
        {
            "doctype": "Notification Log",
            "for_user": frappe.session.user,
            "type": "Alert",
            "subject": message,
            "document_type": "Induction Event" if event else None,
            "document_name": event,
        }
    ).insert(ignore_permissions=True)  # A notice is the system's, whoever started the job.
