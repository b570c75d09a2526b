"""How values read in print: dates, times, terms and people's own text. Pure Python, no framework."""

import re
from datetime import date, datetime
from decimal import Decimal

from markupsafe import Markup, escape

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_BULLET = re.compile(r"^\s*[-*•–]\s+")
_NUMBER = re.compile(r"^\s*(\d{1,2})[.)]\s+")


def long_date(day: date | None) -> str:
    """A date as `1 September 2025`; nothing for no date."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def moment(when: datetime | None) -> str:
    """A time as `1 September 2025 at 4:05pm`."""
    if not when:
        return ""
    hour, half = when.hour % 12 or 12, "pm" if when.hour >= 12 else "am"
    return f"{long_date(when.date())} at {hour}:{when.minute:02d}{half}"


def number(value: float | int | Decimal | None) -> str:
    """A number without a needless point: `6`, `5.5`, `1.25`."""
    if value is None:
        return ""
    text = f"{Decimal(str(value)):.2f}".rstrip("0").rstrip(".")
    return text or "0"


def terms(value: float | int | Decimal | None) -> str:
    """A length in school terms: `1 term`, `5.5 terms`."""
    if value is None:
        return ""
    text = number(value)
    return f"{text} term" if text == "1" else f"{text} terms"


def address_lines(*parts: str | None) -> list[str]:
    """Lines of an address: parts may hold several lines; empty ones are left out."""
    lines = [line.strip().rstrip(",") for part in parts for line in (part or "").splitlines()]
    return [line for line in lines if line]


def prose(text: str | None) -> Markup:
    """People's own text as paragraphs and lists, escaped, with their line breaks kept.

    An empty line begins a new paragraph. Lines that all begin with a dash or bullet become a list, lines
    that all begin with a number a numbered list.
    """
    blocks = [block.strip("\n") for block in re.split(r"\n\s*\n", (text or "").replace("\r\n", "\n"))]
    return Markup("\n").join(part for block in blocks if block.strip() for part in _block(block.splitlines()))


def _block(lines: list[str]) -> list[Markup]:
    """A block of lines as the elements it is made of: runs of list items and runs of plain lines."""
    elements, run, kind = [], [], None
    for line in lines:
        line_kind = "ul" if _BULLET.match(line) else "ol" if _NUMBER.match(line) else "p"
        if run and line_kind != kind:
            elements.append(_element(kind, run))
            run = []
        run.append(line)
        kind = line_kind
    return [*elements, _element(kind, run)]


def _element(kind: str, lines: list[str]) -> Markup:
    if kind == "p":
        return Markup("<p>{}</p>").format(Markup("<br>").join(escape(line.strip()) for line in lines))
    marker = _BULLET if kind == "ul" else _NUMBER
    items = Markup("").join(Markup("<li>{}</li>").format(marker.sub("", line).strip()) for line in lines)
    if kind == "ul":
        return Markup("<ul>{}</ul>").format(items)
    return Markup('<ol start="{}">{}</ol>').format(int(_NUMBER.match(lines[0]).group(1)), items)
