"""Which paragraphs of the guidance have a rule and cases, and where there is a gap."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from .question import QUESTIONS

ENOUGH = {"figure": 3, "condition": 3, "practice": 1}


class Paragraph(NamedTuple):
    """A paragraph with a rule: its number, whether it states a figure, a condition or a practice,
    and the rule in a few words."""

    number: str
    states: str
    rule: str


class Covered(NamedTuple):
    """A paragraph with the questions that rest on it and the number of cases that show it."""

    paragraph: Paragraph
    questions: list[str]
    cases: int

    @property
    def gap(self) -> str:
        """What is missing, or nothing."""
        enough = ENOUGH[self.paragraph.states]
        if not self.questions:
            return "no rule"
        return f"{self.cases} of {enough} cases" if self.cases < enough else ""


def _read() -> list[Paragraph]:
    text = Path(__file__).with_name("paragraphs.yaml").read_text(encoding="utf-8")
    return [Paragraph(str(number), **entry) for number, entry in yaml.safe_load(text).items()]


PARAGRAPHS: list[Paragraph] = _read()


def coverage(cases: Iterable[Mapping]) -> list[Covered]:
    """Every paragraph against the questions that rest on it and the cases that name it."""
    counts: dict[str, int] = {}
    for case in cases:
        for number in map(str, case.get("paragraphs") or ()):
            counts[number] = counts.get(number, 0) + 1
    return [
        Covered(
            paragraph,
            [name for name, question in QUESTIONS.items() if paragraph.number in question.paragraphs],
            counts.get(paragraph.number, 0),
        )
        for paragraph in PARAGRAPHS
    ]
