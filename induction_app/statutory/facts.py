"""Reading facts: each kind of fact turned from YAML or JSON into what a rule works with.

A reader takes the value, the fact's name for the sentence, and the rules in force. It returns the value
ready for use or raises StatutoryError with a sentence that names the fact and says what to give.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from .answer import StatutoryError
from .rules import Rules, as_date, exact

REQUIRED = object()
LARGEST = 10_000  # a guard against nonsense, far above any number of terms or days in a career

Reader = Callable[[object, str, Rules], Any]


@dataclass(frozen=True)
class Fact:
    """A fact a question needs: its name, how it is read, what it is, and its default if it has one."""

    name: str
    read: Reader
    about: str
    default: object = REQUIRED

    @property
    def required(self) -> bool:
        return self.default is REQUIRED

    def default_for(self, rules: Rules) -> object:
        return self.default(rules) if callable(self.default) else self.default


def read_facts(facts: Sequence[Fact], given: Mapping, rules: Rules, where: str = "") -> dict[str, Any]:
    """Every fact in `facts` from the mapping `given`; raises StatutoryError if one is missing or unknown."""
    found = {}
    for fact in facts:
        value = given.get(fact.name, REQUIRED)
        if value is REQUIRED or (value is None and not fact.required):
            if fact.required:
                raise StatutoryError(f"{where}{fact.name} is missing: give {fact.about}.")
            found[fact.name] = fact.default_for(rules)
        else:
            found[fact.name] = fact.read(value, where + fact.name, rules)
    if len(given) > len(facts) or not given.keys() <= found.keys():
        _refuse_unknown(facts, given, where)
    return found


def _refuse_unknown(facts: Sequence[Fact], given: Mapping, where: str) -> None:
    names = [fact.name for fact in facts]
    unknown = [str(name) for name in given if name not in names]
    if unknown:
        raise StatutoryError(
            f"{where}{unknown[0]} is not a fact of this question; its facts are {', '.join(names)}."
        )


def a_date(value: object, name: str, rules: Rules) -> date:
    """A date, or text written 2025-09-01."""
    return as_date(value, name)


def yes_or_no(value: object, name: str, rules: Rules) -> bool:
    """True or false; numbers such as 1 and 0 are refused unless they are truth values."""
    if isinstance(value, bool):
        return value
    raise StatutoryError(f"{name} must be true or false, not {value!r}.")


def whole_number(value: object, name: str, rules: Rules) -> int:
    """A whole number, 0 or more."""
    number = _number(value, name)
    if number.denominator != 1 or not 0 <= number <= LARGEST:
        raise StatutoryError(f"{name} must be a whole number between 0 and {LARGEST}, not {value}.")
    return int(number)


def a_length(value: object, name: str, rules: Rules) -> Fraction:
    """A number of terms or hours, 0 or more, kept exact."""
    number = _number(value, name)
    if not 0 <= number <= LARGEST:
        raise StatutoryError(f"{name} must be 0 or more, not {value}.")
    return number


def a_required_length(value: object, name: str, rules: Rules) -> Fraction:
    """A number of terms above 0, kept exact."""
    number = a_length(value, name, rules)
    if not number:
        raise StatutoryError(f"{name} must be more than 0 terms.")
    return number


def an_fte(value: object, name: str, rules: Rules) -> Fraction:
    """A full-time equivalent from 0.1 to 1, kept exact (2.36)."""
    number = _number(value, name)
    if not rules.lowest_fte <= number <= 1:
        raise StatutoryError(f"{name} must be between {float(rules.lowest_fte)} and 1, not {value}.")
    return number


def one_of(*options: str) -> Reader:
    """A word from a fixed list."""

    def read(value: object, name: str, rules: Rules) -> str:
        if value not in options:
            raise StatutoryError(f"{name} must be one of {', '.join(options)}, not {value!r}.")
        return value

    read.__doc__ = f"One of {', '.join(options)}."
    return read


def text(value: object, name: str, rules: Rules) -> str:
    """Words."""
    if isinstance(value, str) and value.strip():
        return value
    raise StatutoryError(f"{name} must be text, not {value!r}.")


def optional(reader: Reader) -> Reader:
    """The reader, for a fact that may also be given as null."""

    def read(value: object, name: str, rules: Rules) -> object:
        return None if value is None else reader(value, name, rules)

    read.__doc__ = f"{(reader.__doc__ or '').rstrip('.')}, or null."
    return read


def listed(reader: Reader) -> Reader:
    """A list of values, each read by `reader`."""

    def read(value: object, name: str, rules: Rules) -> list:
        return [reader(item, f"{name} row {row}", rules) for row, item in enumerate(_list(value, name), 1)]

    read.__doc__ = f"A list. Each: {(reader.__doc__ or '').lower()}"
    return read


def rows(make: Callable[..., Any], *facts: Fact) -> Reader:
    """A list of mappings with the given facts, each built by `make`; a ready-made row passes through."""
    ready = make if isinstance(make, type) else ()

    def read(value: object, name: str, rules: Rules) -> list:
        found = []
        for row, item in enumerate(_list(value, name), 1):
            if isinstance(item, ready):
                found.append(item)
            elif isinstance(item, Mapping):
                found.append(make(**read_facts(facts, item, rules, f"{name} row {row}: ")))
            else:
                raise StatutoryError(f"{name} row {row} must be a mapping with {_names(facts)}.")
        return found

    read.__doc__ = f"A list of rows with {_names(facts)}."
    return read


def mapping(make: Callable[..., Any], *facts: Fact) -> Reader:
    """A mapping with the given facts, built by `make`."""

    def read(value: object, name: str, rules: Rules) -> object:
        if not isinstance(value, Mapping):
            raise StatutoryError(f"{name} must be a mapping with {_names(facts)}.")
        return make(**read_facts(facts, value, rules, f"{name}: "))

    read.__doc__ = f"A mapping with {_names(facts)}."
    return read


def _names(facts: Sequence[Fact]) -> str:
    return ", ".join(fact.name for fact in facts)


def _list(value: object, name: str) -> Sequence:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value
    raise StatutoryError(f"{name} must be a list, not {value!r}.")


def _number(value: object, name: str) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int | float | Decimal | str) and not isinstance(value, bool):
        try:
            number = Decimal(repr(value) if isinstance(value, float) else value)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and abs(number.adjusted()) < 30:
            return exact(number)
    raise StatutoryError(f"{name} must be a number, not {value!r}.")
