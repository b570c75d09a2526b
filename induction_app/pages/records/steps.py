"""One page of questions at a time about a record that is being written.

A step says what it asks, which fields of the record it fills and in which stages it is asked. What makes a
record complete is the record's own business: a step only tells whether its questions have been answered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from frappe import _
from frappe.model.document import Document

from induction_app.page_kit import Form
from induction_app.page_kit.fields import Field
from induction_app.pages.records.questions import ask_choice, ask_text
from induction_app.pages.records.reading import Standards, blocks_of, standard_heading

if TYPE_CHECKING:
    from induction_app.pages.records.evidence import Beside
    from induction_app.pages.records.on_page import OnPage


@dataclass(frozen=True)
class Step:
    """Questions asked on one page. `ask` gives them for a record; `needed` says whether they are asked at all."""

    slug: str
    title: str
    fieldnames: tuple[str, ...]
    ask: Callable[["OnPage"], list[Field]]
    heading: str = ""
    lead: str = ""
    revealed: tuple[str, ...] = ()  # fields asked only with a certain answer to another
    stages: tuple[str, ...] = ("drafting",)
    needed: Callable[[Document], bool] = lambda doc: True
    optional: bool = False
    group: str = ""
    beside: "Callable[[OnPage, Step], Beside] | None" = None

    template = "question"

    def form(self, on_page: "OnPage", row: str = "") -> Form:
        """The form of the page."""
        return Form(
            *self.ask(on_page),
            record=on_page.doc,
            values=lambda doc: self.values(doc, row),
            button=_("Save and continue"),
            autosave=True,
        )

    def values(self, doc: Document, row: str = "") -> dict[str, Any]:
        """The record's answers where they are not simply its fields of the same name."""
        return {}

    def keep(self, doc: Document, answers: Mapping[str, Any], row: str = "") -> None:
        """Put answers into the record, which the page then saves."""
        doc.update(dict(answers))

    def answered(self, doc: Document) -> bool:
        """Whether there is an answer to every question that the step is about."""
        nothing = (
            (None, "", [], 0) if self.optional else (None, "", [])
        )  # 0 may be the answer, or the default
        return all(doc.get(name) not in nothing for name in self.fieldnames[:1])

    def blank(self, doc: Document) -> bool:
        """Whether nothing at all has been written."""
        return not any(doc.get(name) for name in self.fieldnames)

    def blocks(self, doc: Document) -> list[Any]:
        """The answers, to be read."""
        asked = [name for name in self.fieldnames if name not in self.revealed or doc.get(name)]
        return blocks_of(doc.doctype, doc, asked, empty=True)


@dataclass(frozen=True)
class StandardStep(Step):
    """One of the Teachers' Standards: a verdict and its evidence, in a row of the record's table."""

    code: str = ""
    table: str = ""
    verdict: str = ""
    row_doctype: str = ""

    def values(self, doc: Document, row: str = "") -> dict[str, Any]:
        kept = self.row_of(doc) or {}
        return {name: kept.get(name) for name in (self.verdict, "evidence")}

    def keep(self, doc: Document, answers: Mapping[str, Any], row: str = "") -> None:
        kept = self.row_of(doc)
        if kept is None:
            if not any(answers.values()):
                return
            kept = doc.append(self.table, {"standard": self.code})
        kept.update(dict(answers))

    def row_of(self, doc: Document) -> Any:
        return next((row for row in doc.get(self.table) or [] if row.standard == self.code), None)

    def answered(self, doc: Document) -> bool:
        row = self.row_of(doc)
        return bool(row and row.get(self.verdict) and (row.evidence or "").strip())

    def blank(self, doc: Document) -> bool:
        row = self.row_of(doc)
        return not (row and (row.get(self.verdict) or row.evidence))

    def blocks(self, doc: Document) -> list[Any]:
        blocks = blocks_of(
            doc.doctype, {self.table: [self.row_of(doc) or {"standard": self.code}]}, [self.table]
        )
        return [Standards("", block.entries) for block in blocks]


