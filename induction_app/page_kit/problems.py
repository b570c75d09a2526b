"""What is wrong with what a person sent: a sentence, and the question it belongs to."""

import html
import re
from collections.abc import Iterable

import frappe
from frappe import _


class Problem(Exception):  # noqa: N818 - what a person is told, not a fault of the program
    """One thing to put right, with the name of the field it belongs to.

    Raise it from `Page.post` for what only this page can know. Rules of the records belong in their
    controllers, whose `frappe.throw` sentences are linked to fields by `problems_from`.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def plain_text(message: str) -> str:
    """The sentence without markup: the framework's own messages carry tags and entities."""
    with_breaks = re.sub(r"<(br|/p|/li|/div)[^>]*>", " ", message)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", with_breaks)).split())


def sentence_of(error: Exception) -> str:
    """What an error says to people; a clash that only the database saw carries its words, not ours."""
    if isinstance(error, frappe.UniqueValidationError | frappe.DuplicateEntryError) and len(error.args) > 1:
        return _(
            "This has been saved already, perhaps by somebody else just now. Open the page again to see."
        )
    return plain_text(str(error))


def problems_from(
    error: Exception, labels: dict[str, str], record_labels: dict[str, str] | None = None
) -> list[Problem]:
    """The sentences of a refused save, each with the field it names.

    `labels` maps field names to what the page calls them, `record_labels` to what the record does. A sentence
    belongs to the field whose label it contains (longest first), since every sentence of the app names its
    field.
    """
    if isinstance(error, Problem):
        return [error]
    if isinstance(error, frappe.MandatoryError) and str(error).startswith("["):
        return _missing_fields(str(error), labels)
    named = getattr(error, "fieldname", "")
    return [
        Problem(text, named or field_named_in(text, labels) or field_named_in(text, record_labels or {}))
        for text in _sentences(error)
    ]


def field_named_in(sentence: str, labels: dict[str, str]) -> str:
    """The name of the field whose label stands in the sentence, or an empty string."""
    lowered = sentence.lower()
    for field, label in sorted(labels.items(), key=lambda item: -len(item[1])):
        if label and re.search(rf"\b{re.escape(label.lower().rstrip('?'))}\b", lowered):
            return field
    return ""


def _missing_fields(message: str, labels: dict[str, str]) -> list[Problem]:
    """The framework says `[Record, name]: field, field`; our own sentences say it in words."""
    names = [name.strip() for name in message.rsplit(":", 1)[-1].split(",")]
    return [
        Problem(_("Enter {0}").format(_lower_first(labels.get(name, name.replace("_", " ")))), name)
        for name in names
        if name
    ]


def _sentences(error: Exception) -> Iterable[str]:
    """What `frappe.throw` said; the messages of a refused save are taken off the framework's list."""
    said = sentence_of(error)
    frappe.clear_messages()
    return [said or _("This could not be saved. Check what you entered and try again.")]


def _lower_first(label: str) -> str:
    """`Date of birth` becomes `date of birth`; `TRN` stays."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
