"""One world and one session a role for the whole folder: making them costs more than asking."""

from collections.abc import Iterator

import frappe
import pytest

from tests import factory
from tests.app.access import world as worlds
from tests.http_client import Visitor


@pytest.fixture(scope="package")
def world(bench_site: None) -> Iterator[worlds.World]:
    """Everybody and everything, on a day that does not move."""
    with factory.on_day(worlds.TODAY):
        yield worlds.build()
    frappe.db.rollback()
    frappe.set_user("Administrator")


@pytest.fixture(scope="package")
def visitors(world: worlds.World, url: str) -> dict[str, Visitor]:
    """Each role's person, signed in."""
    return {code: Visitor(url, user) for code, user in world.people.items()}
