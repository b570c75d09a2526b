"""The web application with its static files, for gunicorn: what nginx does on a bench."""

import os
from collections.abc import Callable, Iterable

from frappe.app import application as framework
from frappe.middlewares import StaticDataMiddleware
from whitenoise import WhiteNoise

SITES = os.environ["SITES_PATH"]
# A bundle's name carries a hash of its content: a browser may keep it for good.
BUNDLE = r"^.+\.[A-Z0-9]{8}\.(js|css)$"


def with_public_files(application: Callable) -> Callable:
    """Serve `/files/...` from the site's public folder."""
    public = os.path.join(SITES, os.environ["FRAPPE_SITE"], "public", "files")
    return StaticDataMiddleware(application, {"/files": public})


def without_crawlers(application: Callable) -> Callable:
    """Say to browsers what they may not do with our pages; nginx's part on a bench."""

    def guarded(environ: dict, start_response: Callable) -> Iterable[bytes]:
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

    return guarded


application = WhiteNoise(
    without_crawlers(with_public_files(framework)),
    root=os.path.join(SITES, "assets"),
    prefix="/assets/",
    max_age=300,
    immutable_file_test=BUNDLE,
    autorefresh=bool(os.environ.get("INDUCTION_RELOAD")),
    allow_all_origins=False,
)
