"""The Department for Education's bulk files: their columns, what a cell may hold, how they are written.

These are rules of a file format, not of induction: what the DfE's service refuses, a person is told here,
in a sentence that names the ECT and the field.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice

from frappe import _
from frappe.utils import formatdate

from induction_app.spreadsheets import harmless

MOST_ROWS = 1000
MOST_TERMS = 16
EARLIEST_START = date(2021, 9, 1)
YOUNGEST, OLDEST = 18, 100
TRN = re.compile(r"[0-9]{7}")
ERROR_COLUMN = "Error message"


@dataclass(frozen=True)
class Kind:
    """One of the DfE's bulk files, and what reporting it sets on an Induction Period."""

    name: str
    header: tuple[str, ...]
    reported_field: str
    event: str


CLAIMS = Kind(
    "claims",
    ("TRN", "Date of birth", "Induction programme", "Induction period start date"),
    "claim_reported_on",
    "claim_reported",
)
OUTCOMES = Kind(
    "outcomes",
    ("TRN", "Date of birth", "Induction period end date", "Number of terms", "Outcome"),
    "outcome_reported_on",
    "outcome_reported",
)
KINDS = {kind.name: kind for kind in (CLAIMS, OUTCOMES)}


@dataclass
class Row:
    """One Induction Period as a row of a file, with what the DfE would refuse in it."""

    period: str
    ect: str
    ect_name: str
    cells: list[str]
    problems: list[tuple[str, str]] = field(default_factory=list)  # field, sentence
    notes: list[str] = field(default_factory=list)

    def refuse(self, label: str, sentence: str) -> None:
        """Note why the DfE would refuse the row: `label` is the field, `sentence` says what to do."""
        self.problems.append((label, f"{self.ect_name} ({self.ect}): {label}: {sentence}"))


def check_person(row: Row, trn: str | None, date_of_birth: date | None, today: date) -> None:
    """The TRN has seven digits, and the date of birth makes a person of 18 to 100 years."""
    if not TRN.fullmatch(trn or ""):
        row.refuse(_("Teacher reference number"), _("it must be 7 digits. Fill it in on the ECT's record."))
    if not date_of_birth:
        row.refuse(_("Date of birth"), _("it is empty. Fill it in on the ECT's record."))
    elif not YOUNGEST <= age_on(today, date_of_birth) <= OLDEST:
        row.refuse(
            _("Date of birth"),
            _("{0} makes the ECT {1} years old. Correct it on the ECT's record.").format(
                day_in_words(date_of_birth), age_on(today, date_of_birth)
            ),
        )


def check_day(row: Row, label: str, day: date | None, today: date) -> None:
    """A date is there and not in the future."""
    if not day:
        row.refuse(label, _("it is empty. Fill it in on the induction period {0}.").format(row.period))
    elif day > today:
        row.refuse(
            label, _("{0} is in the future. Report it once the day has come.").format(day_in_words(day))
        )


def age_on(day: date, born: date) -> int:
    """Whole years from birth to `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def terms_cell(terms: float | Decimal | None) -> str:
    """Terms as the file takes them: rounded to one decimal, halves up, without a needless decimal."""
    tenths = Decimal(str(terms or 0)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(tenths.to_integral()) if tenths == tenths.to_integral() else str(tenths)


def date_cell(day: date | None) -> str:
    """A date as the file takes it, 2025-09-01."""
    return day.isoformat() if day else ""


def day_in_words(day: date) -> str:
    """1 September 2025."""
    return formatdate(day, "d MMMM yyyy")


def parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in files the DfE takes: at most 1,000 each."""
    remaining = iter(rows)
    while part := list(islice(remaining, MOST_ROWS)):
        yield part


def as_csv(kind: Kind, rows: Iterable[Row], with_errors: bool = False) -> str:
    """A file's text: the DfE's own header, every cell quoted; `with_errors` adds the column of reasons."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow([*kind.header, ERROR_COLUMN] if with_errors else kind.header)
    for row in rows:
        # A reason begins with a name, and is read by people; the other cells are the DfE's.
        said = " ".join(sentence for _label, sentence in row.problems)
        reasons = [harmless(said)] if with_errors else []
        writer.writerow([*row.cells, *reasons])
    return out.getvalue()
