"""Run the tests against servers and a site of their own."""

import os
import subprocess
import sys
import time

from standalone import installation, services
from standalone.run_root import PROJECT, SITE, RunRoot
from standalone.steps import step

STYLE = (["ruff", "check", "."], ["ruff", "format", "--check", "."])


def run_tests(run: RunRoot, arguments: list[str], keep: bool, stop_only: bool) -> int:
    """Run style checks (when no arguments are given) and pytest; return the exit code."""
    if stop_only:
        services.stop(run)
        return 0
    if not arguments:
        for command in STYLE:
            done = subprocess.run([sys.executable, "-m", *command], cwd=PROJECT, check=False)
            if done.returncode:
                return done.returncode
    try:
        return max(run_pytest(run, group) for group in ([arguments] if arguments else groups()))
    finally:
        if not keep:
            services.stop(run)


def groups() -> list[list[str]]:
    """Return what one run of pytest each takes: a folder of tests, or one file of the browser's.

    Each begins on a fresh site, so that no test finds what those of another folder have committed.
    """
    folders = [PROJECT / "tests" / name for name in ("rules", "standalone")]
    folders += [path for path in sorted((PROJECT / "tests" / "app").iterdir()) if any(path.glob("test_*.py"))]
    folders += sorted((PROJECT / "tests" / "browser").glob("test_*.py"))
    return [[str(path.relative_to(PROJECT))] for path in folders]


def run_pytest(run: RunRoot, arguments: list[str]) -> int:
    """Lay down a fresh site, run pytest with these arguments and return its exit code."""
    began = time.monotonic()
    bring_up(run)
    print(f"Test site ready after {time.monotonic() - began:.1f} s: {' '.join(arguments)}", flush=True)
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=test_environment(run), check=False).returncode


def bring_up(run: RunRoot) -> None:
    """Start the test servers with a fresh site, laid down from a dump when there is one."""
    run.make_folders()
    (run.site / ".made").unlink(missing_ok=True)
    if services.supervisor_runs(run):
        with step("Old web server and workers"):
            services.halt(run, ["web", "worker"])
    for folder in (run.mail, run.logs, run.site / "private" / "files", run.site / "public" / "files"):
        for path in folder.glob("*"):
            if path.is_file() and not path.name.endswith(".log"):
                path.unlink()
    installation.bring_up(run, kind="tests")


def test_environment(run: RunRoot) -> dict[str, str]:
    """Return the environment of the tests: where the site is, as any test on any bench is told."""
    return {
        **os.environ,
        "SITES_PATH": str(run.sites),
        "FRAPPE_SITE": SITE,
        "INDUCTION_SITE": SITE,
        "INDUCTION_SITES_PATH": str(run.sites),
        "INDUCTION_URL": run.url,
        "INDUCTION_ADMINISTRATOR_PASSWORD": run.kept["administrator_password"],
        "INDUCTION_MAIL": str(run.mail),
    }
