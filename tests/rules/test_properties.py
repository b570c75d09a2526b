"""What must hold whatever the facts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from induction_app.statutory import ask, rules_on
from induction_app.statutory.absence import KINDS
from induction_app.statutory.post import CONDITIONS
from induction_app.statutory.working_days import is_working_day

DAYS = st.dates(date(2013, 1, 1), date(2060, 12, 31))
FTE = st.decimals("0.1", "1", places=2)
LENGTHS = st.decimals("0", "12", places=2)
POSTS = st.lists(st.fixed_dictionaries({"terms": LENGTHS, "fte": FTE}), max_size=6)
ABSENCES = st.lists(
    st.fixed_dictionaries(
        {"days": st.integers(0, 80), "kind": st.sampled_from(KINDS), "extend": st.booleans()}
    ),
    max_size=5,
)
BASE = "2025-09-01"
DEADLINES = {
    "report_due": "final_meeting",
    "recommendation_due": "completed",
    "representations_close": "recommendation_received",
    "decision_due": "recommendation_received",
    "notice_due": "decided",
    "appeal_closes": "notified",
    "dismissal_due": "appeal_closed",
}


def value(question, facts, **how):
    return ask(question, facts, **how).value


def calendar(years):
    """Three terms a year from September 2025."""
    terms = []
    for year in range(2025, 2025 + years):
        terms += [
            {"start": date(year, 9, 1), "end": date(year, 12, 19)},
            {"start": date(year + 1, 1, 5), "end": date(year + 1, 3, 27)},
            {"start": date(year + 1, 4, 13), "end": date(year + 1, 7, 21)},
        ]
    return terms


def final(fte, start=BASE, required=6):
    events = value(
        "events_due", {"start": start, "fte": fte, "terms": calendar(22), "required_terms": required}
    )
    return events[-1]["due"]


@given(POSTS, st.decimals("1", "12", places=2))
def test_served_and_left_make_up_what_is_required(posts, required):
    served = value("terms_served", {"posts": posts})
    left = value("terms_remaining", {"posts": posts, "required_terms": required})
    assert served + left == max(required, served)


@given(POSTS, LENGTHS, FTE)
def test_another_post_never_lessens_what_is_served(posts, terms, fte):
    more = [*posts, {"terms": terms, "fte": fte}]
    assert value("terms_served", {"posts": more}) >= value("terms_served", {"posts": posts})


@given(FTE, FTE)
def test_more_fte_never_finishes_later(one, other):
    low, high = sorted([one, other])
    assert final(high) <= final(low)
    assert value("calendar_terms_needed", {"fte": high}) <= value("calendar_terms_needed", {"fte": low})


@given(st.dates(date(2025, 9, 1), date(2026, 7, 21)), st.integers(0, 60), FTE)
def test_a_later_start_never_finishes_sooner(start, later, fte):
    assert final(fte, start) <= final(fte, start + timedelta(days=later))


@given(st.dates(date(2025, 9, 1), date(2026, 7, 21)), FTE, st.decimals("0.5", "6", places=1))
def test_a_schedule_ends_with_its_only_final_and_its_dates_rise(start, fte, required):
    facts = {"start": start, "fte": fte, "terms": calendar(22), "required_terms": required}
    events = value("events_due", facts)
    names = [each["event"] for each in events]
    assert names[-1] == "final_assessment" and names.count("final_assessment") == 1
    assert names.count("first_assessment") <= 1
    assert [each["due"] for each in events] == sorted(each["due"] for each in events)
    assert len({each["term"] for each in events}) == len(events)


@given(st.dates(date(2025, 9, 1), date(2026, 7, 21)), FTE, st.sampled_from([1, 2, 3, 4, 6, Decimal("1.5")]))
def test_a_history_of_one_post_has_the_schedule_of_its_start_and_fte(start, fte, required):
    facts = {"terms": calendar(22), "required_terms": required}
    history = {**facts, "posts": [{"start": start, "fte": fte}]}
    assert value("history_events", history) == value("events_due", {**facts, "start": start, "fte": fte})


@given(st.dates(date(2025, 9, 1), date(2026, 7, 21)), FTE, ABSENCES)
def test_the_final_assessment_is_due_no_sooner_than_the_earliest_one_may_be(start, fte, absences):
    facts = {
        "posts": [{"start": start, "fte": fte}],
        "terms": calendar(40),
        "years": [{"absences": absences}],
    }
    due = value("history_events", facts)[-1]["due"]
    assert due >= value("induction_progress", facts)["earliest_final_assessment"]


@given(ABSENCES, st.integers(0, 80), st.sampled_from(KINDS), st.booleans())
def test_an_added_absence_never_shortens_an_extension(absences, days, kind, extend):
    before = value("absence_extension", {"years": [{"absences": absences}]})
    added = [*absences, {"days": days, "kind": kind, "extend": extend}]
    assert value("absence_extension", {"years": [{"absences": added}]})[0] >= before[0]


@given(st.lists(ABSENCES, max_size=3), st.integers(0, 80))
def test_an_added_absence_never_brings_completion_forward(years, days):
    facts = {
        "posts": [{"start": BASE, "fte": 1}],
        "terms": calendar(8),
        "years": [{"absences": each} for each in years],
        "today": "2026-01-05",
    }
    more = {**facts, "years": [*facts["years"], {"absences": [{"days": days, "kind": "ad_hoc"}]}]}
    before, after = value("induction_progress", facts), value("induction_progress", more)
    assert after["complete_on"] >= before["complete_on"]


@given(FTE, FTE, st.dates(date(2026, 1, 1), date(2028, 7, 21)))
def test_a_history_serves_and_leaves_what_is_required(fte, later, today):
    facts = {
        "posts": [{"start": BASE, "fte": fte, "changes": [{"from": "2026-04-13", "fte": later}]}],
        "terms": calendar(25),
        "today": today,
    }
    found = value("induction_progress", facts)
    assert found["terms_served"] + found["terms_left"] == max(Decimal(6), found["terms_served"])


@pytest.mark.parametrize("question", DEADLINES)
@given(day=DAYS, later=st.integers(1, 30))
def test_a_deadline_is_a_working_day_and_never_moves_back(question, day, later):
    fact = DEADLINES[question]
    due = value(question, {fact: day})
    assert is_working_day(due) and due > day
    assert value(question, {fact: day + timedelta(days=later)}) >= due


@pytest.mark.parametrize("question", DEADLINES)
@given(day=DAYS)
def test_counting_the_day_itself_never_gives_longer(question, day):
    fact = DEADLINES[question]
    strict = value(question, {fact: day}, policy={"day_of_event_counts": True})
    due = value(question, {fact: day})
    assert is_working_day(strict) and strict <= due
    assert (strict < due) == is_working_day(day)


@given(DAYS, st.integers(1, 400))
def test_the_working_days_between_are_the_days_counted(day, days):
    due = value("working_days_after", {"from": day, "days": days})
    counted = sum(is_working_day(day + timedelta(days=number)) for number in range(1, (due - day).days + 1))
    assert counted == days


GOOD_START = {
    "qts_awarded": "2025-07-01",
    "start": "2025-09-01",
    "appropriate_body_agreed": True,
    "registered_on": "2025-08-01",
    "exempt": False,
    "failed_before": False,
    "setting": {"kind": "school"},
}
START_FLAWS = {
    "no_qts": {"qts_awarded": None},
    "before_qts": {"qts_awarded": "2025-09-02"},
    "no_appropriate_body": {"appropriate_body_agreed": False},
    "not_registered": {"registered_on": None},
    "exempt": {"exempt": True},
    "failed_before": {"failed_before": True},
    "special_measures": {"setting": {"kind": "school", "special_measures": True}},
    "inadequate": {"setting": {"kind": "further_education", "inadequate": True}},
}
GOOD_BODY = {"kind": "teaching_school_hub", "start": "2025-09-01"}
BODY_FLAWS = {
    "recommended_qts": {"recommended_qts": True},
    "employs_ect": {"employs_ect": True},
    "ect_served_here": {"ect_served_here": True},
    "local_authority_closed": {"kind": "local_authority"},
}
GOOD_REDUCTION = {
    "ground": "part_time",
    "to_terms": 3,
    "ect_agrees": True,
    "head_consulted": True,
    "calendar_terms_covered": 6,
    "meets_standards": True,
}
REDUCTION_FLAWS = {
    "ect_disagrees": {"ect_agrees": False},
    "head_not_consulted": {"head_consulted": False},
    "below_one_term": {"to_terms": "0.99"},
    "too_early": {"calendar_terms_covered": "5.99"},
    "standards_not_met": {"meets_standards": False},
}
GOOD_PAIR = {"tutor_has_qts": True, "mentor_has_qts": True, "same_person": True} | {
    "exceptional": True,
    "safeguards_recorded": True,
}
PAIR_FLAWS = {
    "tutor_without_qts": {"tutor_has_qts": False},
    "mentor_without_qts": {"mentor_has_qts": False},
    "not_exceptional": {"exceptional": False},
    "no_safeguards": {"safeguards_recorded": False},
}
GOOD_CONTACT = {"monitors": False, "supports": False, "decides": False}
CONTACT_FLAWS = {name: {name: True} for name in GOOD_CONTACT}
MAY = {
    "may_start": (GOOD_START, START_FLAWS),
    "may_be_appropriate_body": (GOOD_BODY, BODY_FLAWS),
    "may_reduce": (GOOD_REDUCTION, REDUCTION_FLAWS),
    "may_appoint_tutor_and_mentor": (GOOD_PAIR, PAIR_FLAWS),
    "may_be_named_contact": (GOOD_CONTACT, CONTACT_FLAWS),
}


@pytest.mark.parametrize("question", MAY)
@given(data=st.data())
def test_it_may_be_done_just_when_there_is_no_reason_and_each_reason_follows_its_fact(question, data):
    good, flaws = MAY[question]
    chosen = data.draw(st.sets(st.sampled_from(sorted(flaws))))
    facts = dict(good)
    expected = set()
    for reason in sorted(chosen):
        if flaws[reason].keys().isdisjoint(set().union(*(flaws[each] for each in expected), set())):
            facts.update(flaws[reason])
            expected.add(reason)
    if "local_authority_closed" in expected:
        expected = {"local_authority_closed"}  # the hubs' conflicts do not bind a local authority
    found = value(question, facts)
    assert found["may"] == (not found["reasons"])
    assert set(found["reasons"]) == expected


@given(st.sets(st.sampled_from([fact.name for fact in CONDITIONS])))
def test_a_suitable_post_lists_just_the_conditions_unmet(unmet):
    found = value("suitable_post", {fact.name: fact.name not in unmet for fact in CONDITIONS})
    assert set(found["unmet"]) == unmet and found["suitable"] == (not unmet)


@given(DAYS)
def test_the_rules_of_a_date_are_those_of_the_last_change_before_it(day):
    rules = rules_on(day)
    assert rules.required_terms == (6 if day >= date(2021, 9, 1) else 3)
    assert ("carers" in rules.statutory_leave) == (day >= date(2024, 4, 1))
    assert rules.local_authority_role == (
        "open" if day < date(2023, 9, 1) else "continuing" if day < date(2024, 9, 1) else "closed"
    )


@given(
    DAYS,
    st.sampled_from(["progress_review", "first_assessment", "final_assessment"]),
    st.lists(
        st.tuples(st.integers(-200, 200), st.integers(0, 150), st.sampled_from(KINDS), st.integers(0, 200)),
        max_size=4,
    ),
)
def test_nothing_is_due_on_a_day_away_nor_earlier_than_it_was(due, event, aways):
    absences = [
        {
            "from": due + timedelta(days=begins),
            "until": due + timedelta(days=begins + length),
            "kind": kind,
            "chosen": due + timedelta(days=begins + chosen),
        }
        for begins, length, kind, chosen in aways
    ]
    found = value("due_with_absences", {"event": event, "due": due, "absences": absences})
    assert found["waits_for"] is None
    assert found["due"] >= due
    # Nobody is in two absences at once, so of overlapping ones (which the records refuse) the first tells.
    in_order = sorted(absences, key=lambda each: each["from"])
    if all(earlier["until"] < later["from"] for earlier, later in zip(in_order, in_order[1:], strict=False)):
        assert not any(each["from"] <= found["due"] <= each["until"] for each in absences)
