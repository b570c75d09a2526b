"""The command line: `./induction COMMAND`."""

import subprocess
import sys
import time
from pathlib import Path

import click

from standalone.errors import StandaloneError
from standalone.run_root import RunRoot


class Sentences(click.Group):
    """A group of commands that says what went wrong in a sentence, without a trace.

    A command is loaded when it is asked for: the rules need no framework, and servers need no rules.
    """

    def list_commands(self, context: click.Context) -> list[str]:
        """Name every command."""
        return sorted([*super().list_commands(context), "rules", "walkthrough"])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a command, loading it first where it stands in a file of its own."""
        if name == "rules":
            from standalone.rules import rules

            return rules
        if name == "walkthrough":
            from standalone.walkthrough.command import walkthrough

            return walkthrough
        return super().get_command(context, name)

    def invoke(self, context: click.Context):
        """Run a command; show our own errors as messages."""
        try:
            return super().invoke(context)
        except StandaloneError as error:
            raise click.ClickException(str(error)) from None


@click.group(
    cls=Sentences, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
def main() -> None:
    """Statutory induction of early career teachers: run the app, test it, keep it.

    Everything that changes lives in one folder, .run, or the one that INDUCTION_RUN names.
    """


@main.command()
@click.option("--detach", is_flag=True, help="Come back when the sign-in page is served; servers go on.")
@click.option("--no-demo", is_flag=True, help="Leave out the demonstration's people and cases.")
@click.option("--reload", is_flag=True, help="Load changed Python files at once (for development).")
def start(detach: bool, no_demo: bool, reload: bool) -> None:
    """Start everything; on a fresh machine set it up first."""
    from standalone import demonstration, installation, services

    began = time.monotonic()
    run = RunRoot.chosen()
    installation.bring_up(run, reload=reload, demonstration=not no_demo)
    click.echo(f"\nReady after {time.monotonic() - began:.1f} s: {run.url}")
    click.echo(f"  Administrator's password: {run.kept['administrator_password']}")
    if run.own_mail:
        click.echo(f"  Mails arrive as files in {run.mail}")
    for line in demonstration.lines(run):
        click.echo(f"  {line}")
    if detach:
        click.echo("  Stop with: ./induction stop")
        return
    click.echo("  Stop with Ctrl-C.")
    try:
        while services.supervisor_runs(run):
            time.sleep(2)
        click.echo("The supervisor has ended.")
    except KeyboardInterrupt:
        click.echo("\nStopping ...")
        services.stop(run)


@main.command()
def stop() -> None:
    """Stop every server of this installation."""
    from standalone import services

    click.echo("Stopped." if services.stop(RunRoot.chosen()) else "Nothing was running.")


@main.command()
def status() -> None:
    """Show what runs, where, and how to sign in."""
    from standalone import demonstration, services, site

    run = RunRoot.chosen()
    if not services.supervisor_runs(run):
        click.echo("Not running. Start with: ./induction start")
        sys.exit(3)
    for name, state in services.states(run).items():
        click.echo(f"  {name:<14}{state['statename'].lower():<10}{state['description']}")
    click.echo(f"Site: {run.url}" + ("" if services.web_answers(run) else " (does not answer)"))
    if site.exists(run):
        click.echo(f"Administrator's password at set-up: {run.kept['administrator_password']}")
        for line in demonstration.lines(run):
            click.echo(line)


@main.command()
def migrate() -> None:
    """Bring the site to the state of the code, and load the code in every server."""
    from standalone import installation, services, site
    from standalone.steps import step

    run = RunRoot.chosen()
    installation.link_engine()
    services.states(run)
    installation.build_assets(run)
    with step("Migration"):
        site.in_site(run, "migrate")
    with step("Servers with the new code"):
        services.restart_code(run)


@main.command()
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def backup(to: Path | None) -> None:
    """Write the site (database, files, key) to one file that only you may read."""
    from standalone import services
    from standalone.backup import write_backup

    run = RunRoot.chosen()
    services.states(run)
    path = write_backup(run, to.resolve() if to else None)
    click.echo(f"{path} ({path.stat().st_size / 1e6:.1f} MB)")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask before what is there now is replaced.")
def restore(file: Path, yes: bool) -> None:
    """Lay the backup FILE down in the place of the site that is there now."""
    from standalone import installation, services

    run = RunRoot.chosen()
    services.states(run)
    if not yes:
        click.confirm(f"Replace the site in {run.root} by {file}?", abort=True)
    about = installation.restore(run, file.resolve())
    click.echo(f"Restored the site of {about['made'].replace('T', ' ')}: {run.url}")
    click.echo("Everybody signs in with the password that they had then.")


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("code", required=False)
def console(code: str | None) -> None:
    """Open a Python shell inside the site, or run CODE there and print what it prints."""
    from standalone import services

    run = RunRoot.chosen()
    services.states(run)
    start = "import frappe; frappe.init_site().__enter__(); frappe.connect();"
    if code:
        command = [sys.executable, "-c", f"{start}\n{code}\nfrappe.db.commit()"]
    else:
        command = [sys.executable, "-m", "IPython", "--no-banner", "-i", "-c", start]
    sys.exit(subprocess.run(command, env=run.environment, cwd=run.sites, check=False).returncode)


@main.command(context_settings={"ignore_unknown_options": True})
@click.option(
    "--keep", is_flag=True, help="Leave the test servers running, so that the next run starts sooner."
)
@click.option(
    "--stop", "stop_only", is_flag=True, help="Stop test servers that an earlier --keep left running."
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(keep: bool, stop_only: bool, arguments: tuple[str, ...]) -> None:
    """Run style checks and all tests, or pytest with the ARGUMENTS given."""
    from standalone import tests_stack

    sys.exit(tests_stack.run_tests(RunRoot.chosen().for_tests(), list(arguments), keep, stop_only))
