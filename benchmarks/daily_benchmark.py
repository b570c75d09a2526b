"""How long the daily job takes on 10,000 running cases, and how its queries grow, in one run.

    .run/venv/bin/python benchmarks/daily_benchmark.py

Uses the site of the pages' benchmark. The baseline is the same work case by case, as it is done when the facts
of one case change. Nothing is kept: what the job writes is taken back.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date, timedelta

from large_site import CASES, SCHOOLS, TODAY, large_site

BATCH = 200


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--schools", type=int, default=SCHOOLS)
    asked = parser.parse_args()
    with large_site(asked.cases, asked.schools):
        import frappe

        from induction_app.induction_case import clocks, schedule, status

        frappe.set_user("Administrator")
        # A day later, on which terms served have changed for every case.
        frappe.local.conf.induction_today = str(date.fromisoformat(TODAY) + timedelta(days=7))
        running = {"stage": "registered", "completed_on": ("is", "not set")}
        names = frappe.get_all("ECT", filters=running, pluck="name", order_by="name")

        def one_by_one() -> None:
            for name in names[:BATCH]:
                schedule.refresh(name)
                status.refresh_status(name)

        def in_batches(number: int) -> Callable[[], None]:
            def work() -> None:
                for start in range(0, number, BATCH):
                    clocks.refresh_cases(names[start : start + BATCH])

            return work

        print(f"{'':36}{'cases':>8}{'seconds':>9}{'ms each':>9}{'queries':>9}")
        alone = report("one by one (baseline)", BATCH, one_by_one)
        batch = report("in a batch", BATCH, in_batches(BATCH))
        report("in batches", len(names), in_batches(len(names)))
        print(f"\nbatch / one by one: time {batch[0] / alone[0]:.2f}, queries {batch[1] / alone[1]:.3f}")


def report(what: str, number: int, work: Callable[[], None]) -> tuple[float, int]:
    """Do a piece of work, take it back, and print and return its seconds and statements."""
    import frappe

    statements, began = asked_so_far(), time.perf_counter()
    work()
    seconds, sent = time.perf_counter() - began, asked_so_far() - statements - 1
    frappe.db.rollback()
    print(f"{what:36}{number:>8}{seconds:>9.1f}{seconds / number * 1000:>9.1f}{sent:>9}", flush=True)
    return seconds, sent


def asked_so_far() -> int:
    """How many statements this connection has sent."""
    import frappe

    return int(frappe.db.sql("show session status like 'Questions'")[0][1])


if __name__ == "__main__":
    main()
