"""Turns plain data and a template into a tagged, accessible PDF. Pure: no framework, no network, no files
but our own style sheet and typefaces."""

import logging
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

import weasyprint
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint.text.fonts import FontConfiguration

from induction_app.documents import wording

_HERE = Path(__file__).parent
# Addresses of our own resources inside a document; nothing else can be fetched.
_RESOURCES = "induction-print:///"
_ONCE_A_THREAD = threading.local()

# The PDF library reports each style rule it does not know; those are ours to see in tests, not an operator's.
logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


class ResourceRefusedError(ValueError):
    """A document asked for something that is not part of this package."""


def html(template: str, data: dict, translate: Callable[[str], str] = str) -> str:
    """The HTML of a document: `template` (a file name) with `data`, every value escaped.

    `translate` turns our English sentences into the reader's language. A value a template names and
    `data` lacks raises `jinja2.UndefinedError`: a letter with a hole in it must not go out.
    """
    return _environment().get_template(template).render(**data, _=translate)


def pdf(document: str) -> bytes:
    """A PDF/UA-1 file of an HTML document made by `html`.

    Reads only our style sheet and typefaces: a web address or file path in the document is never followed.
    """
    style, fonts = _style()
    page = weasyprint.HTML(string=document, base_url=_RESOURCES, url_fetcher=own_resources_only)
    return page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")


def own_resources_only(url: str, *_args, **_kwargs) -> object:
    """Give the PDF library one of our own typefaces; refuse every other address."""
    name = url.removeprefix(_RESOURCES)
    if not url.startswith(_RESOURCES) or name not in _fonts():
        raise ResourceRefusedError(f"{url} is not part of this document")
    return _response(url, (_HERE / "fonts" / name).read_bytes())


def _response(url: str, body: bytes) -> object:
    # WeasyPrint 68 brought a response class and will drop the dictionary that older versions want.
    response = getattr(weasyprint.urls, "URLFetcherResponse", None)
    if response:
        return response(url, body=body, headers={"Content-Type": "font/woff2"})
    return {"string": body, "mime_type": "font/woff2"}


@cache
def _fonts() -> frozenset[str]:
    return frozenset(path.name for path in (_HERE / "fonts").glob("*.woff2"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        prose=wording.prose,
        long_date=wording.long_date,
        moment=wording.moment,
        number=wording.number,
        terms=wording.terms,
    )
    return environment


def _style() -> tuple[weasyprint.CSS, FontConfiguration]:
    """Style sheet and typefaces, read once a thread: reading them takes longer than setting a page."""
    if not hasattr(_ONCE_A_THREAD, "style"):
        fonts = FontConfiguration()
        style = weasyprint.CSS(
            string=(_HERE / "print.css").read_text(encoding="utf-8"),
            base_url=_RESOURCES,
            url_fetcher=own_resources_only,
            font_config=fonts,
        )
        _ONCE_A_THREAD.style = style, fonts
    return _ONCE_A_THREAD.style
