"""Who is calling: addresses that a caller gives for itself are believed only from a proxy that we named.

The framework takes the first address of `X-Forwarded-For`, for lock-outs and in its logs. On a bench, nginx
writes that header; here nobody does unless a proxy stands in front.
"""

import os
from collections.abc import Callable, Collection, Iterable

_GIVEN = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP")


def known_callers(application: Callable, proxies: Collection[str]) -> Callable:
    """Drop what a caller says of its own address; of a proxy's header keep the address that proxy saw."""

    def knowing(environ: dict, start_response: Callable) -> Iterable[bytes]:
        said = environ.get("HTTP_X_FORWARDED_FOR", "")
        if environ.get("REMOTE_ADDR") not in proxies:
            for name in _GIVEN:
                environ.pop(name, None)
        elif said:
            # A proxy appends the address that called it; what stands before came with the request.
            environ["HTTP_X_FORWARDED_FOR"] = said.rsplit(",", 1)[-1].strip()
        return application(environ, start_response)

    return knowing


def named_proxies() -> frozenset[str]:
    """The addresses under `proxies` of `[web]`, as the supervisor hands them to the web server."""
    return frozenset(os.environ.get("INDUCTION_PROXIES", "").split())
