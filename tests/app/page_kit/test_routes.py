"""Which page answers an address."""

import pytest

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
