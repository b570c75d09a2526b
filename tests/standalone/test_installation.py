"""An installation of its own: killed, started again, backed up and restored, and used from another."""

import os
import shutil
import signal
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import requests

from standalone import mariadb, services
from standalone.run_root import PROJECT, SITE, RunRoot


def induction(run: RunRoot, *arguments: str, settings: Path | None = None) -> subprocess.CompletedProcess:
    """Call the command line for an installation."""
    environment = {
        name: value for name, value in os.environ.items() if name not in ("SITES_PATH", "FRAPPE_SITE")
    }
    environment |= {"INDUCTION_RUN": str(run.root), "INDUCTION_SETTINGS": str(settings or "")}
    return subprocess.run(
        [str(PROJECT / "induction"), *arguments], capture_output=True, text=True, env=environment, check=False
    )


def done(outcome: subprocess.CompletedProcess) -> str:
    """Return what a command printed; fail when it did not succeed."""
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


def until(condition: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not come in {seconds} s"
        time.sleep(0.2)


def titles(run: RunRoot) -> list[str]:
    """Return the titles of the notes in an installation's database."""
    listed = mariadb.administer(run, f"select title from `{mariadb.DATABASE}`.tabNote order by title")
    return listed.split("\n")[:-1]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunRoot]:
    """Start an installation without a demonstration, and stop it in the end.

    In a folder with a space in its name, and twice at once, as somebody does who has not seen the first.
    """
    folder = tmp_path_factory.mktemp("run")
    folder.chmod(0o755)
    run = RunRoot(folder / "our own")
    with ThreadPoolExecutor() as both:
        starts = [both.submit(induction, run, "start", "--detach", "--no-demo") for _number in range(2)]
    for start in starts:
        printed = done(start.result())
        assert run.url in printed
        assert run.kept["administrator_password"] in printed
    yield run
    induction(run, "stop")


class Administrator:
    """The Administrator's session with an installation."""

    def __init__(self, run: RunRoot):
        self.url = run.url
        self.session = requests.Session()
        answer = self.session.post(
            f"{run.url}/api/method/login",
            data={"usr": "Administrator", "pwd": run.kept["administrator_password"]},
        )
        assert answer.status_code == 200

    def note(self, title: str) -> str:
        """Write a note and return its name."""
        answer = self.session.post(f"{self.url}/api/resource/Note", json={"title": title, "public": 1})
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]["name"]


def test_status_names_every_server(installation):
    printed = done(induction(installation, "status"))
    for name in (
        "mariadb",
        "redis-cache",
        "redis-queue",
        "mail",
        "web",
        "worker-short",
        "worker-long",
        "schedule",
    ):
        assert name in printed
    assert installation.url in printed


def test_servers_listen_on_this_machine_alone(installation):
    ours = {process.pid for process in services.left_over(installation)}
    listening = [
        connection
        for connection in psutil.net_connections("inet")
        if connection.pid in ours and connection.status == psutil.CONN_LISTEN
    ]
    assert listening
    assert {connection.laddr.ip for connection in listening} == {"127.0.0.1"}


def test_database_and_redis_refuse_strangers(installation):
    import redis

    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis(port=installation.kept["redis_queue_port"]).ping()
    with pytest.raises(mariadb.DatabaseError):
        stranger = RunRoot(installation.root / "stranger")
        stranger.make_folders()
        mariadb.administer(stranger, "select 1")


def test_temporary_tables_of_others_are_left_alone(installation, tmp_path):
    # As MariaDB names one of its own on the disk; a server that starts takes it for one a crash left.
    anothers = Path(tempfile.gettempdir()) / "#sql-temptable-another-1-1.MAI"
    anothers.touch()
    if user := mariadb.server_user(installation):
        shutil.chown(anothers, user)  # or the folder's sticky bit would save it
    try:
        tmp_path.chmod(0o755)
        newcomer = RunRoot(tmp_path / "newcomer")
        newcomer.make_folders()
        mariadb.prepare(newcomer)
        assert (newcomer.root / "mariadb" / "mysql").is_dir()
        assert anothers.exists()
        assert mariadb.administer(installation, "select @@tmpdir").strip().startswith(f"{installation.root}/")
    finally:
        anothers.unlink(missing_ok=True)


def test_killed_servers_come_back(installation):
    administrator = Administrator(installation)
    for name in services.states(installation):
        until(lambda n=name: services.runs(installation, n), f"{name} running")
        administrator.note(f"Before {name}")
        old = services.states(installation)[name]["pid"]
        os.kill(old, signal.SIGKILL)
        until(
            lambda n=name, o=old: (
                services.runs(installation, n) and services.states(installation)[n]["pid"] != o
            ),
            f"A new {name}",
        )
        until(lambda: mariadb.answers(installation), "The database")
        until(lambda: services.web_answers(installation), "The sign-in page")
        assert f"Before {name}" in titles(installation)
    assert Administrator(installation).note("After all of them")


def test_everything_killed_the_next_start_recovers(installation):
    import redis

    administrator = Administrator(installation)
    administrator.note("Committed before the end")
    queue = redis.Redis.from_url(installation.redis_url("queue"))
    queue.set("waits-to-be-done", "yes")
    # Redis writes its log of changes to the disk once a second.
    time.sleep(1.2)
    processes = services.left_over(installation)
    assert len(processes) >= 9
    for process in processes:
        process.kill()
    psutil.wait_procs(processes, timeout=20)
    assert not services.supervisor_runs(installation)
    began = time.monotonic()
    done(induction(installation, "start", "--detach"))
    assert time.monotonic() - began < 60
    assert "Committed before the end" in titles(installation)
    assert redis.Redis.from_url(installation.redis_url("queue")).get("waits-to-be-done") == b"yes"


