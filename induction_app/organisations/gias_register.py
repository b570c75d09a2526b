"""Reading the national school register, Get Information About Schools, as it is published.

The register is a comma-separated file in Windows-1252 with one header row and up to 135 columns. Any
subset of its columns is accepted as long as the number and the name of the establishment are there. This
module turns text into rows of values or sentences; it writes nothing.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

import frappe
from frappe import _

from induction_app.organisations.setting_kind import name_of_code, setting_kind_of

# School field: the register's column, without "(code)" or "(name)". The register is master of these, so
# an empty cell empties the field.
REGISTER_COLUMNS = {
    "school_name": "EstablishmentName",
    "status": "EstablishmentStatus",
    "establishment_type": "TypeOfEstablishment",
    "phase": "PhaseOfEducation",
    "la_name": "LA",
    "la_code": "LA (code)",
    "district": "DistrictAdministrative",
    "open_date": "OpenDate",
    "close_date": "CloseDate",
    "street": "Street",
    "locality": "Locality",
    "town": "Town",
    "postcode": "Postcode",
}
# The school keeps these itself: the register only fills them where they are empty.
CONTACT_COLUMNS = {"website": "SchoolWebsite", "phone": "TelephoneNum"}

# Fields whose names can be had from their codes, for extracts that leave the "(name)" columns out.
CODED = {"status": "statuses", "phase": "phases", "establishment_type": "establishment_types"}
SETTING_COLUMNS = (
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (code)",
    "EstablishmentTypeGroup (name)",
)
DATES = ("open_date", "close_date")
LONGEST_VALUE = 140
ZIP_START = b"PK\x03\x04"
MOST_BYTES = 500_000_000  # several times the whole register
URN = re.compile(r"[1-9][0-9]{4,6}")


@dataclass
class Refusal:
    """A row that was not taken: where it stands and what to do about it."""

    row: int
    column: str
    sentence: str
    cells: list[str] = field(default_factory=list, repr=False)


@dataclass
class RegisterRow:
    """One establishment in the register; `values` holds only the fields whose columns are in the file."""

    row: int
    urn: str
    values: dict[str, str | date | None]
    contact: dict[str, str]
    setting_kind: str | None
    notes: list[str]


class _RowError(Exception):
    def __init__(self, column: str, sentence: str):
        self.column, self.sentence = column, sentence


def unpacked(content: bytes) -> bytes:
    """The register's text file, taken out of the zip file it is downloaded in where it still is in one.

    Raises frappe.ValidationError when the zip file cannot be opened, or holds no CSV file or one too large.
    """
    if not content.startswith(ZIP_START):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".csv")]
            largest = max(inside, key=lambda entry: entry.file_size, default=None)
            if largest and largest.file_size <= MOST_BYTES:
                return archive.read(largest)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        frappe.throw(_("The zip file cannot be opened. Download the register again."))
    frappe.throw(_("The zip file holds no CSV file that is the school register. Choose another file."))


def decode(content: bytes) -> str:
    """The file's text: UTF-8 when it is valid UTF-8, else Windows-1252. Unreadable bytes stay visible."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


