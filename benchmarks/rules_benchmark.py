"""How fast the rules answer, and how that grows: schedule and deadlines for 1,000 to 100,000 histories.

Run from the root of the repository with `python benchmarks/rules_benchmark.py`. One process, one core. A
history is an ECT's start, FTE and required terms with the school's calendar, answered with its schedule
(`events_due`), and a decision with its report, decision, notice, TRA notice and appeal dates: six answers.
Every school's calendar is read once, as a national recomputation would. The last column is the time per
history against that of the smallest run: 1 is linear growth. With `--whole`, also a whole history with
changes and absence (`induction_progress` and `history_events`).
"""

import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from induction_app.statutory import ask
from induction_app.statutory.schedule import Calendar, calendar

SIZES = (1_000, 10_000, 100_000)
FTE = [Decimal(tenths) / 10 for tenths in (10, 10, 10, 10, 10, 10, 9, 8, 8, 6, 5, 4)]
REQUIRED = (6, 6, 6, 6, 6, 6, 6, 4, 3, 2, 1)


def calendars(number: int) -> list[Calendar]:
    """The terms of that many schools for twelve years, a few days apart."""
    found = []
    for school in range(number):
        shift = timedelta(days=school % 5)
        terms = []
        for year in range(2021, 2033):
            terms += [
                {"start": date(year, 9, 1) + shift, "end": date(year, 12, 17) + shift},
                {"start": date(year + 1, 1, 4) + shift, "end": date(year + 1, 3, 27) + shift},
                {"start": date(year + 1, 4, 13) + shift, "end": date(year + 1, 7, 20) + shift},
            ]
        found.append(calendar(terms))
    return found


def histories(number: int, schools: list[Calendar]) -> list[dict]:
    """Histories with varied starts, working patterns and lengths; the same ones every time."""
    chance = random.Random(2012)
    return [
        {
            "start": date(2021, 9, 1) + timedelta(days=chance.choice((0, 0, 0, 2, 40, 70, 125, 230))),
            "fte": chance.choice(FTE),
            "terms": chance.choice(schools),
            "required_terms": chance.choice(REQUIRED),
        }
        for _ in range(number)
    ]


def schedule_and_deadlines(facts: dict) -> None:
    """The schedule of a history, and the dates of the decision at its end."""
    events = ask("events_due", facts).value
    met = events[-1]["due"] if events else facts["start"]
    received = ask("report_due", {"final_meeting": met}).value
    decided = ask("decision_due", {"recommendation_received": received}).value
    ask("tra_notice_due", {"decided": decided, "outcome": "extend"})
    notified = ask("notice_due", {"decided": decided}).value
    ask("appeal_closes", {"notified": notified})


def schedule_only(facts: dict) -> None:
    """The schedule of a history."""
    ask("events_due", facts)


def whole_history(facts: dict) -> None:
    """Progress and schedule over a change of FTE and an absence."""
    history = {
        "posts": [
            {
                "start": facts["start"],
                "fte": facts["fte"],
                "changes": [{"from": facts["start"] + timedelta(days=200), "fte": 1}],
            }
        ],
        "terms": facts["terms"],
        "years": [{"absences": [{"days": 31, "kind": "ad_hoc"}]}],
        "required_terms": facts["required_terms"],
    }
    ask("induction_progress", {**history, "today": date(2022, 12, 1)})
    ask("history_events", history)


def measure(work: Callable[[dict], None], sizes: tuple[int, ...]) -> Iterator[tuple[int, float]]:
    """The seconds each size takes, the first use of anything being paid before."""
    schools = calendars(200)
    for facts in histories(200, schools):
        work(facts)
    for size in sizes:
        cases = histories(size, schools)
        began = time.process_time()
        for facts in cases:
            work(facts)
        yield size, time.process_time() - began


def main() -> None:
    """Print a table for each kind of work."""
    kinds = {"schedule and deadlines": schedule_and_deadlines, "schedule alone": schedule_only}
    if "--whole" in sys.argv:
        kinds["whole history"] = whole_history
    for name, work in kinds.items():
        print(f"{name}\n  histories   seconds  histories a second  growth")
        first = None
        for size, seconds in measure(work, SIZES):
            first = first or seconds / size
            print(f"  {size:9,}  {seconds:8.2f}  {size / seconds:18,.0f}  {seconds / size / first:6.2f}")
    print(f"largest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
