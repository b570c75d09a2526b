"""What a question gives back, and the one exception the rules raise."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

Number = int | Decimal | Fraction


class StatutoryError(ValueError):
    """A question, fact, policy or date the rules cannot work with; the message names it in a sentence."""


class Figure(Decimal):
    """An exact figure with two places that also equals the same figure read from YAML or JSON.

    `Decimal("0.9") == 0.9` is false because the float is not exactly nine tenths. Cases, REST answers and
    facts all carry such figures, so a Figure compares with a float by what is written, as data.
    """

    __slots__ = ()
    __hash__ = Decimal.__hash__

    def __eq__(self, other: object) -> bool:
        if isinstance(other, float):
            other = Decimal(repr(other))
        return Decimal.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other


def figure(number: Number) -> Figure:
    """The number to two places, halves up; `number` is not below 0."""
    hundredths = int(Fraction(number) * 100 + Fraction(1, 2))
    return Figure(f"{hundredths // 100}.{hundredths % 100:02d}")


def written(value: object) -> str:
    """The value as a person reads it: dates as `1 September 2025`, figures without trailing noughts."""
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, Fraction | Decimal):
        text = str(figure(value))
        return text.rstrip("0").rstrip(".")
    if isinstance(value, str):
        return value.replace("_", " ")
    if isinstance(value, Sequence):
        return ", ".join(written(item) for item in value)
    return str(value)


def plain(value: object) -> object:
    """The value as JSON and YAML carry it: ISO dates, plain numbers, lists and mappings."""
    if isinstance(value, bool) or value is None or isinstance(value, int | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        number = figure(value)
        return int(number) if number == number.to_integral_value() else float(number)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} is not a value the rules answer with")


Step = str | tuple | Callable[[], str]
Steps = Sequence[Step] | Callable[[], Sequence[Step]]


class Answer:
    """A value, the paragraphs it rests on and the working that leads to it.

    `value` is a date, a whole number, a Figure, true or false, text, null, or lists and mappings of those.
    `paragraphs` are references such as "2.34" (guidance) and "reg 7(2)" (the 2012 Regulations).
    `working` is a list of sentences; they are written out only when read, so that answering many
    histories does not pay for words nobody asks for.
    """

    __slots__ = ("_steps", "_working", "paragraphs", "value")

    def __init__(self, value: object, paragraphs: Sequence[str], steps: Callable[[], Sequence[Step]]):
        self.value = value
        self.paragraphs = list(paragraphs)
        self._steps = steps
        self._working: list[str] | None = None

    @property
    def working(self) -> list[str]:
        """The steps as sentences in plain English."""
        if self._working is None:
            self._working = [_sentence(step) for step in self._steps()]
        return self._working

    def as_dict(self) -> dict:
        """The answer as plain data, ready for JSON or YAML."""
        return {
            "value": plain(self.value),
            "paragraphs": list(self.paragraphs),
            "working": list(self.working),
        }

    def __repr__(self) -> str:
        return f"Answer(value={self.value!r}, paragraphs={self.paragraphs!r})"


def _sentence(step: Step) -> str:
    if isinstance(step, str):
        return step
    if isinstance(step, tuple):
        template, *values = step
        return template.format(*map(written, values))
    return step()
