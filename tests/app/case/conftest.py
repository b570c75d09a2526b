import frappe
import pytest

from tests import factory
from tests.app.case.deciding import received_final


@pytest.fixture
def case(site):
    """A final assessment received on 6 July 2026: the decision is being considered."""
    at = factory.shared_place()
    ect = factory.registered_ect(at)
    decision = received_final(at, ect, "2026-07-06", "2026-07-03")
    return frappe._dict(at=at, ect=ect, decision=decision)
