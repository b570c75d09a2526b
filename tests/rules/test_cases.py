"""Every case in tests/rules/cases, and that between them they cover every paragraph."""

from pathlib import Path

import pytest
import yaml

from induction_app.statutory import QUESTIONS
from induction_app.statutory.cases import run
from induction_app.statutory.coverage import coverage

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = [
    (f"{path.stem}: {case['name']}", case)
    for path in FILES
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_case(case):
    assert run(case).fault == ""


def test_every_paragraph_has_a_rule_and_enough_cases():
    gaps = {row.paragraph.number: row.gap for row in coverage(case for _, case in CASES) if row.gap}
    assert gaps == {}


def test_a_paragraph_without_cases_is_a_gap():
    without = [case for _, case in CASES if "2.67" not in case.get("paragraphs", ())]
    gaps = {row.paragraph.number: row.gap for row in coverage(without) if row.gap}
    assert gaps["2.67"] == "0 of 3 cases"


def test_every_question_has_a_case():
    assert set(QUESTIONS) <= {case["ask"] for _, case in CASES}


def test_a_case_fails_on_another_answer_or_paragraph():
    case = {"name": "July", "ask": "decision_due", "facts": {"recommendation_received": "2025-07-01"}}
    assert run({**case, "answer": "2025-07-29"}).passed
    assert "2025-07-29" in run({**case, "answer": "2025-07-30"}).fault
    assert "9.99" in run({**case, "answer": "2025-07-29", "paragraphs": ["9.99"]}).fault
    assert "expected a refusal" in run({**case, "refuses": "recommendation_received"}).fault
    assert "either answer or refuses" in run(case).fault
    assert "must be a mapping" in run("decision_due").fault


def test_true_is_not_one_in_a_case():
    case = {"name": "Tuesday", "ask": "working_day", "facts": {"day": "2025-09-09"}}
    assert run({**case, "answer": True}).passed
    assert not run({**case, "answer": 1}).passed
