"""The daily job: what time alone brings about.

Each step goes through the cases in batches and commits after each, so that a job killed half way loses
nothing and the next run goes on. Each step may run twice or beside itself: it changes only what still
differs, and mails carry keys that can be used once.
"""

from collections.abc import Callable, Iterator

import frappe
from frappe import _
from frappe.utils import add_days

from induction_app.clock import today
from induction_app.correspondence.alerts import tell_administrators
from induction_app.correspondence.post import send_due
from induction_app.documents.term_figures import keep_terms_just_over, schools_to_count
from induction_app.induction_case import case_outcome, schedule, scheduled_records, status
from induction_app.induction_case.bulk_write import write_many
from induction_app.induction_case.history import histories_of
from induction_app.induction_case.outlook import work_out
from induction_app.induction_case.period_figures import refresh_periods
from induction_app.induction_case.rules import why_text
from induction_app.workflows.stages import open_stages

_BATCH = 200
# A case decided on before its last day goes on until its terms are served.
_NOT_COMPLETE = [["completed_on", "is", "not set"], ["terms_left", ">", 0]]


class DailyStepError(frappe.ValidationError):
    """Part of the daily job could not be done; the rest was."""


def run_daily() -> None:
    """All daily steps. What fails is logged and does not stop the others; the job then counts as failed.

    Raises DailyStepError naming the steps, so that the framework's list of scheduled jobs shows it.
    """
    steps = (mark_overdue, refresh_running_cases, keep_term_figures, send_reminders)
    failed = [step.__name__ for step in steps if _fails(step)]
    if failed:
        told = _("Part of the daily work failed: {0}. The Error Log says why.").format(", ".join(failed))
        tell_administrators(told)
        frappe.db.commit()
        raise DailyStepError(told)


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
            write_many(doctype, {row.name: {"overdue_since": add_days(row.due_on, 1)} for row in rows})
            frappe.db.commit()


def refresh_running_cases() -> None:
    """Terms served, status and schedule of every case that is not complete, as the days pass.

    A case that cannot be worked out is logged with its name, and the others of its batch still are. Raises
    DailyStepError with the names of those that could not.
    """
    broken = []
    for batch in running_cases():
        frappe.db.commit()  # what is read after the wait for the batch's lock shows all that was written
        try:
            refresh_cases(batch)
        except Exception:
            frappe.db.rollback()
            broken += _refresh_one_by_one(batch)
        frappe.db.commit()
    if broken:
        raise DailyStepError(_("These cases could not be worked out: {0}.").format(", ".join(broken)))


def running_cases() -> Iterator[list[str]]:
    """Names of the registered ECTs whose induction is not complete, in batches."""
    return _batches("ECT", {"stage": "registered"}, _NOT_COMPLETE)


def refresh_cases(names: list[str]) -> None:
    """Work some cases out again. Queries grow only with cases whose schedule or required length has changed."""
    ect = frappe.qb.DocType("ECT")
    cases = (
        frappe.qb.from_(ect)
        .select(ect.name, ect.why, ect.completed_on, *(ect[name] for name in schedule.FIGURES))
        .where(ect.name.isin(names) & (ect.exempt == 0))
        .for_update()  # whoever changes a fact of these cases waits until the batch is written
        .run(as_dict=True)
    )
    histories = histories_of([case.name for case in cases])
    records = scheduled_records.records_of(list(histories))
    posts = scheduled_records.posts_of(list(histories))
    outlooks = {name: work_out(history) for name, history in histories.items()}
    refresh_periods((histories[name], outlook) for name, outlook in outlooks.items())
    passing = {}
    for case in cases:
        outlook, post = outlooks[case.name], posts.get(case.name)
        changed = schedule.changed_figures(case, outlook)
        moved = not case.completed_on and scheduled_records.differences(
            outlook, case.name, records[case.name], post, histories[case.name].terms
        )
        if moved or set(changed) - schedule.PASSING_FIGURES:
            schedule.refresh(case.name, because="a day has passed")
        elif (why := why_text(outlook.answers)) != case.why:  # the day it speaks of, if nothing else
            served = {name: outlook.figures[name] for name in schedule.PASSING_FIGURES}
            passing[case.name] = {**served, "why": why}
    write_many("ECT", passing)
    case_outcome.end_cases_out_of_time([case.name for case in cases if not case.completed_on])
    status.refresh_statuses(names)


def keep_term_figures() -> None:
    """Count the terms that have just ended for the governors' reports, before anything in them can change."""
    for school in schools_to_count():
        keep_terms_just_over(school)
        frappe.db.commit()


def send_reminders() -> None:
    """Mails before and after the day something is due."""
    send_due(today())


def _refresh_one_by_one(names: list[str]) -> list[str]:
    broken = []
    for name in names:
        try:
            refresh_cases([name])
            frappe.db.commit()
        except Exception:
            frappe.db.rollback()
            _log("refresh of a running case", name)
            broken.append(name)
    return broken


def _batches(doctype: str, filters: dict, or_filters: list) -> Iterator[list[str]]:
    last = ""
    while names := frappe.get_all(
        doctype,
        filters={**filters, "name": (">", last)},
        or_filters=or_filters,
        pluck="name",
        order_by="name asc",
        limit=_BATCH,
    ):
        yield names
        last = names[-1]


def _fails(step: Callable[[], None]) -> bool:
    try:
        step()
    except DailyStepError:
        return True  # it has logged each case
    except Exception:
        frappe.db.rollback()
        _log(step.__name__)
        return True
    return False


def _log(what: str, ect: str | None = None) -> None:
    """Keep the traceback in the Error Log, whatever happens to the rest of the job."""
    about = {"reference_doctype": "ECT", "reference_name": ect} if ect else {}
    frappe.log_error(title=f"Daily clocks: {what}", **about)
    frappe.db.commit()
