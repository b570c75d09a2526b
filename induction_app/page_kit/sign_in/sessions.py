"""Where a person is signed in, and ending it there."""

import hashlib
import re
from dataclasses import dataclass

import frappe
from frappe.sessions import clear_sessions, delete_session


@dataclass(frozen=True)
class SignedIn:
    """One session. `handle` names it in a form without giving the session away."""

    handle: str
    device: str
    address: str
    last_used: str
    here: bool


def sessions_of_person() -> list[SignedIn]:
    """The signed-in person's sessions, this one first, then the latest."""
    sessions = [_described(row) for row in _rows()]
    return sorted(sessions, key=lambda one: (not one.here, _backwards(one.last_used)))


def end(handle: str) -> None:
    """Sign out of one other session of the same person; one already gone is fine."""
    for row in _rows():
        if _handle(row.sid) == handle and row.sid != frappe.session.sid:
            delete_session(row.sid, user=frappe.session.user, reason="Signed out by the person")


def end_all_others() -> None:
    """Sign out everywhere but here."""
    clear_sessions(frappe.session.user, keep_current=True, force=True)


def _rows() -> list:
    table = frappe.qb.DocType("Sessions")
    query = (
        frappe.qb.from_(table)
        .select(table.sid, table.sessiondata, table.lastupdate)
        .where(table.user == frappe.session.user)
        .orderby(table.lastupdate, order=frappe.qb.desc)
        .limit(50)
    )
    return query.run(as_dict=True)


def _described(row) -> SignedIn:
    try:
        data = frappe.parse_json(row.sessiondata) or {}
    except ValueError:
        data = {}
    return SignedIn(
        handle=_handle(row.sid),
        device=device_named(data.get("user_agent") or ""),
        address=data.get("session_ip") or "",
        last_used=str(data.get("last_updated") or row.lastupdate or ""),
        here=row.sid == frappe.session.sid,
    )


def _handle(sid: str) -> str:
    return hashlib.sha256(sid.encode()).hexdigest()


def _backwards(time: str) -> float:
    return -frappe.utils.get_datetime(time).timestamp() if time else 0.0


def device_named(user_agent: str) -> str:
    """A browser and system in words, such as `Firefox on Windows`, from what the browser says of itself."""
    browsers = (
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox|FxiOS", "Firefox"),
        ("Chrome|CriOS|Chromium", "Chrome"),
        ("Safari", "Safari"),
    )
    systems = (
        ("iPhone|iPad", "an iPhone or iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS|Macintosh", "a Mac"),
        ("CrOS", "a Chromebook"),
        ("Linux", "Linux"),
    )
    browser = next((name for pattern, name in browsers if re.search(pattern, user_agent)), "")
    system = next((name for pattern, name in systems if re.search(pattern, user_agent)), "")
    if browser and system:
        return frappe._("{0} on {1}").format(browser, system)
    return browser or frappe._("Another program")
