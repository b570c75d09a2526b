""" "What you need to do", worded: read from the workflows, so an administrator's own step appears by itself."""

from typing import Any

from frappe import _

from induction_app.organisations.school_registration import waiting_for
from induction_app.pages.addresses import address_of
from induction_app.pages.cases import due_in_words
from induction_app.workflows.tasks import Task, pending_for

SHOWN = 20
MOST = 200


def tasks_of_person(own_case: str | None = None) -> list[dict[str, Any]]:
    """What the person signed in has to do, overdue first; on their own case their name is left out."""
    return [_row(task, on_case=bool(own_case) and task.ect == own_case) for task in pending_for(limit=MOST)]


def schools_to_authorise() -> list[dict[str, Any]]:
    """One task for all schools that ask an officer's body to be registered."""
    number = waiting_for()
    if not number:
        return []
    text = _("1 school waits for your answer") if number == 1 else _("{0} schools wait for your answer")
    return [
        {
            "what": _("Schools to authorise"),
            "text": text.format(number),
            "where": _("The person who asks has confirmed their email address"),
            "href": "/schools?status=waiting",
            "paragraph": "",
            "overdue": False,
            **due_in_words(None),
        }
    ]


def tasks_on(ect: str) -> list[dict[str, Any]]:
    """What the person signed in has to do on one case."""
    return [_row(task, on_case=True) for task in pending_for(ect=ect)]


def _row(task: Task, on_case: bool = False) -> dict[str, Any]:
    text = task.title if on_case else _("{0}: {1}").format(task.subject, _lower_first(task.title))
    return {
        "what": task.what,
        "text": text,
        "where": task.state,
        "href": address_of(task.doctype, task.name),
        "paragraph": task.paragraph,
        "actions": task.actions,
        "overdue": task.overdue,
        **due_in_words(task.due_on),
    }


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
