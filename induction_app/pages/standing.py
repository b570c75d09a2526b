"""Where an ECT stands: the few figures at the head of their page, and the picture in a sentence."""

from typing import Any

from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from induction_app.clock import today
from induction_app.page_kit.environment import day
from induction_app.pages.cases import due_in_words, terms
from induction_app.pages.timeline import ASSESSMENT, DECISION, DONE, REVIEW, Timeline


def figures(ect: Document, story: Timeline) -> list[dict[str, Any]]:
    """Terms served and left, what is due next, and when the end is: label, number, note and link each."""
    found = [
        {
            "label": _("Served"),
            "number": terms(ect.terms_served),
            "note": _served_of(ect),
        },
        {"label": _("Left"), "number": terms(ect.terms_left), "note": _added(ect)},
    ]
    if ect.completed_on:
        label = _("Complete on") if getdate(ect.completed_on) > today() else _("Completed")
        return [*found, {"label": label, "number": day(ect.completed_on), "note": ""}]
    if failed := next((moment for moment in story.of(DECISION) if moment.against), None):
        return [
            *found,
            {"label": _("Decided"), "number": day(failed.day), "note": failed.text, "href": failed.href},
        ]
    following = story.next_due
    if following and following.waits:
        found.append(
            {
                "label": _("Next"),
                "number": following.text,
                "note": following.state,
                "href": following.href,
            }
        )
    elif following:
        due = due_in_words(following.day)
        found.append(
            {
                "label": _("Next due"),
                "number": due["day"],
                "note": following.text,
                "href": following.href,
                "tag": due["far"] if due["mood"] else "",
                "mood": due["mood"],
            }
        )
    to_come = any(assessment.progress != DONE for assessment in story.of(ASSESSMENT))
    if ect.earliest_final_assessment and to_come:
        found.append(
            {
                "label": _("Final assessment about"),
                "number": day(ect.earliest_final_assessment),
                "note": _("if nothing changes"),
            }
        )
    return found


def picture_text(ect: Document, story: Timeline) -> str:
    """The timeline's picture in two sentences, for those who hear it."""
    records = story.of(REVIEW, ASSESSMENT)
    finished = sum(record.progress == DONE for record in records)
    return _(
        "{0} served. {1} of {2} reviews and assessments are finished. The table below says the same."
    ).format(terms(ect.terms_served), finished, len(records))


def _served_of(ect: Document) -> str:
    """Of how many terms; and why nothing is served yet, when it has begun (2.33)."""
    if not ect.required_terms:
        return ""
    of = _("of {0}").format(terms(ect.required_terms))
    begun = ect.start_date and getdate(ect.start_date) <= today() and not ect.completed_on
    return _("{0}; a term counts once it is complete").format(of) if begun and not ect.terms_served else of


def _added(ect: Document) -> str:
    """What has made the induction longer."""
    if ect.absence_extension_days:
        return _("{0} days added for absence").format(ect.absence_extension_days)
    if ect.extension_terms:
        return _("{0} added by decision").format(terms(ect.extension_terms))
    return ""
