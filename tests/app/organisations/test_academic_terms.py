"""Term dates: what a record may say, and which terms a school keeps."""

from datetime import date

import pytest

YEAR = "2031/32"  # beyond the dates a site starts with
AUTUMN, SPRING, SUMMER = (
    ("Autumn", "2031-09-01", "2031-12-19"),
    ("Spring", "2032-01-05", "2032-03-24"),
    ("Summer", "2032-04-12", "2032-07-21"),
)


@pytest.fixture
def term(site):
    import frappe

    def make(name: str, starts_on: str, ends_on: str, school: str | None = None, year: str = YEAR):
        return frappe.get_doc(
            {
                "doctype": "Academic Term",
                "academic_year": year,
                "term": name,
                "starts_on": starts_on,
                "ends_on": ends_on,
                "school": school,
            }
        )

    return make


@pytest.mark.parametrize("year", ["2031", "2031-32", "2031/33", "31/32", ""])
def test_a_school_year_is_two_years_that_follow(term, refused, year):
    with refused("School year"):
        term(*AUTUMN, year=year).insert()


def test_2099_is_followed_by_00(term):
    term("Autumn", "2099-09-01", "2099-12-18", year="2099/00").insert()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        ("2031-12-19", "2031-09-01", "must be after the first day, 19 December 2031"),
        ("2031-09-01", "2031-09-01", "must be after"),
        ("2031-07-31", "2031-12-19", "not in the school year 2031/32"),
        ("2031-09-01", "2032-09-01", "not in the school year 2031/32"),
    ],
)
def test_dates_lie_in_their_year_first_before_last(term, refused, starts_on, ends_on, words):
    with refused(words):
        term("Autumn", starts_on, ends_on).insert()


def test_each_of_the_three_terms_comes_once_in_a_year(term, refused):
    import frappe

    for dates in (AUTUMN, SPRING, SUMMER):
        term(*dates).insert()
    with refused("Autumn", "2031/32 already has one", error=frappe.DuplicateEntryError):
        term("Autumn", "2032-08-01", "2032-08-20").insert()


@pytest.mark.parametrize("spring", [("2031-12-19", "2032-03-24"), ("2031-10-01", "2031-10-31")])
def test_terms_do_not_overlap_on_a_single_day(term, refused, spring):
    term(*AUTUMN).insert()
    with refused("overlaps the Autumn term of 2031/32, 1 September 2031 to 19 December 2031"):
        term("Spring", *spring).insert()
    term("Spring", "2031-12-20", "2032-03-24").insert()


def test_terms_come_in_order(term, refused):
    term(*SPRING).insert()
    with refused("Summer", "after the Spring term"):
        term("Summer", "2031-09-01", "2031-12-19").insert()


def test_a_school_has_dates_of_its_own_beside_those_for_all(term, places, refused):
    for dates in (AUTUMN, SPRING, SUMMER):
        term(*dates).insert()
    term("Spring", "2032-01-12", "2032-04-01", school=places.oak).insert()
    with refused("overlaps the Autumn term"):
        term("Spring", "2031-12-18", "2032-04-01", school=places.elm).insert()


def test_who_sets_dates(term, places, acting, refused):
    import frappe

    coordinator = places.person("Cora", "induction_coordinator", places.oak)
    officer = places.person("Olive", "ab_officer", places.hub)
    with acting(coordinator):
        with refused(error=frappe.PermissionError):
            term(*AUTUMN).insert()
        with refused(error=frappe.PermissionError):
            term(*AUTUMN, school=places.elm).insert()
        own = term(*AUTUMN, school=places.oak).insert()
        own.school = places.elm
        with refused(error=frappe.PermissionError):
            own.save()
        own.reload()
        own.school = None
        with refused("Only an administrator", error=frappe.PermissionError):
            own.save()
    with acting(officer):
        term(*AUTUMN, school=places.elm).insert()
        with refused(error=frappe.PermissionError):
            term(*AUTUMN, school=places.ash).insert()


def test_a_site_starts_with_eight_years_of_three_terms(site):
    import frappe

    from induction_app.organisations.academic_calendar import default_terms, install_default_terms

    years = sorted({term["academic_year"] for term in default_terms()})
    assert (years[0], years[-1], len(default_terms())) == ("2020/21", "2027/28", 24)
    assert install_default_terms() == 0
    frappe.db.delete("DefaultValue", {"defkey": "induction_shipped_once"})  # as before the first version
    frappe.clear_cache()
    frappe.db.delete("Academic Term", {"academic_year": "2024/25", "school": ("is", "not set")})
    assert install_default_terms() == 3


def test_an_upgrade_does_not_bring_back_a_term_the_administrator_removed(site):
    import frappe

    from induction_app.organisations.academic_calendar import install_default_terms

    frappe.db.delete("Academic Term", {"academic_year": "2025/26", "term": "Summer"})
    assert install_default_terms() == 0
    frappe.db.delete("Academic Term", {"academic_year": "2025/26"})
    assert install_default_terms() == 0


