"""Hiding small figures so that nobody can be recognised in a report. Pure Python, no framework."""

from collections.abc import Mapping


def protect(parts: Mapping[str, int], limit: int) -> dict[str, int | None]:
    """The parts of a whole, with None for each that is hidden.

    `parts` are counts of people in categories that exclude each other and together make the whole, whose
    total a reader may know. A count below `limit`, nought included, is hidden: that nobody is off track
    says of each person that they are on track. Where a hidden count could be had by taking the shown ones
    from the total, or the hidden ones together are fewer than `limit`, the smallest shown count goes too.
    """
    if sum(parts.values()) < limit:
        return dict.fromkeys(parts)
    hidden = {name for name, count in parts.items() if count < limit}
    shown = sorted((name for name in parts if name not in hidden), key=lambda name: parts[name])
    while hidden and shown and (len(hidden) < 2 or sum(parts[name] for name in hidden) < limit):
        hidden.add(shown.pop(0))
    return {name: None if name in hidden else count for name, count in parts.items()}
