"""One form acts once, however often it is sent: double click, impatient reload, back and send again.

Every form carries a token made when the page was shown. The first request with it claims it in Redis; a
second one waits for the first to finish and is given the same answer. A token whose request failed is free
again.
"""

import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass

import frappe

WORKING_SECONDS = 180
REMEMBERED_SECONDS = 24 * 60 * 60
PATIENCE_SECONDS = 20
_OF_THE_KIT = {"csrf_token", "submit_token", "record_modified", "record_opened"}


@dataclass(frozen=True)
class Earlier:
    """What an earlier request with the same token did: where it led, and a digest of what was sent."""

    digest: str
    location: str = ""
    finished: bool = False


def new_token() -> str:
    return secrets.token_urlsafe(18)


def claim(token: str, digest: str) -> Earlier | None:
    """Take the token for this request (None), or tell what the earlier request with it did."""
    mine = json.dumps({"digest": digest, "location": "", "finished": False})
    if frappe.cache.set(_key(token), mine, nx=True, ex=WORKING_SECONDS):
        # A commit that fails must not leave the form unsendable.
        frappe.db.after_rollback.add(lambda: release(token))
        return None
    until = time.monotonic() + PATIENCE_SECONDS
    while (earlier := _look(token)) and not earlier.finished and time.monotonic() < until:
        time.sleep(0.1)
    return earlier or claim(token, digest)


def finish(token: str, digest: str, location: str) -> None:
    """Remember where the form led, once its changes are committed."""
    done = json.dumps({"digest": digest, "location": location, "finished": True})
    frappe.db.after_commit.add(lambda: frappe.cache.set(_key(token), done, ex=REMEMBERED_SECONDS))


def release(token: str) -> None:
    """Free the token: nothing was done with it."""
    frappe.cache.delete(_key(token))


def digest_of(posted: Mapping[str, str]) -> str:
    """A fingerprint of what was sent, to tell the same form sent twice from a changed one."""
    sent = [(name, text) for name, text in posted.items(multi=True) if name not in _OF_THE_KIT]
    return hashlib.sha256(json.dumps(sorted(sent)).encode()).hexdigest()


def remember_autosave(token: str, stamp: str) -> None:
    """Remember which state of the record a form's own autosave made, once it is committed."""
    if is_token(token):
        frappe.db.after_commit.add(
            lambda: frappe.cache.set(_autosave_key(token), stamp, ex=REMEMBERED_SECONDS)
        )


def autosaved(token: str) -> str:
    """The state of the record that this form's own autosaves have made; empty for none."""
    kept = frappe.cache.get(_autosave_key(token)) if is_token(token) else None
    return kept.decode() if kept else ""


def is_token(text: str | None) -> bool:
    return bool(text) and len(text) == 24 and text.replace("-", "").replace("_", "").isalnum()


def _look(token: str) -> Earlier | None:
    found = frappe.cache.get(_key(token))
    return Earlier(**json.loads(found)) if found else None


def _autosave_key(token: str) -> bytes:
    return frappe.cache.make_key(f"induction_autosave:{token}")


def _key(token: str) -> bytes:
    # The token alone: signing in changes the session between claim and finish.
    return frappe.cache.make_key(f"induction_form:{token}")
