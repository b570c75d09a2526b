"""Which page answers an address."""

import frappe
import pytest
from frappe.utils import set_request
from frappe.website.path_resolver import resolve_path

from induction_app.page_kit import routes

pytestmark = pytest.mark.usefixtures("site")


@pytest.mark.parametrize(
    ("path", "name", "args"),
    [
        ("sign-in", "sign-in", {}),
        ("your-account", "your-account", {}),
        ("cases/ECT-00001/what-if", "what-if", {"ect": "ECT-00001"}),
    ],
)
def test_addresses_have_pages(path, name, args):
    _page, found, parts = routes.find(path)
    assert (found, dict(parts)) == (name, args)


@pytest.mark.parametrize(
    "path",
    ["", "sign_in", "nothing", "__init__", "../hooks", "what-if", "cases/a/b/c/d", "404", "desk/x"],
)
def test_other_addresses_are_left_to_the_framework(path):
    assert routes.find(path) is None


@pytest.mark.parametrize("path", ("cases/ECT-000001", "cases/ECT-000001/registration/check", "your-account"))
def test_an_address_of_ours_is_its_own_endpoint(site, path):
    assert routes.resolve(path) == path


@pytest.mark.parametrize("path", ("", "index"))
def test_the_root_is_home(site, path):
    assert routes.resolve(path) == "home"


@pytest.mark.parametrize("path", ("printview", "app/ect", "nothing/of/ours"))
def test_the_framework_resolves_the_rest(site, path):
    set_request(method="GET", path=f"/{path}")
    try:
        assert routes.resolve(path) == resolve_path(path)
    finally:
        frappe.local.request = None
