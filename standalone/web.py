"""The web application with its static files, for gunicorn: what nginx does on a bench."""

import gzip
import os
from collections.abc import Callable, Iterable

from frappe.app import application as framework
from frappe.middlewares import StaticDataMiddleware
from whitenoise import WhiteNoise

from standalone.callers import known_callers, named_proxies

SITES = os.environ["SITES_PATH"]
# A bundle's name carries a hash of its content: a browser may keep it for good.
BUNDLE = r"^.+\.[A-Z0-9]{8}\.(js|css)$"
PACKED = ("text/", "application/json", "application/javascript", "image/svg+xml")
SMALLEST_PACKED = 1024


def with_public_files(application: Callable) -> Callable:
    """Serve `/files/...` from the site's public folder."""
    public = os.path.join(SITES, os.environ["FRAPPE_SITE"], "public", "files")
    return StaticDataMiddleware(application, {"/files": public})


def compressed(application: Callable) -> Callable:
    """Send text gzipped to browsers that take it."""

    def packing(environ: dict, start_response: Callable) -> Iterable[bytes]:
        if "gzip" not in environ.get("HTTP_ACCEPT_ENCODING", "") or environ["REQUEST_METHOD"] == "HEAD":
            return application(environ, start_response)
        begun: list = []

        def start(status: str, headers: list, exc_info=None):
            begun[:] = [status, headers, exc_info]

        answer = application(environ, start)
        status, headers, exc_info = begun
        kinds = {name.lower(): value for name, value in headers}
        if "content-encoding" in kinds or not kinds.get("content-type", "").startswith(PACKED):
            start_response(status, headers, exc_info)
            return answer
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        if len(body) >= SMALLEST_PACKED:
            body = gzip.compress(body, 5)
            headers = [pair for pair in headers if pair[0].lower() != "content-length"]
            headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
            headers.append(("Content-Length", str(len(body))))
        start_response(status, headers, exc_info)
        return [body]

    return packing


def guarded(application: Callable) -> Callable:
    """Say to browsers what they may not do with our pages; nginx's part on a bench."""

    def guarding(environ: dict, start_response: Callable) -> Iterable[bytes]:
        def start(status: str, headers: list, exc_info=None):
            names = {name.lower() for name, _ in headers}
            for name, value in (
                ("X-Content-Type-Options", "nosniff"),
                ("X-Frame-Options", "SAMEORIGIN"),
                ("Referrer-Policy", "same-origin"),
            ):
                if name.lower() not in names:
                    headers.append((name, value))
            return start_response(status, headers, exc_info)

        return application(environ, start)

    return guarding


application = WhiteNoise(
    known_callers(compressed(guarded(with_public_files(framework))), named_proxies()),
    root=os.path.join(SITES, "assets"),
    prefix="/assets/",
    max_age=300,
    immutable_file_test=BUNDLE,
    # Files are looked up as they are asked for, so that new bundles show without a restart.
    autorefresh=True,
    allow_all_origins=False,
)
