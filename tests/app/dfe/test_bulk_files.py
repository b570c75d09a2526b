"""The DfE's bulk files: what is in them, what is kept out with a sentence, and what confirming does."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def claims(cases):
    from induction_app.dfe import returns

    return lambda: returns.prepare(returns.CLAIMS, cases.body)


@pytest.fixture
def outcomes(cases):
    from induction_app.dfe import returns

    return lambda: returns.prepare(returns.kind_named("outcomes"), cases.body)


def rows(made, number: int = 0) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.files[number].content)))[1:] if made.files else []


def sentences(made) -> str:
    return "\n".join(sentence for row in made.refused for _field, sentence in row.problems)


@pytest.mark.parametrize(("kind", "template"), [("claims", "claims"), ("outcomes", "actions")])
def test_the_header_is_the_dfes_own(site, kind, template):
    from induction_app.dfe.bulk_file import KINDS, as_csv

    assert as_csv(KINDS[kind], []) == (DATA / f"dfe-bulk-{template}-template.csv").read_text(encoding="utf-8")


def test_a_claim_is_written_as_the_dfe_reads_it(cases, claims):
    cases.period(cases.ect(trn="0012345", date_of_birth="1999-02-28"), programme_type="School-led")
    content = claims().files[0].content
    assert content.splitlines()[1] == '"0012345","1999-02-28","school-led","2025-09-01"'


def test_claims_are_for_those_registered_started_and_not_yet_claimed(cases, claims):
    cases.period(starts_on="2026-07-31")  # today
    cases.period(starts_on="2026-08-01")  # tomorrow
    cases.period(cases.ect(stage="ab_check"))
    cases.period(claim_reported_on="2025-10-01")
    cases.period(short_term_supply=1)
    cases.period(appropriate_body=cases.other_body)
    made = claims()
    assert [row[3] for row in rows(made)] == ["2026-07-31"]
    assert made.refused == []


@pytest.mark.parametrize("outcome", ["Pass", "Release"])
def test_an_outcome_is_written_as_the_dfe_reads_it(cases, outcomes, outcome):
    cases.ended(outcome, terms_served=1.5)
    assert rows(outcomes()) == [["3000001", "1999-02-28", "2026-07-21", "1.5", outcome.lower()]]


def test_outcomes_are_those_not_reported_yet(cases, outcomes):
    cases.ended(outcome_reported_on="2026-07-22")
    cases.ended(appropriate_body=cases.other_body)
    cases.period(claim_reported_on="2025-10-01")
    assert (outcomes().files, outcomes().refused) == ([], [])


@pytest.mark.parametrize(
    ("terms", "cell"),
    [(0, "0"), (6, "6"), (1.25, "1.3"), (1.24, "1.2"), (0.05, "0.1"), (2.5, "2.5"), (16, "16")],
)
def test_terms_take_one_decimal_halves_up_and_rounding_is_said(cases, outcomes, terms, cell):
    cases.ended(terms_served=terms)
    made = outcomes()
    assert rows(made)[0][3] == cell
    assert bool(made.notes) == (float(cell) != terms)


@pytest.mark.parametrize(
    ("person", "field", "words"),
    [
        ({"trn": "123456"}, "Teacher reference number", "7 digits"),
        ({"trn": "12/34567"}, "Teacher reference number", "7 digits"),
        ({"trn": "１２３４５６７"}, "Teacher reference number", "7 digits"),
        ({"trn": None}, "Teacher reference number", "7 digits"),
        ({"date_of_birth": None}, "Date of birth", "empty"),
        ({"date_of_birth": "2008-08-01"}, "Date of birth", "17 years old"),
        ({"date_of_birth": "1925-07-31"}, "Date of birth", "101 years old"),
        ({"qts_awarded_on": None}, "QTS awarded on", "2.10"),
        ({"qts_awarded_on": "2025-09-02"}, "Induction period start date", "1 September 2025 is before QTS"),
    ],
)
def test_a_claim_the_dfe_would_refuse_is_left_out_with_a_sentence(cases, claims, person, field, words):
    ect = cases.ect(**person)
    cases.period(ect)
    cases.period()
    made = claims()
    assert len(rows(made)) == 1
    assert [row.ect for row in made.refused] == [ect.name]
    assert f"{ect.full_name} ({ect.name}): {field}: " in sentences(made)
    assert words in sentences(made)


@pytest.mark.parametrize("born", ["2008-07-31", "1925-08-01"])
def test_from_the_18th_birthday_to_the_day_before_the_101st_a_date_of_birth_is_taken(cases, claims, born):
    cases.period(cases.ect(date_of_birth=born))
    assert len(rows(claims())) == 1


@pytest.mark.parametrize(("starts_on", "taken"), [("2021-08-31", False), ("2021-09-01", True)])
def test_claims_go_back_to_1_september_2021(cases, claims, starts_on, taken):
    cases.period(cases.ect(qts_awarded_on="2021-07-01"), starts_on=starts_on)
    made = claims()
    assert len(rows(made)) == taken
    assert ("31 August 2021 is before 1 September 2021" in sentences(made)) is not taken


def test_a_programme_that_is_neither_is_refused(cases, claims):
    cases.period(programme_type="DIY")
    assert "provider-led or school-led" in sentences(claims())


def test_a_second_period_waits_until_the_first_is_claimed_and_released(cases, claims):
    ect = cases.ect()
    first = cases.ended("Release", ect, ends_on="2025-12-19", claim_reported_on=None)
    second = cases.period(ect, starts_on="2026-01-05")
    assert (claims().files[0].periods, "claimed and reported as released first" in sentences(claims())) == (
        [first.name],
        True,
    )
    first.db_set("claim_reported_on", "2026-01-10")
    assert claims().files == []
    first.db_set("outcome_reported_on", "2026-01-12")
    assert claims().files[0].periods == [second.name]


def test_a_claim_of_another_body_still_open_stops_this_one_without_naming_it(cases, claims):
    ect = cases.ect()
    cases.ended("Release", ect, ends_on="2025-12-19", appropriate_body=cases.other_body)
    cases.period(ect, starts_on="2026-01-05")
    made = claims()
    assert made.files == []
    assert cases.other_body not in sentences(made)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"outcome": "Fail"}, "Outcome", "never recorded in bulk"),
        ({"ends_on": "2026-08-01"}, "Induction period end date", "in the future"),
        ({"ends_on": None}, "Induction period end date", "empty"),
        (
            {"ends_on": "2025-08-31"},
            "Induction period end date",
            "before the period started on 1 September 2025",
        ),
        ({"terms_served": 16.1}, "Number of terms", "between 0 and 16"),
        ({"terms_served": -1}, "Number of terms", "between 0 and 16"),
        ({"claim_reported_on": None}, "Claim reported on", "Claim it first"),
    ],
)
def test_an_outcome_the_dfe_would_refuse_is_left_out_with_a_sentence(cases, outcomes, values, field, words):
    period = cases.ended(**values)
    made = outcomes()
    assert made.files == []
    assert [row.period for row in made.refused] == [period.name]
    assert f": {field}: " in sentences(made)
    assert words in sentences(made)


def test_every_reason_of_a_row_is_given_at_once_in_a_last_column(cases, claims):
    cases.period(cases.ect(trn="1", date_of_birth=None))
    cases.period()
    text = list(csv.reader(io.StringIO(claims().errors_csv())))
    assert text[0][-1] == "Error message"
    assert len(text) == 2
    assert "7 digits" in text[1][-1]
    assert "Date of birth" in text[1][-1]


def test_the_file_of_reasons_holds_no_formula(cases, claims):
    cases.period(cases.ect(full_name='=HYPERLINK("https://example.org")', trn=None))
    reason = list(csv.reader(io.StringIO(claims().errors_csv())))[1][-1]
    assert reason.startswith("'=HYPERLINK(") and "7 digits" in reason


def test_a_file_holds_1000_rows_and_the_next_begins(cases, claims):
    for _number in range(1001):
        cases.period()
    made = claims()
    assert [len(rows(made, number)) for number in range(2)] == [1000, 1]
    assert [file.name for file in made.files] == [
        "dfe-claims-2026-07-31-1-of-2.csv",
        "dfe-claims-2026-07-31-2-of-2.csv",
    ]
    assert not set(made.files[0].periods) & set(made.files[1].periods)


def test_the_queries_of_a_file_do_not_grow_with_its_rows(cases, claims):
    import frappe

    def asked() -> int:
        return int(frappe.db.sql("show session status like 'Questions'")[0][1])

    def cost() -> int:
        before = asked()
        claims()
        return asked() - before

    cases.period()
    cost()
    one = cost()
    for _number in range(100):
        cases.period()
    assert cost() == one


def test_making_a_file_marks_nothing_but_is_on_record(cases, claims):
    import frappe

    period = cases.period()
    claims()
    assert claims().files[0].periods == [period.name]
    event = frappe.get_last_doc("Induction Event", {"event": "dfe_file_made"})
    assert event.appropriate_body == cases.body
    assert "1 rows, 0 refused" in event.summary
    assert period.name in event.details


def test_confirming_marks_the_periods_once_and_leaves_an_event_on_each(cases, claims):
    import frappe

    from induction_app.dfe import returns

    periods = [cases.period().name for _number in range(3)]
    assert returns.mark_reported(returns.CLAIMS, cases.body, periods[:2]) == periods[:2]
    assert returns.mark_reported(returns.CLAIMS, cases.body, periods[:2]) == []
    assert claims().files[0].periods == periods[2:]
    assert frappe.db.get_value("Induction Period", periods[0], "claim_reported_on") == date(2026, 7, 31)
    stale = frappe.get_doc("Induction Period", periods[2])
    returns.mark_reported(returns.CLAIMS, cases.body, [stale.name])
    assert frappe.db.get_value("Induction Period", stale.name, "modified") != stale.modified
    told = frappe.get_all("Induction Event", {"event": "claim_reported"}, ["reference_name", "ect"])
    assert sorted(event.reference_name for event in told) == sorted(periods)
    assert all(event.ect for event in told)


def test_a_fail_recorded_with_the_dfe_by_hand_is_confirmed_and_then_left_out(cases, outcomes):
    from induction_app.dfe import returns

    period = cases.ended("Fail")
    returns.mark_reported(returns.kind_named("outcomes"), cases.body, [period.name])
    assert outcomes().refused == []


def test_confirming_is_all_or_nothing(cases, claims):
    import frappe

    from induction_app.dfe import returns

    mine, theirs = cases.period(), cases.period(appropriate_body=cases.other_body)
    for names, error in (
        ([mine.name, theirs.name], frappe.PermissionError),
        ([mine.name, "IP-NONE"], frappe.DoesNotExistError),
        ([], frappe.ValidationError),
    ):
        with pytest.raises(error):
            returns.mark_reported(returns.CLAIMS, cases.body, names)
    with pytest.raises(frappe.ValidationError, match="no outcome"):
        returns.mark_reported(returns.kind_named("outcomes"), cases.body, [mine.name])
    assert not frappe.db.get_value("Induction Period", mine.name, "claim_reported_on")


@pytest.mark.parametrize(
    ("capacity", "body"),
    [
        ("ab_officer", "other_body"),
        ("ab_decision_maker", "body"),
        ("qa_officer", "body"),
        ("ab_named_contact", "body"),
    ],
)
def test_only_an_officer_of_the_body_makes_its_files(cases, claims, capacity, body):
    import frappe

    from induction_app.dfe import returns

    period = cases.period()
    frappe.set_user(cases.officer(capacity=capacity, body=getattr(cases, body)))
    with pytest.raises(frappe.PermissionError):
        claims()
    with pytest.raises(frappe.PermissionError):
        returns.mark_reported(returns.CLAIMS, cases.body, [period.name])


def test_an_officer_of_the_body_makes_and_confirms_its_files(cases, claims):
    import frappe

    from induction_app.dfe import returns

    period = cases.period()
    officer = cases.officer()
    frappe.set_user(officer)
    assert claims().files[0].periods == [period.name]
    returns.mark_reported(returns.CLAIMS, cases.body, [period.name])
    assert frappe.get_last_doc("Induction Event", {"event": "claim_reported"}).person == officer
