"""What is kept of the story: PDFs, mails as .eml and .txt, the DfE's files, the steps and the closing table."""

import shutil
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from standalone.walkthrough.person import Person
from standalone.walkthrough.rehearsal import Step, text_of

PDF = "induction_app.api.documents.pdf"
STEPS = "steps.txt"


class FolderInUseError(Exception):
    """The folder to write to holds something else; the message names it."""


@dataclass
class Papers:
    """The folder everything is written to."""

    folder: Path
    pdfs: list[Path] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)

    def __post_init__(self) -> None:
        used = self.folder.exists() and any(self.folder.iterdir())
        if used and not (self.folder / STEPS).exists():
            raise FolderInUseError(f"{self.folder} has other files in it. Name an empty folder.")
        for name in ("documents", "mails", "dfe"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            (self.folder / name).mkdir(parents=True)
        (self.folder / STEPS).touch()

    def keep_pdf(self, reader: Person, name: str, doctype: str, record: str, kind: str = "") -> Path:
        """Download a record's PDF as a person who may, and keep it."""
        return self.keep_file(
            "documents", f"{name}.pdf", reader.download(PDF, doctype=doctype, name=record, kind=kind)
        )

    def keep_file(self, folder: str, name: str, content: bytes) -> Path:
        """Keep a file; a PDF has to be one."""
        path = self.folder / folder / name
        path.write_bytes(content)
        if name.endswith(".pdf"):
            if not content.startswith(b"%PDF-"):
                raise ValueError(f"{name} is not a PDF.")
            self.pdfs.append(path)
        return path

    def keep_mail(self, source: Path, message: EmailMessage) -> None:
        """Keep a mail as it was sent, and as text; what is attached to it as files."""
        number = len(self.mails) + 1
        stem = f"{number:03d}-{source.stem.split('-', 4)[-1]}"
        folder = self.folder / "mails"
        shutil.copyfile(source, folder / f"{stem}.eml")
        head = "\n".join(f"{name}: {str(message[name]).strip()}" for name in ("From", "To", "Subject"))
        attached = [part.get_filename() for part in message.iter_attachments() if part.get_filename()]
        note = f"\n[attached: {', '.join(attached)}]\n" if attached else ""
        (folder / f"{stem}.txt").write_text(f"{head}\n\n{text_of(message).strip()}\n{note}", encoding="utf-8")
        self.mails.append(message)

    def keep_steps(self, steps: list[Step]) -> None:
        """Keep the lines that were printed."""
        (self.folder / STEPS).write_text("".join(f"{line(step)}\n" for step in steps), encoding="utf-8")

    def keep_table(self, table: str) -> None:
        """Keep the closing table."""
        (self.folder / "cases.txt").write_text(f"{table}\n", encoding="utf-8")


def line(step: Step) -> str:
    """A step as one line: time, who, what, result."""
    result = f" → {step.result}" if step.result else ""
    return f"{step.at:%d %b %Y %H:%M}  {step.who}: {step.what}{result}"


def closing_table(rows: list[tuple[str, ...]]) -> str:
    """Columns lined up, under their headings."""
    heads = ("Case", "ECT", "State", "Status", "Next deadline")
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]

    def one(row: tuple[str, ...]) -> str:
        return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()

    return "\n".join([one(heads), "  ".join("-" * width for width in widths), *(one(row) for row in rows)])
