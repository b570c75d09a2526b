"""The text of a mail: the administrator's template filled in, its layout, and the same as plain text."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from html.parser import HTMLParser
from pathlib import Path

import frappe
from frappe import _
from frappe.model.document import Document
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from induction_app.correspondence.facts import WORDS

_SUBJECT_LENGTH = 240
_BREAKING = {"p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "hr"}


@dataclass(frozen=True)
class Text:
    """A mail's words: subject, plain text as kept on the case, and the laid-out HTML."""

    subject: str
    plain: str
    html: str


def templates(names: set[str]) -> dict[str, frappe._dict]:
    """Subject and body of Email Templates by name, as the administrator has them now. One query."""
    rows = frappe.get_all(
        "Email Template",
        filters={"name": ("in", sorted(names))},
        fields=["name", "subject", "use_html", "response", "response_html"],
    )
    return {row.name: row for row in rows}


def compose(
    template: frappe._dict, facts: Mapping[str, str], body: Mapping[str, str], reason: str = ""
) -> Text:
    """Fill a template in. Values are escaped in the HTML. A template that does not work is logged, and the
    mail goes out in plain words of our own: no mistake in a text may hold up a case or lose a mail.
    `reason` says below the mail why it was sent; left out, it is that the reader takes part in an induction."""
    try:
        subject, content = _fill_in(template, facts)
    except Exception:
        frappe.log_error(title=f"Email Template {template.name} does not work")
        subject, content = _plain_words(facts)
    subject = " ".join(subject.split())[:_SUBJECT_LENGTH]
    html = _layout().render(
        subject=subject,
        content=Markup(content),  # the administrator's HTML, every value in it escaped
        body=body,
        reference=facts["reference"],
        reason=reason,
        _=_,
    )
    return Text(subject, plain_text(content), html)


def check_template(template: Document | frappe._dict, words: Collection[str] = tuple(WORDS)) -> None:
    """Refuse a text that is in use and cannot be filled in with its words. Throws a sentence with the reason."""
    try:
        subject, content = _fill_in(template, dict.fromkeys(words, "1"))
        if not (subject.strip() and plain_text(content).strip()):
            raise ValueError(_("it has no subject or no text"))
    except Exception as error:  # whatever it is, the administrator learns of it now and not from a lost mail
        frappe.throw(
            _("Text {0}: {1}. The words you can use are {2}.").format(
                template.name, str(error).rstrip("."), ", ".join(words)
            )
        )


def check_template_in_use(template: Document, method: str | None = None) -> None:
    """Before an Email Template is saved: if a mail rule sends it, it has to work."""
    if frappe.db.exists("Mail Rule", {"email_template": template.name}):
        check_template(template)


def plain_text(html: str) -> str:
    """HTML of a mail as readable plain text; an address follows the words that link to it."""
    reader = _PlainText()
    reader.feed(html)
    reader.close()
    text = re.sub(r"[ \t]+", " ", "".join(reader.parts))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.splitlines())).strip()


def _fill_in(template: Document | frappe._dict, facts: Mapping[str, str]) -> tuple[str, str]:
    content = template.response_html if template.use_html else template.response
    return (
        _compiled(template.subject or "", False).render(facts),
        _compiled(content or "", True).render(facts),
    )


@lru_cache(maxsize=256)
def _compiled(text: str, escaping: bool) -> Template:
    # A sandbox with nothing in it but the words: a text cannot fetch what its reader may not see.
    return SandboxedEnvironment(autoescape=escaping, undefined=StrictUndefined).from_string(text)


def _plain_words(facts: Mapping[str, str]) -> tuple[str, str]:
    subject = f"{facts['record']}: {facts['ect_name'] or facts['school']}"
    line = Markup('<p>{record} {reference}: {state} {due}</p><p><a href="{link}">{link}</a></p>')
    return subject, line.format(**facts)


@cache
def _layout() -> Template:
    return Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True).get_template(
        "mail.html"
    )


class _PlainText(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.address = ""
        self.words_from = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKING:
            self.parts.append("\n- " if tag == "li" else "\n")
        if tag == "a":
            self.address, self.words_from = dict(attrs).get("href") or "", len(self.parts)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4"):
            self.parts.append("\n")
        if tag == "a" and self.address:
            words = "".join(self.parts[self.words_from :]).strip()
            if words != self.address:
                self.parts.append(f": {self.address}")
            self.address = ""

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))