def test_killed_supervisor_leaves_nothing_that_stops_the_next_start(installation):
    os.kill(int((installation.root / "config" / "supervisord.pid").read_text()), signal.SIGKILL)
    until(lambda: not services.supervisor_runs(installation), "The end of the supervisor")
    assert services.left_over(installation)
    done(induction(installation, "start", "--detach"))
    assert Administrator(installation).note("After the supervisor")
    names = [state["name"] for state in services.states(installation).values() if state["pid"]]
    assert len(names) == len(set(names)) == 8


def test_backup_is_restored_with_files_and_key(installation, tmp_path):
    administrator = Administrator(installation)
    administrator.note("In the backup")
    kept = installation.site / "private" / "files" / "kept.txt"
    kept.write_text("kept")
    settings = (installation.site / "site_config.json").read_text()
    path = tmp_path / "site.tar.gz"
    done(induction(installation, "backup", "--to", str(path)))
    assert path.stat().st_mode & 0o077 == 0

    administrator.note("After the backup")
    kept.write_text("changed")
    late = installation.site / "private" / "files" / "late.txt"
    late.write_text("late")
    done(induction(installation, "restore", str(path), "--yes"))
    assert "In the backup" in titles(installation)
    assert "After the backup" not in titles(installation)
    assert kept.read_text() == "kept"
    assert not late.exists()
    assert (installation.site / "site_config.json").read_text() == settings
    assert Administrator(installation).note("After the restore")


def test_file_that_is_no_backup_leaves_the_site_alone(installation, tmp_path):
    path = tmp_path / "thesis.txt"
    path.write_text("not a backup")
    before = titles(installation)
    outcome = induction(installation, "restore", str(path), "--yes")
    assert outcome.returncode != 0
    assert "cannot be read as a backup" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert titles(installation) == before


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda sql: sql[: len(sql) // 2], "is cut off"),
        (lambda sql: sql.replace("CREATE TABLE `tabToDo`", "CREATE TALBE `tabToDo`"), "is as it was"),
    ],
)
def test_damaged_backup_leaves_the_site_as_it_was(installation, tmp_path, damage, words):
    whole, damaged = tmp_path / "whole.tar.gz", tmp_path / "damaged.tar.gz"
    done(induction(installation, "backup", "--to", str(whole)))
    with tarfile.open(whole) as archive:
        archive.extractall(tmp_path / "parts", filter="data")
    sql = tmp_path / "parts" / "database.sql"
    sql.write_text(damage(sql.read_text()))
    with tarfile.open(damaged, "w:gz") as archive:
        for part in (tmp_path / "parts").iterdir():
            archive.add(part, part.name)
    before = titles(installation)
    outcome = induction(installation, "restore", str(damaged), "--yes")
    assert outcome.returncode != 0 and words in outcome.stderr
    assert "Traceback" not in outcome.stderr and "INSERT" not in outcome.stderr
    assert titles(installation) == before
    assert Administrator(installation).note(f"After {words}")


def test_migrate_brings_the_servers_the_code(installation):
    old = services.states(installation)["web"]["pid"]
    done(induction(installation, "migrate"))
    assert services.states(installation)["web"]["pid"] != old
    assert services.web_answers(installation)


def test_console_runs_in_the_site_and_commits(installation):
    printed = done(
        induction(
            installation,
            "console",
            "print(frappe.local.site); frappe.get_doc(doctype='Note', title='By hand').insert()",
        )
    )
    assert SITE in printed
    assert "By hand" in titles(installation)


def test_named_servers_are_used_instead_of_own(installation, tmp_path_factory):
    """A second installation in a database and Redis servers that its settings name."""
    mariadb.administer(
        installation,
        """
        create database second character set utf8mb4 collate utf8mb4_unicode_ci;
        create user 'second'@'localhost' identified by 'second-password';
        grant all privileges on second.* to 'second'@'localhost';
        """,
    )
    root = tmp_path_factory.mktemp("second")
    settings = root / "induction.toml"
    settings.write_text(
        f"""
        [database]
        socket = "{mariadb.socket_path(installation)}"
        name = "second"
        user = "second"
        password = "second-password"
        [redis]
        cache = "{installation.redis_url("cache")}/1"
        queue = "{installation.redis_url("queue")}/1"
        """
    )
    second = RunRoot(root / "run")
    try:
        done(induction(second, "start", "--detach", "--no-demo", settings=settings))
        running = [name for name, state in services.states(second).items() if state["pid"]]
        assert sorted(running) == ["mail", "schedule", "web", "worker-long", "worker-short"]
        assert Administrator(second).note("In the second")
        notes = mariadb.administer(installation, "select title from second.tabNote")
        assert notes.split("\n")[:-1] == ["In the second"]
        path = root / "second.tar.gz"
        third = induction(RunRoot(root / "third"), "start", "--detach", settings=settings)
        assert third.returncode != 0
        assert "second that the settings name is not empty" in third.stderr
        done(induction(second, "backup", "--to", str(path), settings=settings))
        Administrator(second).note("Too late")
        done(induction(second, "restore", str(path), "--yes", settings=settings))
        assert mariadb.administer(installation, "select title from second.tabNote").split("\n")[:-1] == [
            "In the second"
        ]
    finally:
        for run in (second, RunRoot(root / "third")):
            induction(run, "stop", settings=settings)


def test_stop_leaves_nothing_running(installation):
    assert "Stopped" in done(induction(installation, "stop"))
    assert services.left_over(installation) == []
    assert "Nothing was running" in done(induction(installation, "stop"))
    assert induction(installation, "status").returncode == 3
    began = time.monotonic()
    done(induction(installation, "start", "--detach"))
    assert "After the restore" in titles(installation)
    print(f"second start: {time.monotonic() - began:.1f} s")
