"""PDFs, by WeasyPrint; the wheel has a body without content."""

import io
import logging
import mimetypes
import os
from urllib.parse import unquote, urlsplit

import frappe


def get_pdf(html: str, options: dict | None = None, output=None):
    """Restore HTML to PDF.

    `options` are those of the framework's own printing: page-size, page-width, page-height, orientation,
    margin-top and so on, password. With `output`, a pypdf writer, the pages are added to it and it is returned.
    """
    from pypdf import PdfReader, PdfWriter
    from weasyprint import CSS, HTML, LOGGER

    # It warns of every rule in Desk's styles that has no meaning on paper.
    LOGGER.setLevel(logging.ERROR)
    options = dict(options or {})
    if 'id="header-html"' in html or 'id="footer-html"' in html:
        html = _with_repeating_parts(html, options)
    document = HTML(string=html, base_url=frappe.utils.get_url(), url_fetcher=_fetch)
    content = document.write_pdf(stylesheets=[CSS(string=_page_style(options))])
    if output is not None:
        output.append_pages_from_reader(PdfReader(io.BytesIO(content)))
        return output
    if not options.get("password"):
        return content
    writer = PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(options["password"])
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


def pdf_body_html(template, args: dict, **kwargs) -> str:
    """Restore the body of a printed record: the print format's template with its arguments."""
    return template.render(args, filters={"len": len})


# A standard print names the parts that repeat on every page, and says in `page` and `topage` where numbers go.
_REPEATING = """
#header-html { position: running(print-header) }
#footer-html { position: running(print-footer); display: block !important }
.visible-pdf { display: block !important }
.page::after { content: counter(page) }
.topage::after { content: counter(pages) }
a[href]::after { content: none !important }
@page {
    @top-center { content: element(print-header); width: 100%; vertical-align: bottom }
    @bottom-center { content: element(print-footer); width: 100%; vertical-align: top }
}
"""


def _with_repeating_parts(html: str, options: dict) -> str:
    """Return the page with its header and footer set to repeat, and make the margins high enough for them."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html5lib")
    style = soup.new_tag("style")
    style.string = _REPEATING
    for identity, side in (("footer-html", "bottom"), ("header-html", "top")):
        parts = soup.find_all(id=identity)
        for part in parts:
            part.extract()
        if parts:
            options[f"margin-{side}"] = f"{_height(soup, parts[0], options) + 40}px"
            # What repeats must stand before the first page's own text.
            soup.body.insert(0, parts[0])
    soup.head.append(style)
    return str(soup)


def _height(soup, part, options: dict) -> float:
    """Return the height of a repeating part in CSS pixels, measured on a page of its own."""
    from weasyprint import CSS, HTML

    alone = f"<html><head>{soup.head.decode_contents()}</head><body>{part}<a id='end'></a></body></html>"
    shown = (
        "#header-html, #footer-html, .visible-pdf { display: block !important } body { margin: 0 !important }"
    )
    sheet = CSS(string=_page_style({**options, "margin-top": "0mm"}) + shown)
    document = HTML(string=alone, base_url=frappe.utils.get_url(), url_fetcher=_fetch).render(
        stylesheets=[sheet]
    )
    return document.pages[-1].anchors.get("end", (0, 0))[1]


def _page_style(options: dict) -> str:
    """Return the page's size and margins as CSS.

    What was asked for holds over the document's own page rules; the defaults give way to them.
    """
    rules = []
    if options.get("page-width") and options.get("page-height"):
        rules.append(f"size: {options['page-width']} {options['page-height']} !important")
    elif options.get("page-size") or options.get("orientation"):
        orientation = str(options.get("orientation") or "portrait").lower()
        rules.append(f"size: {options.get('page-size') or 'A4'} {orientation} !important")
    else:
        rules.append("size: A4 portrait")
    for side in ("top", "right", "bottom", "left"):
        asked = options.get(f"margin-{side}")
        rules.append(f"margin-{side}: {asked} !important" if asked else f"margin-{side}: 15mm")
    return f"@page {{ {'; '.join(rules)} }}"


def _fetch(url: str, *args, **kwargs):
    """Return a file that a printed page names: of the site or of an app, never from another host."""
    from weasyprint import default_url_fetcher

    if url.startswith("data:"):
        return default_url_fetcher(url)
    parts = urlsplit(url)
    if parts.netloc and parts.netloc != urlsplit(frappe.utils.get_url()).netloc:
        raise ValueError(f"{parts.netloc} is another host")
    path = os.path.normpath(unquote(parts.path)).lstrip("/")
    if path.startswith("assets/"):
        place = os.path.join(frappe.local.sites_path, path)
    elif path.startswith("private/files/"):
        files = frappe.get_all("File", {"file_url": "/" + path}, pluck="name")
        if not any(frappe.has_permission("File", doc=name) for name in files):
            raise PermissionError(f"{path} is a private file")
        place = frappe.get_site_path(path)
    elif path.startswith("files/"):
        place = frappe.get_site_path("public", path)
    else:
        raise ValueError(f"{path} is not a file of this site")
    return {"file_obj": open(place, "rb"), "mime_type": mimetypes.guess_type(place)[0]}


def get_chrome_pdf(*args, **kwargs) -> None:
    """Restore the hook's meaning: None says that another generator makes this PDF."""


def pdf_contains_js(content: bytes) -> bool:
    """Restore the check of uploaded PDFs for scripts; its caller gives the content, not a path."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    names = reader.trailer["/Root"].get("/Names", {})
    action = reader.trailer["/Root"].get("/OpenAction", {})
    return "/JavaScript" in names or (isinstance(action, dict) and "/JS" in action)
