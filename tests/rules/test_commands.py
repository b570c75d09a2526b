"""`induction rules` on the command line."""

import pytest
import yaml
from click.testing import CliRunner

from standalone.rules import CASES, PAGE, page, rules


@pytest.fixture
def run(tmp_path):
    def invoke(*arguments, **files):
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        paths = [str(tmp_path / f"{name}.yaml") for name in files]
        return CliRunner().invoke(rules, [*arguments, *paths])

    return invoke


CASE = "- {name: July, ask: decision_due, facts: {recommendation_received: 2025-07-01}, answer: %s}\n"


def test_ask_prints_value_paragraphs_and_working(run):
    found = run("ask", "decision_due", "--facts", facts="recommendation_received: 2025-07-01")
    assert found.exit_code == 0
    answer = yaml.safe_load(found.output)
    assert answer["value"] == "2025-07-29" and "2.67" in answer["paragraphs"] and answer["working"]


def test_ask_answers_by_the_rules_of_another_date(run):
    found = run("ask", "timetable_limit", "--on", "2021-08-31", "--facts", facts="terms_served: 4")
    assert yaml.safe_load(found.output)["value"] == 0.9


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [("{}", "recommendation_received is missing"), ("- a", "facts must be a mapping"), ("{", "is not YAML")],
)
def test_ask_says_what_is_wrong_and_fails(run, facts, sentence):
    found = run("ask", "decision_due", "--facts", facts=facts)
    assert found.exit_code == 1 and sentence in found.output


def test_check_prints_a_line_for_each_case_and_a_count(run):
    found = run("check", good=CASE % "2025-07-29", more=CASE % "'2025-07-29'")
    assert found.exit_code == 0
    assert found.output.splitlines() == ["pass  July", "pass  July", "2 cases, 2 passed, 0 failed"]


def test_check_fails_when_a_case_does(run):
    found = run("check", bad=CASE % "2025-07-30" + CASE % "2025-07-29")
    assert found.exit_code == 1
    assert "FAIL  July: expected '2025-07-30', got '2025-07-29'" in found.output
    assert found.output.endswith("2 cases, 1 passed, 1 failed\n")


def test_check_reads_a_bare_on(run):
    case = "- {name: then, ask: timetable_limit, on: 2021-08-31, facts: {terms_served: 4}, answer: 0.9}"
    assert run("check", case=case).exit_code == 0


def test_check_refuses_a_file_that_is_not_a_list(run):
    found = run("check", wrong="name: July")
    assert found.exit_code == 1 and "must be a list of cases" in found.output


def test_list_shows_each_question_with_facts_and_paragraphs(run):
    found = run("list")
    assert "decision_due" in found.output and "recommendation_received: " in found.output
    assert "paragraphs: 2.67" in found.output


def test_coverage_fails_where_there_is_a_gap(run):
    assert run("coverage").exit_code == 0
    found = run("coverage", only=CASE % "2025-07-29")
    assert found.exit_code == 1 and "GAP" in found.output


def test_the_page_of_rules_is_current():
    assert PAGE.read_text(encoding="utf-8") == page()
    assert CliRunner().invoke(rules, ["document", "--check"]).exit_code == 0


def test_a_page_out_of_date_is_found(monkeypatch, tmp_path):
    import standalone.rules as module

    old = tmp_path / "rules.md"
    old.write_text(page() + "more", encoding="utf-8")
    monkeypatch.setattr(module, "PAGE", old)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    found = CliRunner().invoke(rules, ["document", "--check"])
    assert found.exit_code == 1 and "out of date" in found.output


def test_the_cases_are_where_coverage_looks_for_them():
    assert list(CASES.glob("*.yaml"))
