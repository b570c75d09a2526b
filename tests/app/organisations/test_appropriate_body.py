"""An appropriate body's own record: who changes it, its own figures, and when it may stop."""

import pytest


@pytest.fixture
def body(places):
    import frappe

    return lambda: frappe.get_doc("Appropriate Body", places.hub)


def test_an_officer_looks_after_their_own_body_and_no_other(body, places, acting, refused):
    import frappe

    officer = places.person("Olive", "ab_officer", places.hub)
    with acting(officer):
        hub = body()
        hub.phone = "0123"
        hub.save()
        other = frappe.get_doc("Appropriate Body", places.other_hub)
        other.phone = "0123"
        with refused(places.other_hub, error=frappe.PermissionError):
            other.save()
        hub = body()
        hub.ab_type = "National"
        with refused("Kind", "administrator", error=frappe.PermissionError):
            hub.save()
    assert body().phone == "0123"


def test_only_a_hub_has_a_lead_school(body, places, refused):
    hub = body()
    hub.update({"ab_type": "National", "lead_school": places.oak})
    with refused("Lead school"):
        hub.save()


def test_own_figures_are_those_the_guidance_leaves_open(body, refused):
    from induction_app.statutory.rules import PARAMETERS

    open_one = next(
        p for p in PARAMETERS.values() if p.force != "must" and isinstance(p.settings[-1].value, int)
    )
    fixed_one = next(p for p in PARAMETERS.values() if p.force == "must")
    hub = body()
    hub.policy = f'{{"{open_one.name}": 10}}'
    hub.save()
    for policy, words in (
        ('{"no_such_figure": 1}', "no_such_figure"),
        (f'{{"{fixed_one.name}": 1}}', fixed_one.name),
        ('{"broken', "not valid JSON"),
        ("[1]", "mapping"),
    ):
        hub = body()
        hub.policy = policy
        with refused("Own figures", words):
            hub.save()


def test_a_body_with_ects_in_induction_goes_on_acting(body, places, refused):
    import frappe

    period = frappe.get_doc(
        {
            "doctype": "Induction Period",
            "name": "IP-OPEN",
            "ect": "ECT-NONE",
            "school": places.oak,
            "appropriate_body": places.hub,
            "starts_on": "2025-09-01",
            "is_open": 1,
        }
    )
    period.db_insert()
    hub = body()
    hub.is_active = 0
    with refused("1 ECTs are still in induction"):
        hub.save()
    frappe.db.set_value("Induction Period", "IP-OPEN", "is_open", 0)
    hub = body()
    hub.is_active = 0
    hub.save()
