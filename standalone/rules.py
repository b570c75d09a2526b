"""`induction rules`: ask the statutory rules, check cases, and write the page that lists them."""

from collections.abc import Iterable
from pathlib import Path

import click
import yaml

from induction_app.statutory import PARAMETERS, QUESTIONS, Question, StatutoryError, ask
from induction_app.statutory.answer import written
from induction_app.statutory.cases import run
from induction_app.statutory.coverage import coverage

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "rules" / "cases"
PAGE = ROOT / "docs" / "rules.md"


@click.group()
def rules() -> None:
    """Ask the statutory rules, check cases against them, and list them."""


@rules.command("ask")
@click.argument("question")
@click.option(
    "--facts",
    "facts",
    type=click.File(encoding="utf-8"),
    required=True,
    help="A YAML file of facts; - reads them in.",
)
@click.option("--on", help="The date whose rules apply, such as 2025-09-01; today if left out.")
def ask_question(question: str, facts: click.utils.LazyFile, on: str | None) -> None:
    """Answer QUESTION from the facts in a file, with the paragraphs and the working."""
    try:
        answer = ask(question, _load(facts.read(), facts.name) or {}, on)
    except StatutoryError as error:
        raise click.ClickException(str(error)) from error
    click.echo(yaml.safe_dump(answer.as_dict(), sort_keys=False, allow_unicode=True, width=100), nl=False)


@rules.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def check(files: tuple[Path, ...]) -> None:
    """Run the cases in each of FILES, print a line for each, and fail if any of them does."""
    outcomes = [run(case) for case in _cases(files)]
    for outcome in outcomes:
        click.echo(f"pass  {outcome.name}" if outcome.passed else f"FAIL  {outcome.name}: {outcome.fault}")
    failed = sum(not outcome.passed for outcome in outcomes)
    click.echo(f"{len(outcomes)} cases, {len(outcomes) - failed} passed, {failed} failed")
    if failed:
        raise SystemExit(1)


@rules.command("list")
def list_questions() -> None:
    """List the questions with their facts and paragraphs."""
    for question in sorted(QUESTIONS.values(), key=lambda each: each.name):
        click.echo(question.name)
        click.echo(f"    gives: {question.gives}")
        for fact in question.facts:
            click.echo(f"    {fact.name}: {fact.about}{'' if fact.required else ' (may be left out)'}")
        click.echo(f"    paragraphs: {', '.join(question.paragraphs)}")


@rules.command("coverage")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def show_coverage(files: tuple[Path, ...]) -> None:
    """Show each paragraph with its rules and number of cases, and fail if there is a gap.

    The cases are those in FILES, or the product's own when none are given.
    """
    rows = coverage(_cases(files or sorted(CASES.glob("*.yaml"))))
    for row in rows:
        note = f"  GAP: {row.gap}" if row.gap else ""
        click.echo(f"{row.paragraph.number:8} {row.cases:3} cases  {', '.join(row.questions)}{note}")
    gaps = sum(bool(row.gap) for row in rows)
    click.echo(f"{len(rows)} paragraphs, {gaps} with a gap")
    if gaps:
        raise SystemExit(1)


@rules.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail if the page is out of date.")
def document(only_check: bool) -> None:
    """Write the page that lists every rule with its paragraphs, function and parameters."""
    text = page()
    if not only_check:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
        click.echo(f"Wrote {PAGE.relative_to(ROOT)}.")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        raise click.ClickException(f"{PAGE.relative_to(ROOT)} is out of date: run induction rules document.")
    else:
        click.echo(f"{PAGE.relative_to(ROOT)} is current.")


def page() -> str:
    """The page as Markdown: the rules by subject, then the parameters with every value they have had."""
    lines = [
        "# The statutory rules",
        "",
        "Written by `./induction rules document` from the code; edit the code, not this page.",
        "",
        "Numbers such as 2.34 are paragraphs of the statutory guidance *Induction for early career teachers",
        "(England)*; `reg`, `sch` and Annex A refer to the Education (Induction Arrangements for School",
        "Teachers) (England) Regulations 2012. Ask any of them with",
        "`./induction rules ask QUESTION --facts FILE.yaml`, or in Python with",
        "`induction_app.statutory.ask(question, facts, on=None)`.",
        "",
    ]
    subject = None
    for question in sorted(QUESTIONS.values(), key=lambda each: each.function.__module__):
        if question.function.__module__ != subject:
            subject = question.function.__module__
            lines += [f"## {written(subject.rpartition('.')[2]).capitalize()}", ""]
        lines += _question_lines(question)
    return "\n".join([*lines, *_parameter_lines()]) + "\n"


def _question_lines(question: Question) -> list[str]:
    summary = " ".join(question.function.__doc__.split("\n\n")[0].split())
    facts = ", ".join(f"`{fact.name}`{'' if fact.required else '?'}" for fact in question.facts)
    parameters = ", ".join(f"`{name}`" for name in question.parameters) or "none"
    module = question.function.__module__.removeprefix("induction_app.")
    return [
        f"### {question.name}",
        "",
        summary,
        "",
        f"- Paragraphs: {', '.join(question.paragraphs)}",
        f"- Function: `{module}.{question.name}`",
        f"- Facts (`?` may be left out): {facts}",
        f"- Gives: {question.gives}",
        f"- Parameters: {parameters}",
        "",
    ]


def _parameter_lines() -> list[str]:
    lines = [
        "## Parameters",
        "",
        "A figure marked *must* is fixed. For the others an appropriate body may give its own, as",
        "`policy: {name: value}` among the facts.",
        "",
        "| parameter | what it is | force | from | value | paragraph |",
        "|---|---|---|---|---|---|",
    ]
    for parameter in PARAMETERS.values():
        for setting in parameter.settings:
            lines.append(
                f"| `{parameter.name}` | {parameter.about} | {parameter.force} | {written(setting.start)} "
                f"| {written(setting.value)} | {setting.paragraph} |"
            )
    return lines


def _cases(files: Iterable[Path]) -> list[object]:
    found: list[object] = []
    for path in files:
        cases = _load(path.read_text(encoding="utf-8"), str(path))
        if not isinstance(cases, list):
            raise click.ClickException(f"{path} must be a list of cases.")
        found += cases
    return found


def _load(text: str, name: str) -> object:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise click.ClickException(f"{name} is not YAML: {error}") from error
