"""Every question of every record can be put on a page."""

import frappe
import pytest

from induction_app.pages.records.kinds import kinds
from induction_app.pages.records.on_page import OnPage
from induction_app.pages.records.steps import RowsStep


@pytest.mark.parametrize("kind", ["reviews", "assessments", "observations", "plans", "decisions", "audits"])
def test_its_form_is_made(site, kind):
    found = kinds()[kind]
    doc = frappe.new_doc(found.doctype)
    if kind == "plans":
        doc.append("targets", {"target": "Seated in three minutes"})  # its result is asked
    for step in found.steps(doc):
        for row in ("", "new") if isinstance(step, RowsStep) else ("",):
            form = step.form(OnPage(found, doc), row)
            assert isinstance(step, RowsStep) and not row or form.fields, step.slug
