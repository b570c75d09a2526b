"""Completed examples, written for this service: how others have answered, a click away from every box.

One file in `examples/` for each: a title, a sentence about it, and the values of a record of its type.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import frappe
import yaml
from frappe.model.document import Document

if TYPE_CHECKING:
    from induction_app.pages.records.on_page import OnPage
    from induction_app.pages.records.steps import Step

_FOLDER = Path(__file__).parent / "examples"


@dataclass(frozen=True)
class Example:
    """A completed record that is not anybody's."""

    key: str
    title: str
    about: str
    doctype: str
    values: dict[str, Any]

    def record(self) -> Document:
        """The record, to be read and never saved."""
        return frappe.get_doc({"doctype": self.doctype, **self.values})


@cache
def every_example() -> dict[str, Example]:
    """All examples by the name of their file."""
    found = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        kept = yaml.safe_load(path.read_text(encoding="utf-8"))
        found[path.stem] = Example(path.stem, kept["title"], kept["about"], kept["doctype"], kept["values"])
    return found


def answer(on_page: "OnPage", step: "Step") -> dict[str, Any] | None:
    """How the example answers the question of a step, and where the whole of it is; None where it does not."""
    example = every_example().get(on_page.kind.example(on_page.doc))
    if not example:
        return None
    blocks = [block for block in step.blocks(example.record()) if not is_empty(block)]
    return {"blocks": blocks, "href": f"/examples/{example.key}", "title": example.title} if blocks else None


def is_empty(block: Any) -> bool:
    """Whether a block says nothing."""
    match block.shape:
        case "fact":
            return not block.value
        case "passage":
            return not block.text
        case "standards":
            return not any(entry.text or entry.verdict for entry in block.entries)
    return not block.rows