def _running(at) -> str:
    """The Autumn term that all schools use and in which an induction at a place began."""
    import frappe

    from tests import factory

    factory.registered_ect(at)
    autumn = {"academic_year": "2024/25", "term": "Autumn", "school": ("is", "not set")}
    return frappe.db.get_value("Academic Term", autumn)


def test_a_term_in_which_inductions_run_is_not_deleted(site, term, refused):
    import frappe

    from tests import factory

    at = factory.shared_place()
    shared = _running(at)
    with refused("Autumn term 2024/25", "Correct the dates"):
        frappe.delete_doc("Academic Term", shared)
    own = term("Autumn", "2024-09-03", "2024-12-19", school=at.school, year="2024/25").insert()
    own.delete()  # the dates that all schools use come in its place
    term(*AUTUMN).insert().delete()  # nobody's induction lasts as long


def test_other_dates_say_how_many_inductions_they_concern(site):
    import frappe

    from tests import factory

    shared = frappe.get_doc("Academic Term", _running(factory.shared_place()))
    frappe.clear_messages()
    shared.save()
    assert not frappe.get_message_log()
    shared.ends_on = "2024-12-18"
    shared.save()
    assert f"{shared.running_inductions()} inductions run in this term" in str(frappe.get_message_log())


def test_a_schools_own_dates_win_and_the_rest_are_those_for_all(term, places):
    from induction_app.organisations.academic_calendar import terms_for

    term("Spring", "2026-01-12", "2026-03-26", school=places.oak, year="2025/26").insert()
    oak = terms_for(places.oak, date(2025, 9, 1), 3)
    assert [(t.term, t.start, t.own) for t in oak] == [
        ("Autumn", date(2025, 9, 1), False),
        ("Spring", date(2026, 1, 12), True),
        ("Summer", date(2026, 4, 13), False),
    ]
    assert terms_for(places.elm, date(2025, 9, 1), 3)[1].start == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (date(2025, 12, 19), "Autumn"),  # the last day of term is still in it
        (date(2025, 12, 20), "Spring"),  # in the holiday: the next one
        (date(2026, 4, 13), "Summer"),
    ],
)
def test_the_first_term_is_the_one_not_over_yet(site, start, first):
    from induction_app.organisations.academic_calendar import terms_for

    assert terms_for(None, start, 1)[0].term == first


def test_years_without_dates_are_carried_on_from_the_last_and_marked(site):
    from induction_app.organisations.academic_calendar import terms_for

    terms = terms_for(None, date(2026, 9, 1), 18)
    assert [t.estimated for t in terms] == [False] * 6 + [True] * 12
    assert [t.academic_year for t in terms[6:9]] == ["2028/29"] * 3
    assert all(earlier.end < later.start for earlier, later in zip(terms, terms[1:], strict=False))
    assert all(t.start.weekday() < 5 and t.end.weekday() < 5 for t in terms)
    assert terms[6].start == date(2028, 9, 1)


def test_a_year_of_which_one_term_is_entered_has_three(term):
    """Terms are entered one by one; a year is never of its Autumn alone, nor are those after it."""
    from induction_app.organisations.academic_calendar import terms_for

    term("Autumn", "2028-09-04", "2028-12-20", year="2028/29").insert()
    terms = terms_for(None, date(2027, 9, 1), 9)
    assert [t.term for t in terms] == ["Autumn", "Spring", "Summer"] * 3
    assert [t.academic_year for t in terms] == ["2027/28"] * 3 + ["2028/29"] * 3 + ["2029/30"] * 3
    assert [t.estimated for t in terms] == [False] * 4 + [True] * 5
    assert terms[6].start == date(2029, 9, 4)


def test_a_year_that_lacks_a_term_takes_it_from_the_year_before(site):
    import frappe

    from induction_app.organisations.academic_calendar import terms_for

    spring = {"academic_year": "2026/27", "term": "Spring", "school": ("is", "not set")}
    frappe.db.delete("Academic Term", {"name": frappe.db.get_value("Academic Term", spring)})
    terms = terms_for(None, date(2026, 9, 1), 4)
    assert [t.term for t in terms] == ["Autumn", "Spring", "Summer", "Autumn"]
    assert (terms[1].estimated, terms[1].start) == (True, date(2027, 1, 5))


def test_the_calendars_of_many_schools_are_read_at_once(term, places):
    import frappe

    from induction_app.organisations.academic_calendar import AcademicCalendar

    term("Spring", "2026-01-12", "2026-03-26", school=places.oak, year="2025/26").insert()
    before = frappe.db.sql("show session status like 'Questions'")[0][1]
    calendar = AcademicCalendar([places.oak, places.elm, places.ash])
    starts = [calendar.terms(school, date(2026, 1, 1), 1)[0].start for school in (places.oak, places.elm)]
    after = frappe.db.sql("show session status like 'Questions'")[0][1]
    assert starts == [date(2026, 1, 12), date(2026, 1, 5)]
    assert int(after) - int(before) == 2  # the calendar's one, and this count's own


def test_without_any_dates_a_sentence_says_what_to_do(site, refused):
    import frappe

    from induction_app.organisations.academic_calendar import terms_for

    frappe.db.delete("Academic Term")
    with refused("Academic Term"):
        terms_for(None, date(2026, 1, 1), 1)
