"""Conditions that must all be met, and which are not: the shape several questions share."""

from collections.abc import Mapping

from .answer import Step
from .facts import Fact, yes_or_no


def conditions(**about: str) -> tuple[Fact, ...]:
    """A yes-or-no fact for each condition, by its name and what it is."""
    return tuple(Fact(name, yes_or_no, f"whether {words}") for name, words in about.items())


def unmet(facts: Mapping[str, bool]) -> list[str]:
    """The names of the conditions that are not met, in order."""
    return [name for name, met in facts.items() if not met]


def working(names: list[str], facts: tuple[Fact, ...], paragraph: str, all_met: str) -> list[Step]:
    """A step for each condition not met, or one that all are."""
    about = {fact.name: fact.about.removeprefix("whether ") for fact in facts}
    return [f"Not met: {about[name]} ({paragraph})." for name in names] or [f"{all_met} ({paragraph})."]
