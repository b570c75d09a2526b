"""Bars of cohorts: each row divided into parts, every part with its number and the list behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: The width of a whole bar in the picture's own units.
WIDTH = 1000


@dataclass(frozen=True)
class Part:
    """One part of a bar: its kind (which sets the colour), words, number, place and list."""

    kind: str
    label: str
    number: int
    href: str
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """One row of a picture: its name, how many there are, and its parts in the order of the headings."""

    label: str
    total: int
    href: str
    parts: list[Part] = field(default_factory=list)

    @property
    def drawn(self) -> list[Part]:
        """The parts that have anybody in them."""
        return [part for part in self.parts if part.number]


@dataclass(frozen=True)
class Picture:
    """Bars under one caption; `headings` are kind and words of each part."""

    caption: str
    row_heading: str
    headings: Mapping[str, str]
    bars: list[Bar]


def bar(
    label: str, href: str, counts: Mapping[str, int], headings: Mapping[str, str], address, longest: int
) -> Bar:
    """A bar as long as its number against the longest. `address(kind)` is the list behind a part."""
    parts, x = [], 0.0
    for kind, words in headings.items():
        number = counts.get(kind, 0)
        width = WIDTH * number / longest if longest else 0
        parts.append(Part(kind, words, number, address(kind), round(x, 1), round(width, 1)))
        x += width
    return Bar(label, sum(counts.values()), href, parts)


def longest(rows: Iterable[Mapping[str, int]]) -> int:
    """The number the longest bar stands for."""
    return max((sum(counts.values()) for counts in rows), default=0)
