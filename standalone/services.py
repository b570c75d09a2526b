"""All servers of one installation under one supervisor."""

import os
import shlex
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from standalone import mariadb, redis
from standalone.run_root import SITE, RunRoot

HEAD = """\
[supervisord]
nodaemon = false
logfile = {logs}/supervisord.log
logfile_maxbytes = 5MB
pidfile = {root}/config/supervisord.pid
childlogdir = {logs}
minfds = 1024
{user}

[unix_http_server]
file = {socket}
chmod = 0700

[supervisorctl]
serverurl = unix://{socket}

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""

PROGRAM = """
[program:{name}]
command = {command}
directory = {folder}
priority = {priority}
autostart = false
autorestart = true
startsecs = 1
startretries = 20
stopwaitsecs = {patience}
stopasgroup = {group}
killasgroup = {group}
stdout_logfile = {logs}/{name}.log
stdout_logfile_maxbytes = 5MB
stdout_logfile_backups = 2
redirect_stderr = true
"""


class ServiceError(Exception):
    """A server does not start or answer; the message names it and its log."""


@dataclass(frozen=True)
class Program:
    """One server: its command, when it starts, and how it says that it is ready."""

    name: str
    command: list[str]
    ready: Callable[[], bool] | None = None
    patience: int = 15
    group: bool = False
    only: frozenset[str] = field(default=frozenset({"full", "tests"}))


def programs(run: RunRoot, kind: str = "full", reload: bool = False) -> list[Program]:
    """Return the servers of an installation in the order in which they start.

    `kind` is `full`, or `tests`: one worker, no scheduler, a database that need not be durable.
    """
    python = sys.executable
    found: list[Program] = []
    if run.own_database:
        command = mariadb.prepare(run, durable=kind == "full")
        found.append(Program("mariadb", command, lambda: mariadb.answers(run), patience=60))
    if run.own_redis:
        for purpose in ("cache", "queue"):
            found.append(
                Program(
                    f"redis-{purpose}", redis.prepare(run, purpose), lambda p=purpose: redis_answers(run, p)
                )
            )
    if run.own_mail:
        found.append(
            Program("mail", [python, "-m", "standalone.mail_sink", str(run.kept["mail_port"])], patience=5)
        )
    host = run.web_settings.get("host", "127.0.0.1")
    web = [python, "-m", "gunicorn", "--bind", f"{host}:{run.web_port}", "--worker-class", "gthread"]
    web += [
        "--workers",
        str(run.web_settings.get("workers", 2)),
        "--threads",
        str(run.web_settings.get("threads", 4)),
    ]
    web += [
        "--timeout",
        "120",
        "--graceful-timeout",
        "20",
        "--worker-tmp-dir",
        "/dev/shm",
        "--keep-alive",
        "5",
    ]
    web += ["--reload"] if reload else []
    found.append(
        Program(
            "web", [*web, "standalone.web:application"], lambda: web_answers(run), patience=25, group=True
        )
    )
    queues = {"worker-short": "short,default", "worker-long": "long,default,short"}
    if kind == "tests":
        queues = {"worker": "short,default,long"}
    for name, queue in queues.items():
        found.append(Program(name, [python, "-m", "standalone.worker", queue], patience=30, group=True))
    if kind == "full":
        found.append(Program("schedule", [python, "-m", "standalone.worker", "--schedule"], patience=5))
    return found


def data_servers(run: RunRoot) -> list[str]:
    """Return the names of the private servers that must answer before a site can be made."""
    names = ["mariadb"] if run.own_database else []
    names += ["redis-cache", "redis-queue"] if run.own_redis else []
    return names + (["mail"] if run.own_mail else [])


def write_configuration(run: RunRoot, found: list[Program]) -> Path:
    """Write the supervisor's configuration and return its path."""
    text = HEAD.format(
        root=run.root,
        logs=run.logs,
        socket=run.sockets / "supervisor.sock",
        user="user = root" if os.getuid() == 0 else "",
    )
    for number, program in enumerate(found):
        text += PROGRAM.format(
            name=program.name,
            command=shlex.join(program.command).replace("%", "%%"),
            folder=run.sites,
            priority=number * 10 + 10,
            patience=program.patience,
            group=str(program.group).lower(),
            logs=run.logs,
        )
    path = run.root / "config" / "supervisord.conf"
    path.write_text(text)
    return path


