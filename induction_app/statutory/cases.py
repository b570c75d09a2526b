"""Cases: a question, its facts and the answer expected, as a non-programmer writes them in YAML."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from .answer import Answer, StatutoryError, plain
from .question import ask
from .rules import exact


class Outcome(NamedTuple):
    """How a case turned out; `fault` says what was wrong and is empty when it passed."""

    name: str
    fault: str

    @property
    def passed(self) -> bool:
        return not self.fault


def run(case: object) -> Outcome:
    """Ask the case's question and compare the answer as data."""
    if not isinstance(case, Mapping):
        return Outcome(
            "(no name)", f"a case must be a mapping with name, ask, facts and answer, not {case!r}"
        )
    name = str(case.get("name", "(no name)"))
    if "ask" not in case:
        return Outcome(name, "the case has no ask")
    if ("answer" in case) == ("refuses" in case):
        return Outcome(name, "the case must have either answer or refuses")
    day = case.get("on", case.get(True))  # YAML 1.1 reads a bare `on` as true
    try:
        answer = ask(case["ask"], case.get("facts") or {}, day)
    except StatutoryError as refusal:
        return Outcome(name, _refused(case, str(refusal)))
    return Outcome(name, _answered(case, answer))


def _refused(case: Mapping, sentence: str) -> str:
    if "refuses" not in case:
        return f"refused: {sentence}"
    if str(case["refuses"]).casefold() in sentence.casefold():
        return ""
    return f"refused without {case['refuses']!r}: {sentence}"


def _answered(case: Mapping, answer: Answer) -> str:
    if "refuses" in case:
        return f"expected a refusal with {case['refuses']!r}, got {plain(answer.value)!r}"
    if not same(case["answer"], answer.value):
        return f"expected {plain_or_raw(case['answer'])!r}, got {plain(answer.value)!r}"
    absent = [each for each in map(str, case.get("paragraphs") or ()) if each not in answer.paragraphs]
    if absent:
        return f"paragraph {', '.join(absent)} is not among {', '.join(answer.paragraphs)}"
    return ""


def plain_or_raw(value: object) -> object:
    """The value as plain data where it can be, else as it stands."""
    try:
        return plain(value)
    except TypeError:
        return value


def same(expected: object, found: object) -> bool:
    """Whether two values are the same data: 1.25 is 1.25 and a date is its ISO text, but true is not 1."""
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, int | float | Decimal | Fraction) and isinstance(found, int | Decimal | Fraction):
        return exact(expected) == exact(found)
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        return expected.keys() == found.keys() and all(same(expected[key], found[key]) for key in found)
    if isinstance(found, str) or isinstance(expected, str) or isinstance(found, date):
        return _as_text(expected) == _as_text(found)
    if isinstance(expected, Sequence) and isinstance(found, Sequence):
        return len(expected) == len(found) and all(map(same, expected, found))
    return expected == found


def _as_text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
