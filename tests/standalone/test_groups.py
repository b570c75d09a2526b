"""How the whole run of tests is divided."""

from collections import Counter
from pathlib import Path

from standalone.tests_stack import LONGEST, PROJECT, groups


def test_every_file_of_tests_is_in_exactly_one_group():
    taken = Counter()
    for group in groups():
        for name in group:
            path = PROJECT / name
            taken.update([path] if path.is_file() else path.rglob("test_*.py"))
    assert set(taken.values()) == {1}
    assert set(taken) == set((PROJECT / "tests").rglob("test_*.py"))


def test_what_takes_longest_is_there_and_begins_first():
    first = [group for group in groups() if group[0] in LONGEST]
    assert [group[0] for group in first] == list(LONGEST)
    assert groups()[: len(first)] == first
    assert all(Path(PROJECT, name).exists() for name in LONGEST)
