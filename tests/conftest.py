"""The site that tests run on, told by the environment: any bench's, or the one that `./induction test` makes.

INDUCTION_SITE, INDUCTION_SITES_PATH and INDUCTION_URL name it. Tests of the rules need none of them.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes to make says more about the machine than about the test.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def site_name() -> str:
    """Return the name of the site under test."""
    name = os.environ.get("INDUCTION_SITE")
    if not name:
        pytest.fail("INDUCTION_SITE is not set. Run the tests with ./induction test.")
    return name


@pytest.fixture(scope="session")
def url() -> str:
    """Return the address of the web server under test, without a slash at its end."""
    return os.environ["INDUCTION_URL"].rstrip("/")


@pytest.fixture(scope="session")
def bench_site(site_name: str) -> Iterator[None]:
    """Open the site for the whole run, as Administrator."""
    import frappe

    os.chdir(os.environ["INDUCTION_SITES_PATH"])
    frappe.init(site_name, sites_path=os.environ["INDUCTION_SITES_PATH"])
    frappe.connect()
    yield
    frappe.destroy()


@pytest.fixture
def site(bench_site: None) -> Iterator[None]:
    """Give one test the site as Administrator, and take back at its end whatever it did not commit."""
    import frappe

    # Requests to the web server commit on connections of their own: begin with a fresh view of the data.
    frappe.db.rollback()
    frappe.set_user("Administrator")
    yield
    frappe.set_user("Administrator")
    frappe.db.rollback()
    frappe.local.message_log = []
    frappe.clear_cache()
