"""The wording of the notice of a decision, exactly as it will go, before it goes."""

import re

import frappe
from frappe.model.document import Document
from markupsafe import Markup

from induction_app.clock import today
from induction_app.documents.render import PAPERS


def notice_if_sent_today(decision: Document) -> Markup | None:
    """The letter as it would go out today; none while there is no decision to give notice of.

    Made of a copy that is never saved. A notice that has gone out is shown with its own dates.
    """
    if not decision.outcome:
        return None
    copy = frappe.get_doc(decision.as_dict())
    if not copy.notified_on:
        copy.decided_on = copy.decided_on or today()
        copy.decided_by = copy.decided_by or frappe.session.user
        copy.notified_on = today()
        copy.work_out_clocks()
    return body_of(PAPERS[copy.doctype, ""].html(copy))


def body_of(document: str) -> Markup:
    """The part of a letter that is read, its headings below those of a page.

    The documents' own templates have escaped every value, so the markup is ours.
    """
    inside = re.search(r"<main[^>]*>(.*)</main>", document, re.DOTALL)
    text = inside.group(1) if inside else ""
    for old, new in (("h2", "h4"), ("h1", "h3")):
        text = re.sub(rf"<(/?){old}\b", rf"<\1{new}", text)
    return Markup(text)
