"""What people write is kept as they wrote it, or refused with a sentence."""

import frappe
import pytest

from tests import factory
from tests.factory import acting_as


@pytest.fixture
def review(site):
    """A progress review being written, and its tutor."""
    at = factory.shared_place()
    name = factory.review_of(factory.registered_ect(at), 1)
    with acting_as(at.tutor):
        yield frappe.get_doc("Progress Review", name)


@pytest.mark.parametrize(
    "text",
    ["Reading & writing, 5 < 6 > 4", "She said “<3 phonics”.", "if a < b & c > d then", "R&D &amp; more"],
)
def test_text_is_kept_as_it_was_written(review, text):
    review.evidence_summary = text
    review.append("targets", {"standard": "7", "target": text})
    review.save()
    review.reload()
    assert (review.evidence_summary, review.targets[0].target) == (text, text)


@pytest.mark.parametrize("text", ["a<b then c>d", "<script>alert(1)</script>", "see <!-- this"])
def test_what_would_be_cut_as_html_is_refused(review, text):
    review.evidence_summary = text
    with pytest.raises(frappe.ValidationError, match="Evidence.*: “<.*” looks like HTML"):
        review.save()
    review.reload()
    review.append("targets", {"standard": "7", "target": text})
    with pytest.raises(frappe.ValidationError, match="Target, row 1: “<.*” looks like HTML"):
        review.save()
