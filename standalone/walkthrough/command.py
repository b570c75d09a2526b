"""`induction walkthrough`: the story on servers and a site of its own, with its papers in a folder."""

from pathlib import Path

import click
import requests

from standalone import services, tests_stack
from standalone.run_root import PROJECT, RunRoot
from standalone.walkthrough.papers import FolderInUseError, closing_table, line
from standalone.walkthrough.person import RefusedError
from standalone.walkthrough.play import play
from standalone.walkthrough.rehearsal import Rehearsal, StepFailedError

REGISTERS = (
    PROJECT.parent / "shared" / "data" / "gias-sample.csv",
    PROJECT / "induction_app/demo/data/gias-sample.csv",
)


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="A folder for the PDFs, mails and CSV files; it is made where there is none.",
)
@click.option("--keep", is_flag=True, help="Leave the servers running afterwards, to look at the site.")
def walkthrough(out: Path, keep: bool) -> None:
    """Play the whole story over HTTP: register, review, assess, decide, appeal.

    It has servers and a site of its own under the run folder, made fresh each time; yours is not touched.
    """
    run = RunRoot(RunRoot.chosen().root / "walkthrough")
    register = next(path for path in REGISTERS if path.exists())
    try:
        tests_stack.bring_up(run)
        rehearsal = Rehearsal(
            url=run.url,
            configuration=run.site / "site_config.json",
            mail=run.mail,
            administrator_password=run.kept["administrator_password"],
            tell=lambda step: click.echo(line(step)),
        )
        story, rows = play(rehearsal, out, register)
    except (StepFailedError, RefusedError, FolderInUseError, requests.RequestException) as failure:
        raise click.ClickException(f"The walkthrough stopped. {failure}") from failure
    finally:
        if not keep:
            services.stop(run)
    papers = story.papers
    click.echo(f"\n{closing_table(rows)}\n")
    click.echo(
        f"{len(rehearsal.steps)} steps; {len(papers.pdfs)} PDFs and {len(papers.mails)} mails in {out}"
    )
    if keep:
        click.echo(f"The site goes on at {run.url}; everybody's password is {rehearsal.password}")
