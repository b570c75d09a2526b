"""Sends what the mail rules ask for: when a record comes to a stage, when an event is recorded, and daily."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, cint

from induction_app.clock import today
from induction_app.correspondence import letters, outbox, rules, texts
from induction_app.correspondence.facts import facts_for
from induction_app.correspondence.recipients import Directory, Recipient
from induction_app.correspondence.rules import AFTER_DUE, BEFORE_DUE, EVENT_RECORDED, STAGE_REACHED, Occasion
from induction_app.workflows.stages import PATHS, STAGES, open_stages

_BATCH = 500
_TRIES = 3
_LONG_TEXTS = ("Text", "Long Text", "Small Text", "Text Editor", "Code", "HTML Editor", "JSON", "Table")
_NO_COLUMN = ("Section Break", "Column Break", "Tab Break", "HTML", "Button", "Heading", "Table MultiSelect")


def send_for_stage(doc: Document) -> None:
    """Mails for the stage a record has just come to, in the same transaction: both happen or neither.

    Whoever moved the record there is not told of it, except by letter.
    """
    if frappe.flags.in_install or frappe.flags.in_migrate:
        return
    found = rules.rules_for(doc.doctype, STAGE_REACHED)
    if not found:
        return
    record = doc.as_dict()
    occasions = rules.stage_occasions(found, record, arrived=doc.get_doc_before_save() is not None)
    if STAGES[doc.doctype][doc.stage].closed:
        occasions = [occasion for occasion in occasions if occasion.rule.stage]
    _send(doc.doctype, [(record, occasions)], today(), doc, passing_over=frappe.session.user)
    letters.say_what_to_post(doc, [occasion.rule for occasion in occasions])


def send_for_event(event: Document, method: str | None = None) -> None:
    """Mails for an Induction Event that has just been written, in the same transaction."""
    if not event.reference_doctype or frappe.flags.in_install or frappe.flags.in_migrate:
        return
    found = rules.rules_for(event.reference_doctype, EVENT_RECORDED, event=event.event)
    if not found:
        return
    record = frappe.get_doc(event.reference_doctype, event.reference_name).as_dict()
    details = json.loads(event.details or "{}")
    occasions = [
        Occasion(rule, f"event {event.name}") for rule in found if rules.holds(rule, record, details)
    ]
    _send(event.reference_doctype, [(record, occasions)], today(), passing_over=frappe.session.user)


def send_due(on: date | None = None, batch_size: int = _BATCH) -> int:
    """The daily job: reminders before and after due dates. Returns how many mails were written.

    Goes through the records in batches and commits each. May run twice, be killed, or run beside itself:
    every mail has a key that can be used once. Queries grow with the batches, not with the records.
    """
    on = on or today()
    written = 0
    for doctype in PATHS:
        found = rules.rules_for(doctype, BEFORE_DUE, AFTER_DUE)
        for batch in _due_records(doctype, found, on, batch_size):
            asked = [(record, rules.due_occasions(found, record, on)) for record in batch]
            written += _commit_batch(doctype, [pair for pair in asked if pair[1]], on)
    return written


def _due_records(
    doctype: str, found: list[frappe._dict], on: date, batch_size: int
) -> Iterator[list[frappe._dict]]:
    """Open records some rule may speak of on a day, in batches."""
    if not found:
        return
    ahead = max([cint(rule.days) for rule in found if rule.happens_when == BEFORE_DUE], default=-1)
    filters = [
        ["stage", "in", open_stages(doctype)],
        ["due_on", "is", "set"],  # while an induction is paused nothing of it is due
        ["due_on", "<=", add_days(on, ahead)],
    ]
    if not any(rule.happens_when == AFTER_DUE for rule in found):
        filters.append(["due_on", ">=", on])
    fields = _short_fields(doctype) if not any(rule.only_when for rule in found) else ["*"]
    last = ""
    while batch := frappe.get_all(
        doctype,
        filters=[*filters, ["name", ">", last]],
        fields=fields,
        order_by="name asc",
        limit=batch_size,
    ):
        yield batch
        last = batch[-1].name


def _short_fields(doctype: str) -> list[str]:
    """A record's columns without its long texts, which no mail uses."""
    meta = frappe.get_meta(doctype)
    kept = [df.fieldname for df in meta.fields if df.fieldtype not in (*_LONG_TEXTS, *_NO_COLUMN)]
    return ["name", "modified", *kept]


