"""Reads the access table and says what it expects."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import yaml

from tests.app.access.world import ROLES

LETTERS = {
    "l": "list",
    "n": "count",
    "r": "read",
    "f": "open a file",
    "p": "print",
    "x": "export",
    "o": "take the official PDF",
    "w": "write",
    "c": "create",
    "d": "delete",
    "s": "submit",
}
_SHORT = {"R": "lnrfp", "-": ""}
SEEN = "seen by"


class Table:
    """The whole of matrix.yaml."""

    def __init__(self, path: Path):
        self.data = yaml.safe_load(path.read_text())
        assert self.data["columns"] == list(ROLES), "The columns are the shipped roles, in their order."

    @cached_property
    def records(self) -> dict[str, dict[str, set[str]]]:
        """For each record type and role, the letters of what the role may do."""
        return {doctype: self._row(cells, self._letters) for doctype, cells in self.data["records"].items()}

    @cached_property
    def fields(self) -> dict[str, dict[str, dict[str, set[str]]]]:
        """For each record type and protected field, what each role may do with it."""
        return {
            doctype: {name: self._row(cells, lambda cell: set(cell) - {"-"}) for name, cells in rows.items()}
            for doctype, rows in self.data["fields"].items()
        }

    @cached_property
    def methods(self) -> dict[str, dict[str, bool] | None]:
        """For each method, the roles it answers on their own record; None where it asks about no record."""
        return {
            method: None if cells == "all" else self._row(cells, lambda cell: cell == "x")
            for method, cells in self.data["methods"].items()
        }

    @cached_property
    def actions(self) -> dict[tuple[str, str, str], set[str]]:
        """For each record type, stage and action, the roles that may take it."""
        return {
            (doctype, stage, action): set(str(roles).split())
            for doctype, stages in self.data["stages"].items()
            for stage, rows in stages.items()
            for action, roles in rows.items()
            if action != SEEN
        }

    @cached_property
    def seen_by(self) -> dict[tuple[str, str], set[str]]:
        """For each record type and stage, the roles that see a record then. Signatures follow their record."""
        seen = {
            (doctype, stage): set(rows[SEEN].split()) & self._readers(doctype)
            for doctype, stages in self.data["stages"].items()
            for stage, rows in stages.items()
        }
        for doctype in self.data["signatures"]["of"]:
            for stage in self.data["stages"][doctype]:
                with_their_record = set(self.data["signatures"]["with the record"].split())
                hidden = with_their_record - seen[doctype, stage]
                key = ("Induction Signature", f"{doctype}: {stage}")
                seen[key] = self._readers("Induction Signature") - hidden
        for kind, roles in self.data["events"].items():
            seen["Induction Event", kind] = set(roles.split())
        return seen

    def _readers(self, doctype: str) -> set[str]:
        return {code for code, may in self.records[doctype].items() if "r" in may}

    @property
    def shared(self) -> list[str]:
        """Record types without personal data, read by all who may read one."""
        return self.data["shared"]

    @property
    def guests(self) -> list[str]:
        """The methods that are called without signing in."""
        return self.data["guests"]

    @property
    def parts(self) -> dict[str, list[str]]:
        """For each type of row, the record types it is part of."""
        return {part: [name.strip() for name in of.split(",")] for part, of in self.data["parts"].items()}

    def _row(self, cells: list[str], read) -> dict:
        assert len(cells) == len(ROLES), f"A row has {len(cells)} cells for {len(ROLES)} roles: {cells}"
        return {code: read(str(cell)) for code, cell in zip(ROLES, cells, strict=True)}

    @staticmethod
    def _letters(cell: str) -> set[str]:
        letters = set("".join(_SHORT.get(letter, letter) for letter in cell))
        assert letters <= set(LETTERS), f"{cell}: no such letter"
        return letters


TABLE = Table(Path(__file__).with_name("matrix.yaml"))
