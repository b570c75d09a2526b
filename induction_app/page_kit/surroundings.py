"""What stands around every page: the person, where they can go, notices, and the hidden fields of forms."""

import json
from typing import Any

import frappe

from induction_app.page_kit import guard, headers, once
from induction_app.page_kit.brand import SHIPPED, brand
from induction_app.page_kit.form import Form
from induction_app.page_kit.page import Page

NOTICE_SECONDS = 10 * 60


def of(page: Page | None, form: Form | None) -> dict[str, Any]:
    """The kit's own names in a template's context."""
    signed_in = frappe.session.user != "Guest"
    notice = _take_notice() if signed_in or _visit() else {}
    return {
        "brand": brand(),
        "nonce": headers.nonce(),
        "person": _person() if signed_in else None,
        "navigation": _navigation(page.section if page else "") if signed_in else [],
        "back": page.back() if page else "",
        "notice": notice.get("done", ""),
        "saved_token": notice.get("token", ""),
        "csrf_token": guard.form_token(),
        "submit_token": once.new_token(),
        "assets": _assets(),
    }


def bare() -> dict[str, Any]:
    """The same names when even the surroundings cannot be had, as when a server behind us is down."""
    return {
        "brand": SHIPPED,
        "nonce": headers.nonce(),
        "person": None,
        "navigation": [],
        "back": "",
        "notice": "",
        "saved_token": "",
        "csrf_token": "",
        "submit_token": "",
        "assets": {"style": "", "script": ""},
    }


def keep_for_next_page(done: str, token: str = "") -> None:
    """Show a sentence on the next page this person opens, and tell its script which form was saved.

    Where a form was sent, nothing is told before its changes are committed: the script then gives up its draft.
    """
    key, notice = _notice_key(), json.dumps({"done": done, "token": token})

    def keep() -> None:
        frappe.cache.set(key, notice, ex=NOTICE_SECONDS)

    if frappe.request and frappe.request.method == "POST":
        frappe.db.after_commit.add(keep)
    else:
        keep()  # what only reads is not committed


def _take_notice() -> dict[str, str]:
    # GETDEL would do both, but Redis has it from 6.2 on only.
    with frappe.cache.pipeline(transaction=True) as both:
        kept, _gone = both.get(_notice_key()).delete(_notice_key()).execute()
    return json.loads(kept) if kept else {}


def _notice_key() -> bytes:
    whose = frappe.session.sid if frappe.session.user != "Guest" else f"visit:{_visit()}"
    return frappe.cache.make_key(f"induction_notice:{whose}")


def _visit() -> str:
    return frappe.local.flags.induction_visit or frappe.request.cookies.get(guard.GUEST_COOKIE) or ""


def _person() -> dict[str, str]:
    """Name, and role where the app tells it through the `induction_person` hook."""
    user = frappe.session.user
    # The framework has read the account to sign the person in; it is at hand.
    name = frappe.get_cached_value("User", user, "full_name") or user
    person = {"name": name, "role": "", "organisation": ""}
    for method in frappe.get_hooks("induction_person"):
        person |= frappe.get_attr(method)(user) or {}
    return person


def _navigation(section: str) -> list[dict[str, Any]]:
    """Links given by the `induction_navigation` hook: text and href each; the current one is marked."""
    here = frappe.request.path.rstrip("/") or "/"
    links = [
        dict(link)
        for method in frappe.get_hooks("induction_navigation")
        for link in frappe.get_attr(method)() or []
    ]
    for link in links:
        href = link["href"].split("?")[0].rstrip("/") or "/"
        link["current"] = href == here
        link["active"] = href == section if section else href != "/" and here.startswith(f"{href}/")
    return links


def _assets() -> dict[str, str]:
    from frappe.utils.jinja_globals import include_script, include_style

    return {
        "style": include_style("induction.bundle.css"),
        "script": include_script("induction.bundle.js"),
    }
