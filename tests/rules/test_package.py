"""The package stands alone: no framework, plain data out, the same answer at both doors."""

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from induction_app.statutory import PARAMETERS, QUESTIONS, StatutoryError, ask, deadlines, post, schedule
from induction_app.statutory.rules import FIXED, rules_on

ROOT = Path(__file__).resolve().parents[2]
BLOCK_FRAMEWORK = """
import sys
sys.modules["frappe"] = None
import induction_app.statutory as statutory
print(statutory.ask("decision_due", {"recommendation_received": "2025-07-01"}).value)
print(sorted({name.partition(".")[0] for name in sys.modules} & {"frappe", "standalone", "werkzeug", "redis"}))
"""


def test_the_package_imports_and_answers_where_the_framework_cannot_be_imported():
    found = subprocess.run(
        [sys.executable, "-c", BLOCK_FRAMEWORK], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout.splitlines() == ["2025-07-29", "['frappe']"]  # the name is there only as blocked


def test_a_rule_called_directly_gives_what_the_door_gives():
    received = date(2025, 7, 1)
    direct = deadlines.decision_due(received)
    assert direct.as_dict() == ask("decision_due", {"recommendation_received": received}).as_dict()
    assert deadlines.decision_due(recommendation_received="2025-07-01").value == date(2025, 7, 29)
    with pytest.raises(StatutoryError, match="recommendation_received"):
        deadlines.decision_due("July")
    with pytest.raises(TypeError, match="at most 1"):
        deadlines.decision_due(received, received)


def test_a_rule_called_directly_may_be_given_the_rules_of_another_date():
    assert post.timetable_limit(4, rules=rules_on(date(2021, 8, 31))).value == Decimal("0.90")
    assert post.timetable_limit(4, rules=rules_on(date(2021, 9, 1))).value == Decimal("0.95")


def test_a_calendar_read_once_gives_the_same_schedule():
    terms = [{"start": "2025-09-01", "end": "2025-12-19"}, {"start": "2026-01-05", "end": "2026-03-27"}]
    read = schedule.calendar(terms)
    facts = {"start": "2025-09-01", "required_terms": 2}
    again = ask("events_due", {**facts, "terms": read})
    assert again.as_dict() == ask("events_due", {**facts, "terms": terms}).as_dict()


def test_figures_are_exact_and_equal_as_data():
    limit = ask("timetable_limit", {"terms_served": 0}).value
    assert limit == 0.9 and limit == Decimal("0.9") and str(limit) == "0.90"
    assert limit != 0.95 and limit != Decimal("0.95")
    thirds = ask("terms_served", {"posts": [{"terms": 1.1, "fte": 0.1}] * 3}).value
    assert thirds == Decimal("0.33")


def test_an_answer_is_plain_data_for_json_and_yaml():
    facts = {"posts": [{"terms": 2.5, "fte": 0.5}]}
    found = ask("terms_served", facts).as_dict()
    assert json.loads(json.dumps(found))["value"] == 1.25
    assert yaml.safe_load(yaml.safe_dump(found)) == found
    due = ask("report_due", {"final_meeting": date(2025, 7, 1)}).as_dict()
    assert json.loads(json.dumps(due))["value"] == "2025-07-15"


def test_the_working_names_its_paragraph_and_writes_dates_out():
    answer = ask("decision_due", {"recommendation_received": "2025-07-01"})
    assert "(2.67)" in answer.working[0] and "1 July 2025" in answer.working[0]
    assert "29 July 2025" in answer.working[1]
    assert any("28 July 2025" in step for step in answer.working)  # as the Regulations count


def test_where_the_guidance_leaves_room_the_working_says_so_and_a_body_may_set_its_own():
    facts = {
        "start": "2025-09-01",
        "terms": [{"start": "2025-09-01", "end": "2025-12-19"}],
        "required_terms": 1,
    }
    usual = ask("events_due", facts)
    own = ask("events_due", facts, policy={"event_lead_days": 21})
    assert any("The appropriate body may set its own" in step for step in usual.working)
    assert usual.value[0]["due"] == date(2025, 12, 5) and own.value[0]["due"] == date(2025, 11, 28)
    assert any("has set its own figure" in step for step in own.working)


@pytest.mark.parametrize("name", [name for name, each in PARAMETERS.items() if each.force == FIXED])
def test_no_policy_changes_a_figure_the_statute_fixes(name):
    with pytest.raises(StatutoryError, match=name):
        ask("working_day", {"day": "2025-09-09"}, policy={name: 1})


@pytest.mark.parametrize(
    "policy",
    [{"event_lead_days": -1}, {"event_lead_days": "soon"}, {"day_of_event_counts": 1}, {"luck": 1}, 5],
)
def test_a_malformed_policy_is_refused_in_a_sentence(policy):
    with pytest.raises(StatutoryError, match="policy"):
        ask("working_day", {"day": "2025-09-09"}, policy=policy)


@pytest.mark.parametrize(
    "facts",
    [None, [], {"recommendation_received": 20250701}, {"recommendation_received": True}, {"today": 1}],
)
def test_malformed_facts_are_refused_and_never_crash(facts):
    with pytest.raises(StatutoryError):
        ask("decision_due", facts)


@pytest.mark.parametrize("year", ["0001", "1899", "2151", "9999"])
def test_a_mistyped_year_is_refused_by_name(year):
    for question, fact in {
        "retain_until": "completed",
        "supply_until": "qts_awarded",
        "notice_received": "sent",
    }.items():
        with pytest.raises(StatutoryError, match=fact):
            ask(question, {fact: f"{year}-12-31"})


@pytest.mark.parametrize("number", [float("nan"), float("inf"), "1e400", "two", None, True, [1], -1])
def test_a_number_that_is_none_is_refused_by_name(number):
    with pytest.raises(StatutoryError, match="terms_served"):
        ask("timetable_limit", {"terms_served": number})


def test_every_rule_names_its_paragraphs_and_says_what_it_does():
    for question in QUESTIONS.values():
        assert question.paragraphs, question.name
        assert question.function.__doc__, question.name
        assert set(question.parameters) <= set(PARAMETERS), question.name


def test_every_parameter_is_used_by_a_rule():
    code = "".join(path.read_text() for path in (ROOT / "induction_app" / "statutory").glob("*.py"))
    assert [name for name in PARAMETERS if f"rules.{name}" not in code] == []
