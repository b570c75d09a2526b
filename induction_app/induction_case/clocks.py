"""The daily job: what time alone brings about.

Each step goes through the cases in batches and commits after each, so that a job killed half way loses
nothing and the next run goes on. Each step may run twice or beside itself: it changes only what still
differs, and mails carry keys that can be used once.
"""

from collections.abc import Callable, Iterator

import frappe
from frappe.utils import add_days

from induction_app.clock import today
from induction_app.correspondence.post import send_due
from induction_app.induction_case import schedule, status
from induction_app.workflows.stages import open_stages

_BATCH = 200


def run_daily() -> None:
    """All daily steps. One that fails is logged and does not stop the others."""
    for step in (mark_overdue, refresh_running_cases, send_reminders):
        _logged(step)


def mark_overdue() -> None:
    """Write since when a review or assessment is overdue: from the day after it was due."""
    for doctype in ("Progress Review", "Formal Assessment"):
        table = frappe.qb.DocType(doctype)
        late = (
            frappe.qb.from_(table)
            .select(table.name, table.due_on)
            .where(table.stage.isin(open_stages(doctype)))
            .where(table.due_on < today())
            .where(table.overdue_since.isnull())
            .limit(_BATCH)
        )
        while rows := late.run(as_dict=True):
            for row in rows:
                frappe.db.set_value(
                    doctype, row.name, "overdue_since", add_days(row.due_on, 1), update_modified=False
                )
            frappe.db.commit()


def refresh_running_cases() -> None:
    """Terms served, status and schedule of every open case, as the days pass."""
    for batch in _batches("ECT", {"stage": "registered", "completed_on": ("is", "not set")}):
        for name in batch:
            schedule.refresh(name, because="a day has passed")
            status.refresh_status(name)
        frappe.db.commit()


def send_reminders() -> None:
    """Mails before and after the day something is due."""
    send_due(today())


def _batches(doctype: str, filters: dict) -> Iterator[list[str]]:
    last = ""
    while names := frappe.get_all(
        doctype, filters={**filters, "name": (">", last)}, pluck="name", order_by="name asc", limit=_BATCH
    ):
        yield names
        last = names[-1]


def _logged(step: Callable[[], None]) -> None:
    try:
        step()
    except Exception:
        frappe.db.rollback()
        frappe.log_error(title=f"Daily clocks: {step.__name__}")