def control(run: RunRoot, *arguments: str, check: bool = True) -> str:
    """Ask the running supervisor and return its answer. Raises ServiceError when it cannot be reached."""
    done = subprocess.run(
        [sys.executable, "-m", "supervisor.supervisorctl", "-c", str(run.root / "config/supervisord.conf")]
        + list(arguments),
        capture_output=True,
        text=True,
        check=False,
    )
    if check and ("no such file" in done.stdout or "refused connection" in done.stdout):
        raise ServiceError(f"The supervisor of {run.root} does not answer. Run: ./induction start")
    return done.stdout


def supervisor_runs(run: RunRoot) -> bool:
    """Return whether the supervisor of this installation answers."""
    if not (run.root / "config" / "supervisord.conf").exists():
        return False
    return control(run, "pid", check=False).strip().isdigit()


def states(run: RunRoot) -> dict[str, str]:
    """Return the supervisor's word on each server: RUNNING, STOPPED, BACKOFF and so on."""
    return {
        words[0]: " ".join(words[1:])
        for words in (line.split() for line in control(run, "status").splitlines())
        if len(words) > 1
    }


def left_over(run: RunRoot) -> list[psutil.Process]:
    """Return processes of this installation that still run: marked by our run root, and not this one."""
    own = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    found = []
    for process in psutil.process_iter():
        try:
            marked = process.environ().get("INDUCTION_RUN_ROOT") == str(run.root)
        except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
        if marked and process.pid not in own:
            found.append(process)
    return found


def clear_left_over(run: RunRoot) -> int:
    """End what a killed supervisor left running, and return how many processes that were."""
    found = left_over(run)
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(found, timeout=30)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=10)
    (run.sockets / "supervisor.sock").unlink(missing_ok=True)
    return len(found)


def start_supervisor(run: RunRoot, found: list[Program]) -> None:
    """Start the supervisor with these servers, none of them running yet; or give a running one the new list."""
    configuration = write_configuration(run, found)
    if supervisor_runs(run):
        control(run, "update")
        return
    subprocess.run(
        [sys.executable, "-m", "supervisor.supervisord", "-c", str(configuration)],
        check=True,
        env=run.environment,
        cwd=run.sites,
        stdin=subprocess.DEVNULL,
    )
    wait("supervisor", lambda: supervisor_runs(run), run)


def start_programs(run: RunRoot, found: list[Program], names: list[str]) -> None:
    """Start the named servers and wait until each is ready."""
    now = states(run)
    asleep = [name for name in names if not now.get(name, "").startswith("RUNNING")]
    if asleep:
        control(run, "start", *asleep)
    for program in found:
        if program.name in names and program.ready:
            wait(program.name, program.ready, run)


def restart_code(run: RunRoot) -> None:
    """Let web server, workers and scheduler load the code anew; data servers go on."""
    names = [name for name in states(run) if name.startswith(("web", "worker", "schedule"))]
    control(run, "restart", *names)
    wait("web", lambda: web_answers(run), run)


def wait(name: str, ready: Callable[[], bool], run: RunRoot, seconds: float = 60) -> None:
    """Wait until a server is ready. Raises ServiceError with the end of its log."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return
        time.sleep(0.1)
    log = run.logs / f"{name}.log"
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else "(no log)"
    raise ServiceError(f"{name} is not ready after {seconds:.0f} seconds. The end of {log}:\n{tail}")


def redis_answers(run: RunRoot, purpose: str) -> bool:
    """Return whether a Redis server has read its data and answers."""
    import redis as client

    try:
        return client.Redis.from_url(run.redis_url(purpose), socket_timeout=2).ping()
    except client.exceptions.RedisError:
        return False


def forget_bundles(run: RunRoot) -> None:
    """Let running servers read the list of bundles anew."""
    import redis as client

    client.Redis.from_url(run.redis_url("cache")).delete("assets_json")


def web_answers(run: RunRoot) -> bool:
    """Return whether the sign-in page is served."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{run.web_port}/api/method/ping", headers={"Host": f"{SITE}:{run.web_port}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def stop(run: RunRoot) -> bool:
    """Stop every server and the supervisor; return whether anything ran."""
    ran = supervisor_runs(run)
    if ran:
        control(run, "stop", "all")
        control(run, "shutdown")
        end = time.monotonic() + 90
        while supervisor_runs(run) and time.monotonic() < end:
            time.sleep(0.2)
    return bool(clear_left_over(run)) or ran
