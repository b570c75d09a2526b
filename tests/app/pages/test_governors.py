"""The governors' page: figures of a school from which nobody can be read, by themselves or compared."""

import re

import frappe
import pytest

from induction_app.documents.governor_report import governor_report, terms_reported
from induction_app.documents.term_figures import count, keep_terms_just_over, schools_to_count
from induction_app.workflows.rule_moves import move_by_rule
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


def counted(at) -> dict:
    """What is counted anew of the term, past what is kept."""
    return count(at.school, frappe.get_doc("Academic Term", autumn()))


def last_review(at) -> str:
    """Di's review, which nobody has written."""
    return factory.review_of(frappe.db.get_value("ECT", {"school": at.school, "first_name": "Di"}), 1)


def test_what_arrives_or_is_called_off_after_the_term_moves_no_figure(lane):
    """Comparing the report of one day with that of the next would tell of the one review between them."""
    before, review = counted(lane.at), last_review(lane.at)
    with on_day("2025-01-20"):
        assert move_by_rule("Progress Review", review, "cancelled")
        assert counted(lane.at) == before
    values = {"stage": "received", "on_track": "Not on track", "received_on": "2025-01-20"}
    frappe.db.set_value("Progress Review", review, values)
    assert counted(lane.at) == before


def test_what_was_called_off_in_the_term_was_not_due(lane):
    with on_day("2024-11-20"):
        assert move_by_rule("Progress Review", last_review(lane.at), "cancelled")
    progress = counted(lane.at)["progress"]
    assert (progress["open"], progress["none"]) == (0, 1)


def test_a_term_is_counted_once(lane):
    """Whoever leaves, moves or is forgotten after the first report, the same figures are given again."""
    before = figures(lane.at)
    frappe.db.delete("Progress Review", {"name": ("in", lane.reviews[:3])})
    period = {"school": lane.at.school, "programme_type": "Provider-led"}
    frappe.db.delete("Induction Period", {"name": frappe.db.get_value("Induction Period", period)})
    frappe.db.set_value("Induction Period", period, {"ends_on": "2024-12-19", "is_open": 0})
    frappe.db.set_value("Academic Term", autumn(), "ends_on", "2024-12-01")
    assert figures(lane.at) == before


def test_the_daily_job_counts_a_term_when_it_is_over(lane):
    kept = {"school": lane.at.school, "academic_year": "2024/25", "term": "Autumn"}
    with on_day("2024-12-01"):
        keep_terms_just_over(lane.at.school)
    assert not frappe.db.exists("Term Figures", kept)
    with on_day("2025-01-02"):
        assert lane.at.school in schools_to_count()
        keep_terms_just_over(lane.at.school)
    assert frappe.db.exists("Term Figures", kept)


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
