"""The governors' page: figures of a school from which nobody can be read, by themselves or compared."""

import re

import frappe
import pytest

from induction_app.documents.governor_report import governor_report, terms_reported
from tests import factory
from tests.app.pages.looking import look, page
from tests.factory import on_day

AFTER = "2025-02-03"


def written(doctype: str, at, **values) -> str:
    """A row as it stands in the database after a story too long to play for a figure."""
    name = f"{doctype[:3]}-{factory.number()}"
    place = {"school": at.school, "appropriate_body": at.body}
    frappe.get_doc({"doctype": doctype, "name": name, **place, **values}).db_insert()
    return name


def autumn(school: str | None = None) -> str:
    wanted = {"academic_year": "2024/25", "term": "Autumn", "school": school or ("is", "not set")}
    return frappe.db.get_value("Academic Term", wanted)


@pytest.fixture
def lane(world, site):
    """Lane with Di and thirteen more: seven on track, six not; Di's review is still open."""
    made = []
    for number in range(13):
        ect = written("ECT", world.lane, first_name="Zoe", last_name=f"Secret{number}")
        written(
            "Induction Period",
            world.lane,
            ect=ect,
            starts_on="2024-09-02",
            is_open=1,
            programme_type="Provider-led" if number else "School-led",
        )
        verdict = "On track" if number < 7 else "Not on track"
        review = {"on_track": verdict, "stage": "received", "received_on": "2024-12-10"}
        made.append(
            written(
                "Progress Review", world.lane, ect=ect, scheduled_for="2024-12-06", term_number=1, **review
            )
        )
    with on_day(AFTER):
        yield frappe._dict(at=world.lane, reviews=made)


def figures(at) -> list[list[int | None]]:
    data = governor_report(at.school, autumn())
    return [[row["value"] for row in table["rows"]] for table in data["tables"]]


@pytest.mark.parametrize("who", ["governor", "head", "coordinator"])
def test_governors_and_leaders_see_the_same_figures_and_no_name(lane, who):
    text = page(lane.at.people[who], "/governors")
    main = re.sub(r"<[^>]+>", " ", text[text.index("<main") : text.index("</main")])
    assert "Early career teachers in induction: 14" in main
    assert "Not shown" in main
    assert "Secret" not in main and "Zoe" not in main and "Di Test" not in main
    # Seven stay; the six off track go with the single open review, which would else be told by the total.
    assert figures(lane.at)[0] == [7, None, None, None]
    # One on the school-led programme: nor may the other thirteen be shown.
    assert figures(lane.at)[2] == [None, None]


@pytest.mark.parametrize("who", ["tutor", "mentor", "administrator", "officer", "contact"])
def test_others_have_no_such_page(lane, who):
    assert look(lane.at.people[who], "/governors").status_code == 403


def test_a_governor_cannot_ask_for_another_school(world, lane):
    assert look(lane.at.governor, f"/governors?school={world.hill.school}").status_code == 403


def test_a_school_with_few_ects_has_no_figures(world, site):
    with on_day(AFTER):
        text = page(world.far.governor, "/governors")
    assert "no figures can be given" in text and "Not shown" not in text


def test_what_arrives_after_the_term_moves_no_figure(lane):
    """Comparing the report of one day with that of the next would tell of the one review between them."""
    before = figures(lane.at)
    last = factory.review_of(frappe.db.get_value("ECT", {"school": lane.at.school, "first_name": "Di"}), 1)
    values = {"stage": "received", "on_track": "Not on track", "received_on": "2025-01-20"}
    frappe.db.set_value("Progress Review", last, values)
    assert figures(lane.at) == before


def test_a_term_that_runs_has_no_report(lane):
    spring = frappe.db.get_value(
        "Academic Term", {"academic_year": "2024/25", "term": "Spring", "school": ("is", "not set")}
    )
    with pytest.raises(frappe.ValidationError, match="has ended"):
        governor_report(lane.at.school, spring)
    assert look(lane.at.governor, f"/governors?term={spring}").status_code == 403


def test_two_sets_of_dates_for_one_term_cannot_be_compared(lane):
    """The school's own dates replace the general ones: one person between them would stand out."""
    own = frappe.get_doc(
        {
            "doctype": "Academic Term",
            "academic_year": "2024/25",
            "term": "Autumn",
            "school": lane.at.school,
            "starts_on": "2024-09-04",
            "ends_on": "2024-12-19",
        }
    ).insert()
    offered = [row.name for row in terms_reported(lane.at.school)]
    assert own.name in offered and autumn() not in offered
    with pytest.raises(frappe.ValidationError):
        governor_report(lane.at.school, autumn())
