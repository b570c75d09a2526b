"""Small figures in the governors' report cannot be read out of it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from induction_app.documents.small_numbers import protect


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ({"on": 8, "off": 6}, {"on": 8, "off": 6}),
        # One small figure: the other would give it away with the total.
        ({"on": 12, "off": 2}, {"on": None, "off": None}),
        # Nobody off track would say of each that they are on track.
        ({"on": 12, "off": 0}, {"on": None, "off": None}),
        # The smallest of the others goes with it; the largest stays.
        ({"on": 20, "off": 3, "open": 7}, {"on": 20, "off": None, "open": None}),
        # Two small ones hide each other when together they are enough.
        ({"on": 20, "off": 3, "open": 4}, {"on": 20, "off": None, "open": None}),
        ({"on": 20, "off": 1, "open": 1}, {"on": None, "off": None, "open": None}),
        # Too few people altogether.
        ({"on": 2, "off": 2}, {"on": None, "off": None}),
        ({}, {}),
    ],
)
def test_small_figures_are_hidden_with_what_gives_them_away(parts, shown):
    assert protect(parts, limit=5) == shown


def test_a_limit_of_nought_hides_nothing():
    assert protect({"on": 1, "off": 0}, limit=0) == {"on": 1, "off": 0}


@given(
    counts=st.lists(st.integers(min_value=0, max_value=9), min_size=2, max_size=4),
    limit=st.integers(min_value=1, max_value=6),
)
def test_no_small_figure_can_be_worked_out(counts, limit):
    """Whoever knows the total and the shown figures finds several possible values for every hidden small one."""
    parts = {str(i): count for i, count in enumerate(counts)}
    shown = protect(parts, limit)
    assert all(value is None or value == parts[name] >= limit for name, value in shown.items())
    hidden = [name for name, value in shown.items() if value is None]
    if sum(counts) < limit or not hidden:
        return  # the total is not shown either, or nothing is small
    left = sum(counts) - sum(value for value in shown.values() if value is not None)
    possible = [guess for guess in product(range(left + 1), repeat=len(hidden)) if sum(guess) == left]
    for position, name in enumerate(hidden):
        if parts[name] < limit:
            assert len({guess[position] for guess in possible}) > 1
