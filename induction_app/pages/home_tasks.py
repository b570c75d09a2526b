""" "What you need to do", worded: read from the workflows, so an administrator's own step appears by itself."""

from typing import Any

from frappe import _

from induction_app.access.positions import positions_of
from induction_app.organisations.authority import STAFF_KEEPERS
from induction_app.organisations.school_registration import waiting_for
from induction_app.organisations.staffing import posts_to_fill
from induction_app.pages.addresses import address_of
from induction_app.pages.cases import due_in_words
from induction_app.pages.organisations import places
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


def staff_to_add() -> list[dict[str, Any]]:
    """A task for each school whose people this person looks after and that has no tutor or no mentor yet."""
    own = {p.school for p in positions_of() if p.school and p.capacity in STAFF_KEEPERS}
    return [
        {
            "what": _("Add your staff"),
            "text": nobody_yet(place.title, unfilled),
            "where": _("Each ECT has an induction tutor and a mentor (paragraphs 2.42 and 2.43)"),
            "href": place.address("new"),
            "paragraph": "",
            "overdue": False,
            **due_in_words(None),
        }
        for school, unfilled in posts_to_fill(sorted(own)).items()
        if (place := places.place_named(school))
    ]


def nobody_yet(school_name: str, unfilled: list[str]) -> str:
    """What a school lacks, in a sentence without its full stop."""
    if len(unfilled) > 1:
        return _("{0} has no induction tutor and no mentor yet").format(school_name)
    if unfilled == ["mentor"]:
        return _("{0} has no mentor yet").format(school_name)
    return _("{0} has no induction tutor yet").format(school_name)


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
