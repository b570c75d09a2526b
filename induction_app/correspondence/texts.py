"""The text of a mail: the administrator's template filled in, its layout, and the same as plain text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import frappe
from frappe import _
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

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


def compose(template: frappe._dict, facts: Mapping[str, str], body: Mapping[str, str]) -> Text:
    """Fill a template in. Values are escaped in the HTML. A template that does not work is logged, and the
    mail goes out in plain words of our own: no mistake in a text may hold up a case or lose a mail."""
    safe = {word: str(escape(value)) for word, value in facts.items()}
    try:
        subject = _render(template.subject, facts)
        content = _render(template.response_html if template.use_html else template.response, safe)
    except Exception:
        frappe.log_error(title=f"Email Template {template.name} does not work")
        subject, content = _plain_words(facts, safe)
    subject = " ".join(subject.split())[:_SUBJECT_LENGTH]
    layout = _layout().get_template("mail.html")
    html = layout.render(
        subject=subject,
        content=Markup(content),  # the administrator's HTML, its values escaped above
        body=body,
        reference=facts["reference"],
        _=_,
    )
    return Text(subject, plain_text(content), html)


def plain_text(html: str) -> str:
    """HTML of a mail as readable plain text; an address follows the words that link to it."""
    reader = _PlainText()
    reader.feed(html)
    reader.close()
    text = re.sub(r"[ \t]+", " ", "".join(reader.parts))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.splitlines())).strip()


def _render(text: str | None, facts: Mapping[str, str]) -> str:
    shown = len(frappe.local.message_log)
    try:
        return frappe.render_template(text or "", dict(facts), is_path=False)
    finally:
        # The framework shows its own message for a broken template to whoever is signed in.
        del frappe.local.message_log[shown:]


def _plain_words(facts: Mapping[str, str], safe: Mapping[str, str]) -> tuple[str, str]:
    subject = f"{facts['record']}: {facts['ect_name'] or facts['school']}"
    sentence = f"{safe['record']} {safe['reference']}: {safe['state']} {safe['due']}"
    link = f'<a href="{safe["link"]}">{safe["link"]}</a>'
    return subject, f"<p>{sentence}</p><p>{link}</p>"


@cache
def _layout() -> Environment:
    return Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)


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
