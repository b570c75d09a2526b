"""The kind of setting, in the terms of paragraph 2.1, that an establishment of the register is."""

import json
from functools import cache
from pathlib import Path


@cache
def register_codes() -> dict:
    """The register's code lists: establishment types and groups with our setting kind, statuses, phases."""
    return json.loads((Path(__file__).parent / "register_codes.json").read_text(encoding="utf-8"))


def setting_kind_of(
    type_code: str | None, type_name: str | None, group_code: str | None = None, group_name: str | None = None
) -> str:
    """The setting kind of an establishment (paragraph 2.1), or "" where the register is too coarse to tell.

    The type decides; an establishment type the list does not know yet falls back on its type group.
    Codes may carry leading zeros, as older extracts of the register do.
    """
    codes = register_codes()
    known = _entry(codes["establishment_types"], type_code, type_name)
    if known is None:
        known = _entry(codes["type_groups"], group_code, group_name)
    return known["setting_kind"] if known else ""


def name_of_code(code_list: str, code: str) -> str:
    """The register's name for a code of one of its lists; a code not listed stands for itself."""
    entry = register_codes()[code_list].get(code.lstrip("0") or "0", code)
    return entry["name"] if isinstance(entry, dict) else entry


def _entry(entries: dict, code: str | None, name: str | None) -> dict | None:
    if code and code.lstrip("0") in entries:
        return entries[code.lstrip("0")]
    if name:
        wanted = name.casefold().replace("’", "'")
        return next((entry for entry in entries.values() if entry["name"].casefold() == wanted), None)
    return None