def standard_steps(
    table: str,
    row_doctype: str,
    verdict: str,
    question: str,
    hints: dict[str, str],
    codes: list[str],
    **more: Any,
) -> list[StandardStep]:
    """A step for each of the Teachers' Standards."""

    def asking(code: str) -> Callable[["OnPage"], list[Field]]:
        return lambda on_page: [
            ask_choice(row_doctype, verdict, question, hints),
            ask_text("evidence", _("Evidence"), hint=_("From the ECT's work as a teacher, as it is today.")),
        ]

    return [
        StandardStep(
            slug=f"standard-{code.lower()}",
            title=standard_heading(code),
            heading=standard_heading(code),
            fieldnames=(table,),
            ask=asking(code),
            code=code,
            table=table,
            verdict=verdict,
            row_doctype=row_doctype,
            **more,
        )
        for code in codes
    ]


@dataclass(frozen=True)
class RowsStep(Step):
    """Rows of one of the record's tables, each written on a page of its own."""

    table: str = ""
    row_noun: str = ""
    first_heading: str = ""
    row_fields: tuple[str, ...] = field(default=())

    template = "rows"

    def form(self, on_page: "OnPage", row: str = "") -> Form:
        if not row:
            return Form(record=on_page.doc, draft=False)
        return Form(
            *self.ask(on_page),
            record=on_page.doc,
            values=lambda doc: self.values(doc, row),
            button=_("Save and continue"),
        )

    def values(self, doc: Document, row: str = "") -> dict[str, Any]:
        kept = self.row_named(doc, row)
        return {name: kept.get(name) if kept else None for name in self.row_fields}

    def keep(self, doc: Document, answers: Mapping[str, Any], row: str = "") -> None:
        kept = self.row_named(doc, row) or doc.append(self.table, {})
        kept.update(dict(answers))

    def remove(self, doc: Document, row: str) -> None:
        """Take a row away."""
        doc.set(self.table, [kept for kept in doc.get(self.table) if kept.name != row])

    def row_named(self, doc: Document, row: str) -> Any:
        return next((kept for kept in doc.get(self.table) or [] if kept.name == row), None)

    def rows(self, doc: Document) -> list[tuple[str, list[Any]]]:
        """Each row's name and its answered cells."""
        return [(row.name, blocks_of(row.doctype, row, self.row_fields)) for row in doc.get(self.table) or []]


@dataclass(frozen=True)
class SeenStep(Step):
    """Which of the Teachers' Standards were seen, with a note on each."""

    table: str = ""

    def values(self, doc: Document, row: str = "") -> dict[str, Any]:
        rows = doc.get(self.table) or []
        return {
            self.table: [seen.standard for seen in rows],
            **{note_name(seen.standard): seen.note for seen in rows},
        }

    def keep(self, doc: Document, answers: Mapping[str, Any], row: str = "") -> None:
        if self.table not in answers:
            return
        rows = {seen.standard: seen for seen in doc.get(self.table) or []}
        kept = [rows.get(code) or {"standard": code} for code in answers[self.table]]
        doc.set(self.table, kept)
        for seen in doc.get(self.table):
            seen.note = answers.get(note_name(seen.standard)) or ""


@dataclass(frozen=True)
class ResultsStep(Step):
    """The result of each row of a table, on one page."""

    table: str = ""

    def values(self, doc: Document, row: str = "") -> dict[str, Any]:
        return {result_name(kept.idx): kept.result for kept in doc.get(self.table) or []}

    def keep(self, doc: Document, answers: Mapping[str, Any], row: str = "") -> None:
        for kept in doc.get(self.table) or []:
            kept.result = answers.get(result_name(kept.idx), kept.result)

    def answered(self, doc: Document) -> bool:
        return all(kept.result for kept in doc.get(self.table) or [])


def result_name(idx: int) -> str:
    """The name of the question about the result of a row."""
    return f"result_{idx}"


def note_name(code: str) -> str:
    """The name of the box for a note on a standard."""
    return f"note_{code.lower()}"
