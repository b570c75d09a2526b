"""Which page answers an address.

An address with no varying part is the file's name in `www/`. The others are the `induction_routes` of hooks.py, in
the form of the framework's `website_route_rules`. The framework compiles its rules anew for every request, which
would cost more than the page itself; ours are compiled once.
"""

import importlib
import importlib.util
import re
from collections.abc import Mapping
from functools import lru_cache

import frappe
from frappe.website.path_resolver import resolve_path
from frappe.website.utils import get_home_page
from werkzeug.routing import Map, Rule
from werkzeug.routing.exceptions import HTTPException, RequestRedirect

from induction_app.page_kit.page import Page


def resolve(path: str) -> str:
    """The endpoint of an address; named as `website_path_resolver` in hooks.py.

    An address of ours is its own endpoint. The framework resolves the others.
    """
    ours = get_home_page() if path in ("", "index") else path
    if find(ours):
        frappe.local.path = ours
        return ours
    try:
        return resolve_path(path)
    except RequestRedirect as elsewhere:
        frappe.flags.redirect_location = elsewhere.new_url
        raise frappe.Redirect(elsewhere.code) from elsewhere


def find(path: str) -> tuple[type[Page], str, Mapping[str, str]] | None:
    """The page of an address, its name in `www/`, and what the varying parts of the address are."""
    rules = tuple((rule["from_route"], rule["to_route"]) for rule in frappe.get_hooks("induction_routes"))
    name, args = path, {}
    if "/" in path:
        try:
            name, args = _map(rules).bind("").match(f"/{path}")
        except HTTPException:
            return None
    elif (f"/{path}", path) not in rules and any(path == target for _address, target in rules):
        # A page about one record is nothing without the record's part of the address.
        return None
    page = page_class(name)
    return (page, name, args) if page else None


@lru_cache(maxsize=256)
def page_class(name: str) -> type[Page] | None:
    """The Page of a name: `your-account` is in `www/your_account.py`."""
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
        return None
    module_name = f"induction_app.www.{name.replace('-', '_')}"
    if importlib.util.find_spec(module_name) is None:
        return None
    module = importlib.import_module(module_name)
    own = (
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and thing.__module__ == module_name
    )
    return next((thing for thing in own if issubclass(thing, Page)), None)


@lru_cache(maxsize=8)
def _map(rules: tuple[tuple[str, str], ...]) -> Map:
    return Map([Rule(address, endpoint=target) for address, target in rules], strict_slashes=False)