def _commit_batch(doctype: str, asked: list[tuple[Mapping, list[Occasion]]], on: date) -> int:
    for attempt in range(1, _TRIES + 1):
        try:
            written = _send(doctype, asked, on) if asked else 0
            frappe.db.commit()
            return written
        except frappe.QueryDeadlockError:
            frappe.db.rollback()
            if attempt == _TRIES:
                raise
    return 0


def _send(
    doctype: str,
    asked: Iterable[tuple[Mapping, list[Occasion]]],
    on: date,
    doc: Document | None = None,
    passing_over: str | None = None,
) -> int:
    """Write the mails that records and their occasions ask for. Returns how many were new."""
    asked = [pair for pair in asked if pair[1]]
    if not asked:
        return 0
    with_actors = any(occasion.rule.to_next_actors for _record, found in asked for occasion in found)
    directory = Directory(doctype, [record for record, _found in asked], with_actors)
    wanted = {}
    for record, occasions in asked:
        for occasion, recipient in _addressed(directory, record, occasions, passing_over):
            wanted[_key(occasion, doctype, record, recipient)] = (record, occasion, recipient)
    for key in outbox.spent(wanted):
        del wanted[key]
    if not wanted:
        return 0
    words = texts.templates({occasion.rule.email_template for _r, occasion, _p in wanted.values()})
    made = letters.Cabinet(doc)
    mails = [
        _mail(key, directory, record, occasion, recipient, words, made, on)
        for key, (record, occasion, recipient) in wanted.items()
    ]
    return len(outbox.write(mails))


def _addressed(
    directory: Directory, record: Mapping, occasions: list[Occasion], passing_over: str | None
) -> Iterator[tuple[Occasion, Recipient]]:
    """Each occasion with its recipients. A person whom a rule for this very stage speaks to does not get the
    mail for every stage too, and of several reminders only the one nearest to the due date."""
    spoken_to: set[tuple[str, str]] = set()
    chosen: list[tuple[Occasion, Recipient]] = []
    nearest: dict[str, int] = {}
    for occasion in occasions:
        rule = occasion.rule
        for recipient in directory.recipients(rule, record):
            moved_it_here = recipient.user and recipient.user == passing_over
            if (moved_it_here and not rule.letter) or not letters.may_have(
                rule, directory, record, recipient
            ):
                continue
            # Rules for one stage come before those for every stage.
            if rule.stage:
                spoken_to.add((recipient.email, rule.happens_when))
            elif (recipient.email, rule.happens_when) in spoken_to:
                continue
            nearest[recipient.email] = min(occasion.distance, nearest.get(recipient.email, occasion.distance))
            chosen.append((occasion, recipient))
    for occasion, recipient in chosen:
        if occasion.distance == nearest[recipient.email]:
            yield occasion, recipient


def _key(occasion: Occasion, doctype: str, record: Mapping, recipient: Recipient) -> str:
    return outbox.key_of(
        occasion.rule.rule_key,
        doctype,
        record["name"],
        cint(record.get("version")),
        record.get("stage") or "",
        occasion.name,
        recipient.email.casefold(),
    )


def _mail(key, directory, record, occasion, recipient, words, made, on) -> outbox.Mail:
    body = directory.body_of(record)
    facts = facts_for(record, recipient, directory, on)
    return outbox.Mail(
        key=key,
        rule=occasion.rule.name,
        recipient=recipient,
        text=texts.compose(words[occasion.rule.email_template], facts, body),
        doctype=directory.doctype,
        record=record["name"],
        ect=directory.ect_of(record).name,
        school=directory.school_of(record).name,
        body=body,
        letter=made.letter(occasion.rule.letter),
    )
