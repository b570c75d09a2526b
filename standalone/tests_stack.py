"""Run the tests against servers and a site of their own."""

import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from standalone import installation, services
from standalone.run_root import PROJECT, SITE, RunRoot
from standalone.steps import step

STYLE = (["ruff", "check", "."], ["ruff", "format", "--check", "."])
LANES = 2
# These take longest, so they begin first and no lane waits at the end for one of them.
LONGEST = (
    "tests/app/access",
    "tests/standalone",
    "tests/app/case",
    "tests/app/walkthrough",
    "tests/app/organisations",
    "tests/app/correspondence",
)


def run_tests(run: RunRoot, arguments: list[str], keep: bool, stop_only: bool) -> int:
    """Run pytest with these arguments; with none, style checks and every test. Returns the exit code."""
    try:
        if stop_only:
            return 0
        return run_pytest(run, arguments) if arguments else run_everything(run)
    finally:
        if stop_only or not keep:
            services.stop(run)


def run_everything(run: RunRoot) -> int:
    """Run style checks and then every group of tests, two at a time, each on servers of its own."""
    for command in STYLE:
        done = subprocess.run([sys.executable, "-m", *command], cwd=PROJECT, check=False)
        if done.returncode:
            return done.returncode
    bring_up(run)  # builds what all lanes share: assets, and the dump each site is laid down from
    services.stop(run)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for group in groups():
        waiting.put(group)
    failed: list[str] = []
    lanes = [
        threading.Thread(target=_run_lane, args=(run.root / f"lane-{number}", waiting, failed))
        for number in range(1, LANES + 1)
    ]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    print(f"Failed: {', '.join(sorted(failed))}" if failed else "Every group of tests passed.", flush=True)
    return 1 if failed else 0


def _run_lane(root: Path, waiting: "queue.SimpleQueue[list[str]]", failed: list[str]) -> None:
    """Run groups one after another in a run root of its own, and show the words of each when it is done."""
    environment = {**os.environ, "INDUCTION_RUN": str(root)}
    command = [sys.executable, "-m", "standalone", "test"]
    while True:
        try:
            group = waiting.get_nowait()
        except queue.Empty:
            break
        began = time.monotonic()
        with tempfile.TemporaryFile("w+") as words:
            done = subprocess.run(
                [*command, "--keep", *group],
                cwd=PROJECT,
                env=environment,
                stdout=words,
                stderr=words,
                check=False,
            )
            words.seek(0)
            said = words.read()
        print(f"\n{said}{' '.join(group)}: {time.monotonic() - began:.0f} s", flush=True)
        if done.returncode:
            failed.append(" ".join(group))
    subprocess.run([*command, "--stop"], cwd=PROJECT, env=environment, check=False)


def groups() -> list[list[str]]:
    """Return what one run of pytest each takes: a folder of tests, or some of the browser's files.

    Each begins on a fresh site, so that no test finds what those of another folder have committed.
    """
    folders = [PROJECT / "tests" / name for name in ("rules", "standalone")]
    folders += [path for path in sorted((PROJECT / "tests" / "app").iterdir()) if any(path.glob("test_*.py"))]
    names = [str(path.relative_to(PROJECT)) for path in folders]
    names.sort(key=lambda name: LONGEST.index(name) if name in LONGEST else len(LONGEST))
    browser = sorted((PROJECT / "tests" / "browser").glob("*"))
    browser = [path for path in browser if path.match("test_*.py") or any(path.glob("test_*.py"))]
    # Every third, so that neighbours, which are alike in length, come to different parts.
    parts = [[str(path.relative_to(PROJECT)) for path in browser[part::3]] for part in range(3)]
    longest = [[name] for name in names if name in LONGEST]
    return [*longest, *parts, *([name] for name in names if name not in LONGEST)]


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
