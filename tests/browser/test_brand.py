"""An administrator's name, colour and notice, on the next page anyone opens."""

import frappe
import pytest


@pytest.fixture
def own_brand(site: None):
    """Another body's look, set as in Desk; the shipped look again afterwards."""
    fields = ("service_name", "service_colour", "service_phase", "service_notice", "help_email")
    before = {name: frappe.db.get_single_value("Induction Settings", name) or "" for name in fields}

    def set_to(**values: str) -> None:
        settings = frappe.get_single("Induction Settings")
        settings.update(values)
        settings.save()
        frappe.db.commit()

    yield set_to
    set_to(**before)


def test_brand(people, visit, own_brand, screen):
    own_brand(
        service_name="Wessex Induction",
        service_colour="#5b2a6d",
        service_phase="Beta",
        service_notice="The service is closed on Saturday 6 December 2025 from 9am to noon.",
        help_email="help@wessex.example",
    )
    visitor = visit(people.add("Ann", "Bell"), screen)
    visitor.go("/your-account")
    assert visitor.page.title() == "Your account – Wessex Induction"
    colour = "getComputedStyle(document.querySelector('.brand-header')).backgroundColor"
    assert visitor.page.evaluate(colour) == "rgb(91, 42, 109)"
    assert "closed on Saturday" in visitor.page.locator("body").inner_text()
    visitor.check("own-brand")


def test_a_colour_that_is_none_changes_nothing(visit, own_brand):
    frappe.db.set_single_value("Induction Settings", "service_colour", "red;}body{display:none")
    frappe.db.commit()
    frappe.clear_document_cache("Induction Settings", "Induction Settings")
    visitor = visit()
    visitor.go("/sign-in")
    assert "display:none" not in visitor.page.content()
