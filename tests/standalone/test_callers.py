"""Whose word on a caller's address is taken."""

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from standalone.callers import known_callers


def framework_would_see(peer: str, **headers: str) -> str:
    """The address that the framework takes from a request."""

    @Request.application
    def application(request: Request) -> Response:
        forwarded = request.headers.get("X-Forwarded-For", "")
        return Response(forwarded.split(",")[0].strip() or request.remote_addr)

    client = Client(known_callers(application, {"10.0.0.1"}))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/", headers=named, environ_base={"REMOTE_ADDR": peer}).text


@pytest.mark.parametrize(
    ("peer", "said", "seen"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.7, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_address_is_the_peers_or_what_a_named_proxy_saw(peer, said, seen):
    assert framework_would_see(peer, **({"X_Forwarded_For": said} if said else {})) == seen


def test_another_header_with_an_address_is_dropped():
    @Request.application
    def application(request: Request) -> Response:
        return Response(request.headers.get("X-Real-IP", "none"))

    client = Client(known_callers(application, set()))
    assert client.get("/", headers={"X-Real-IP": "192.0.2.7"}).text == "none"
