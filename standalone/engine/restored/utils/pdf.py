"""PDFs, by WeasyPrint; the wheel has a body without content."""

import io
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
    from weasyprint import CSS, HTML

    options = options or {}
    document = HTML(string=html, base_url=frappe.utils.get_url(), url_fetcher=_fetch)
    content = document.write_pdf(stylesheets=[CSS(string=_page_style(options))], pdf_ua="pdf-ua" in options)
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


def _page_style(options: dict) -> str:
    """Return the page's size and margins as CSS; a page rule of the document itself comes later and wins."""
    if options.get("page-width") and options.get("page-height"):
        size = f"{options['page-width']} {options['page-height']}"
    else:
        size = f"{options.get('page-size') or 'A4'} {str(options.get('orientation') or 'portrait').lower()}"
    margins = [
        f"margin-{side}: {options.get(f'margin-{side}') or '15mm'};"
        for side in ("top", "right", "bottom", "left")
    ]
    return f"@page {{ size: {size}; {' '.join(margins)} }}"


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


def pdf_contains_js(path: str | None = None, content: bytes | None = None) -> bool:
    """Restore the check of uploaded PDFs for scripts."""
    from pypdf import PdfReader

    reader = PdfReader(path or io.BytesIO(content))
    names = reader.trailer["/Root"].get("/Names", {})
    action = reader.trailer["/Root"].get("/OpenAction", {})
    return "/JavaScript" in names or (isinstance(action, dict) and "/JS" in action)