class RegisterFile:
    """A register extract: its header, checked at once, and its rows, read one at a time."""

    def __init__(self, content: bytes):
        """Raises frappe.ValidationError with a sentence when the file is not an extract of the register."""
        self._reader = csv.reader(io.StringIO(decode(unpacked(content)), newline=""), strict=True)
        self.header = self._read_header()
        self._at = {name: position for position, name in enumerate(self.header)}
        self._rows_by_urn: dict[str, int] = {}
        self._columns = {name: self._column_of(name) for name in REGISTER_COLUMNS}
        self.fields = [name for name, column in self._columns.items() if column]
        self.contact_fields = [name for name, column in CONTACT_COLUMNS.items() if column in self._at]
        self.knows_setting = any(name in self._at for name in SETTING_COLUMNS)

    def __iter__(self) -> Iterator[RegisterRow | Refusal]:
        """Each row in order, as values or a refusal, numbered as a spreadsheet does: the header is row 1."""
        for row in count(2):
            first_line = self._reader.line_num + 1
            try:
                cells = next(self._reader, None)
            except csv.Error:
                yield self._unreadable(row, first_line)
                continue
            if cells is None:
                return
            if not any(cell.strip() for cell in cells):
                continue
            try:
                yield self._row(row, cells)
            except _RowError as error:
                yield Refusal(row, error.column, error.sentence, cells)

    def _unreadable(self, row: int, first_line: int) -> Refusal:
        sentence = _(
            "Row {0} cannot be read (lines {1} to {2} of the file): a quotation mark is missing or too many. "
            "Correct these lines or download the register again."
        )
        return Refusal(row, "", sentence.format(row, first_line, self._reader.line_num))

    def _read_header(self) -> list[str]:
        try:
            header = [name.strip() for name in next(self._reader, [])]
        except csv.Error:
            header = []
        if not any(header):
            frappe.throw(_("The file is empty. Download the register again and choose the new file."))
        for needed in ("URN", "EstablishmentName"):
            if needed not in header:
                frappe.throw(
                    _(
                        "The column {0} is missing, so this does not look like the school register. "
                        "Choose the establishment fields file (CSV) from Get Information About Schools."
                    ).format(needed)
                )
        twice = next((name for name in header if name and header.count(name) > 1), None)
        if twice:
            frappe.throw(
                _("The column {0} is there twice. Remove one of the two and try again.").format(twice)
            )
        return header

    def _column_of(self, name: str) -> str | None:
        column = REGISTER_COLUMNS[name]
        choices = [f"{column} (name)", column] + ([f"{column} (code)"] if name in CODED else [])
        return next((choice for choice in choices if choice in self._at), None)

    def _row(self, row: int, cells: list[str]) -> RegisterRow:
        if len(cells) != len(self.header):
            raise _RowError(
                "",
                _(
                    "Row {0} has {1} cells where the header has {2}. Correct the row and import it again."
                ).format(row, len(cells), len(self.header)),
            )
        urn = self._urn(row, cells)
        values = {name: self._value(row, cells, name) for name in self.fields}
        if not values["school_name"]:
            raise _RowError(
                "EstablishmentName",
                _(
                    "Row {0}: EstablishmentName is empty. Give the name of the establishment with URN {1}."
                ).format(row, urn),
            )
        contact, notes = self._contact(row, cells)
        self._rows_by_urn[urn] = row
        return RegisterRow(row, urn, values, contact, self._setting_kind(cells), notes)

    def _urn(self, row: int, cells: list[str]) -> str:
        urn = self._cell(cells, "URN")
        if not URN.fullmatch(urn):
            raise _RowError(
                "URN", _("Row {0}: URN must be 5 to 7 digits, not “{1}”. Correct it.").format(row, urn[:40])
            )
        if urn in self._rows_by_urn:
            raise _RowError(
                "URN",
                _("Row {0}: URN {1} is already in row {2}. Keep one of the two rows.").format(
                    row, urn, self._rows_by_urn[urn]
                ),
            )
        return urn

    def _value(self, row: int, cells: list[str], name: str) -> str | date | None:
        column = self._columns[name]
        text = self._cell(cells, column)
        if "\ufffd" in text:
            raise _RowError(
                column,
                _("Row {0}: {1} has a character that is neither Windows-1252 nor UTF-8. Correct it.").format(
                    row, column
                ),
            )
        if name in DATES:
            return self._date(row, column, text)
        if name in CODED and column.endswith("(code)"):
            text = name_of_code(CODED[name], text)
        if len(text) > LONGEST_VALUE:
            raise _RowError(
                column,
                _("Row {0}: {1} is longer than {2} characters. Shorten it.").format(
                    row, column, LONGEST_VALUE
                ),
            )
        return text or None

    def _date(self, row: int, column: str, text: str) -> date | None:
        if not text:
            return None
        for pattern in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(text, pattern).date()
            except ValueError:
                continue
        raise _RowError(
            column,
            _(
                "Row {0}: {1} is “{2}”, which is not a date. Write it as day-month-year, such as 01-09-2025."
            ).format(row, column, text[:40]),
        )

    def _contact(self, row: int, cells: list[str]) -> tuple[dict[str, str], list[str]]:
        contact, notes = {}, []
        for name in self.contact_fields:
            column = CONTACT_COLUMNS[name]
            text = self._cell(cells, column)
            if len(text) > LONGEST_VALUE or "\ufffd" in text:
                notes.append(_("Row {0}: {1} cannot be used and was left out.").format(row, column))
            elif text:
                contact[name] = text
        return contact, notes

    def _setting_kind(self, cells: list[str]) -> str | None:
        if not self.knows_setting:
            return None
        return setting_kind_of(*(self._cell(cells, name) for name in SETTING_COLUMNS))

    def _cell(self, cells: list[str], column: str) -> str:
        position = self._at.get(column)
        return "" if position is None else cells[position].strip()
