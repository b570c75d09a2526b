"""The figures in force on a date, read once from the dated parameter files."""

from bisect import bisect_right
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from .answer import StatutoryError, written

FOLDER = Path(__file__).parent / "parameters"
FIXED = "must"
EARLIEST_YEAR, LATEST_YEAR = 1900, 2150  # a guard against mistyped years


class Setting(NamedTuple):
    """One value of a parameter, the day it took effect and the paragraph that says so."""

    start: date
    value: object
    paragraph: str


@dataclass(frozen=True)
class Parameter:
    """A figure of the statute or guidance with every value it has had.

    `force` is the guidance's own word for it: `must` is fixed; `expected`, `should`, `recommended` and
    `local` leave room, and an appropriate body may set its own value.
    """

    name: str
    about: str
    unit: str
    force: str
    settings: tuple[Setting, ...]

    def on(self, day: date) -> Setting | None:
        """The setting in force on `day`, or None before the first one."""
        index = bisect_right([setting.start for setting in self.settings], day)
        return self.settings[index - 1] if index else None


class Rules:
    """The rules of one date: `rules.decision_days` is the figure then in force.

    Built by `rules_on`. A parameter that had no value yet raises StatutoryError when a rule asks for it.
    """

    def __init__(self, day: date, values: dict[str, object], own: frozenset[str] = frozenset()):
        self.day = day
        self.own = own
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> object:
        if name in PARAMETERS:
            first = PARAMETERS[name].settings[0].start
            raise StatutoryError(
                f"on must be {written(first)} or later for this question: "
                f"there was no rule on {written(name)} before then."
            )
        raise AttributeError(name)


def exact(value: object) -> Fraction:
    """The number as an exact fraction; a float is taken as it is written (0.1 is one tenth)."""
    return Fraction(Decimal(repr(value) if isinstance(value, float) else value))


def _read(path: Path) -> dict[str, Parameter]:
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        name: Parameter(
            name,
            entry["about"],
            entry["unit"],
            entry["force"],
            tuple(
                Setting(each["from"], _value(each["value"]), str(each["paragraph"]))
                for each in entry["values"]
            ),
        )
        for name, entry in entries.items()
    }


def _value(value: object) -> object:
    if isinstance(value, float):
        return exact(value)
    return tuple(value) if isinstance(value, list) else value


PARAMETERS: dict[str, Parameter] = {
    name: parameter for path in sorted(FOLDER.glob("*.yaml")) for name, parameter in _read(path).items()
}
FIRST_DAY: date = min(parameter.settings[0].start for parameter in PARAMETERS.values())


def rules_on(day: date | None = None, policy: Mapping[str, object] | None = None) -> Rules:
    """The rules of `day` (default today), with an appropriate body's own `policy` where it may have one.

    Raises StatutoryError for a date before the first rules, a parameter that does not exist, one that is
    fixed by the statute, or a value of the wrong kind.
    """
    rules = _dated(day or date.today())
    if not policy:
        return rules
    if not isinstance(policy, Mapping):
        raise StatutoryError(f"policy must be a mapping of parameter to value, not {policy!r}.")
    own = {name: _own(name, value) for name, value in policy.items()}
    return Rules(rules.day, _values(rules) | own, frozenset(own))


@lru_cache(maxsize=1024)
def _dated(day: date) -> Rules:
    if day < FIRST_DAY:
        raise StatutoryError(f"on must be {written(FIRST_DAY)} or later: no earlier rules are held.")
    settings = {name: parameter.on(day) for name, parameter in PARAMETERS.items()}
    return Rules(day, {name: setting.value for name, setting in settings.items() if setting})


def _values(rules: Rules) -> dict[str, object]:
    return {name: value for name, value in vars(rules).items() if name in PARAMETERS}


def _own(name: str, value: object) -> object:
    parameter = PARAMETERS.get(name)
    if parameter is None:
        raise StatutoryError(f"policy names {name}, which is not a parameter of the rules.")
    if parameter.force == FIXED:
        raise StatutoryError(
            f"policy cannot change {name}: {parameter.about} is fixed by paragraph "
            f"{parameter.settings[-1].paragraph}."
        )
    usual = parameter.settings[-1].value
    if isinstance(usual, bool) or isinstance(value, bool):
        fits = isinstance(usual, bool) and isinstance(value, bool)
    elif isinstance(usual, int):
        fits = isinstance(value, int) and value >= 0
    elif isinstance(usual, Fraction):
        fits = isinstance(value, int | float | Decimal | Fraction) and value >= 0
        value = exact(value) if fits else value
    else:
        fits = isinstance(value, type(usual))
    if not fits:
        raise StatutoryError(f"policy gives {name} as {value!r}; it must be {parameter.unit}.")
    return value


def as_date(value: object, name: str) -> date:
    """The value as a date; text must be written 2025-09-01. Raises StatutoryError naming the fact."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        with suppress(ValueError):
            value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        raise StatutoryError(f"{name} must be a date such as 2025-09-01, not {value!r}.")
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise StatutoryError(f"{name} must be between {EARLIEST_YEAR} and {LATEST_YEAR}, not {value}.")
    return value
