"""The templates of the pages. Escaping is on, and a misspelt name is an error."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

import frappe
from frappe.utils import get_datetime, getdate
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from induction_app.page_kit.govuk import govuk


def render(template: str, context: dict[str, Any]) -> str:
    """A template of the app, by its path in the app, such as `www/sign-in.html`."""
    return environment().get_template(template).render({"_": _Words().__getitem__, **context})


class _Words(dict):
    """The texts of one page in its reader's language: a table says the same words in every row."""

    def __missing__(self, text: str) -> str:
        self[text] = frappe._(text)
        return self[text]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """One for the process: holds nothing of a request or a site."""
    made = Environment(
        loader=PackageLoader("induction_app", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(govuk=govuk, _=frappe._)
    made.filters.update(day=day, moment=moment, paragraphs=paragraphs, url=safe_url)
    made.globals["kit"] = made.get_template("templates/kit/components.html").module
    return made


def day(value: Any, missing: str = "") -> str:
    """A date as `1 September 2025`."""
    if not value:
        return missing
    known = value if isinstance(value, date) else getdate(value)
    return f"{known.day} {known:%B %Y}"


def moment(value: Any, missing: str = "") -> str:
    """A time as `1 September 2025 at 2:05pm`."""
    if not value:
        return missing
    known = value if isinstance(value, datetime) else get_datetime(value)
    hour = f"{known.hour % 12 or 12}:{known:%M}{'am' if known.hour < 12 else 'pm'}"
    return f"{day(known)} at {hour}"


def paragraphs(text: str | None) -> Markup:
    """What a person wrote, escaped, with its paragraphs and line breaks kept."""
    blocks = [block for block in (text or "").replace("\r\n", "\n").split("\n\n") if block.strip()]
    return Markup("\n").join(
        Markup('<p class="govuk-body">{}</p>').format(
            Markup("<br>").join(escape(line) for line in block.strip().split("\n"))
        )
        for block in blocks
    )


def safe_url(link: str | None) -> str:
    """A link inside this site, or `#`: keeps `javascript:` and other hosts out of href."""
    return link if link and link.startswith("/") and not link.startswith("//") else "#"
