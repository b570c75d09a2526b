"""Where an ECT stands: the few figures at the head of their page, and the picture in a sentence."""

from typing import Any

from frappe import _
from frappe.model.document import Document

from induction_app.page_kit.environment import day
from induction_app.pages.cases import due_in_words, terms
from induction_app.pages.timeline import ASSESSMENT, DONE, REVIEW, Timeline


def figures(ect: Document, story: Timeline) -> list[dict[str, Any]]:
    """Terms served and left, what is due next, and when the end is: label, number, note and link each."""
    found = [
        {
            "label": _("Served"),
            "number": terms(ect.terms_served),
            "note": _("of {0}").format(terms(ect.required_terms)) if ect.required_terms else "",
        },
        {"label": _("Left"), "number": terms(ect.terms_left), "note": _added(ect)},
    ]
    if ect.completed_on:
        return [*found, {"label": _("Completed"), "number": day(ect.completed_on), "note": ""}]
    if following := story.next_due:
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
    if ect.earliest_final_assessment:
        found.append(
            {
                "label": _("Earliest final assessment"),
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


def _added(ect: Document) -> str:
    """What has made the induction longer."""
    if ect.absence_extension_days:
        return _("{0} days added for absence").format(ect.absence_extension_days)
    if ect.extension_terms:
        return _("{0} added by decision").format(terms(ect.extension_terms))
    return ""
