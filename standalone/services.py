"""All servers of one installation under one supervisor."""

import os
import shlex
import subprocess
import sys
import time
import urllib.error
import urllib.request
import xmlrpc.client
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from supervisor.xmlrpc import SupervisorTransport

from standalone import mariadb, redis
from standalone.errors import StandaloneError
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


class ServiceError(StandaloneError):
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
            Program(
                "mail",
                [python, "-m", "standalone.mail_sink", str(run.kept["mail_port"]), str(run.mail)],
                patience=5,
            )
        )
    host = run.web_settings.get("host", "127.0.0.1")
    web = [python, "-m", "gunicorn", "--config", "python:standalone.gunicorn_settings"]
    web += ["--bind", f"{host}:{run.web_port}"]
    # Two processes a core with two threads each: while one waits for the database, another works.
    web += ["--workers", str(run.web_settings.get("workers", 2 * (os.cpu_count() or 1)))]
    web += ["--threads", str(run.web_settings.get("threads", 2))]
    # Loaded once and then forked: less memory, and a sooner start. Reloading needs the other way.
    web += ["--reload"] if reload else ["--preload"]
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


def supervisor(run: RunRoot):
    """Return the running supervisor's own interface. Raises ServiceError when there is none."""
    proxy = xmlrpc.client.ServerProxy(
        "http://127.0.0.1",
        transport=SupervisorTransport(serverurl=f"unix://{run.sockets / 'supervisor.sock'}"),
    ).supervisor
    try:
        proxy.getState()
    except OSError:
        raise ServiceError(f"Nothing runs in {run.root}. Start with: ./induction start") from None
    return proxy


def supervisor_runs(run: RunRoot) -> bool:
    """Return whether the supervisor of this installation answers."""
    try:
        return supervisor(run).getState()["statename"] == "RUNNING"
    except ServiceError:
        return False
    except xmlrpc.client.Fault:  # it is on its way down
        return False


def states(run: RunRoot) -> dict[str, dict]:
    """Return the supervisor's word on each server: `statename`, `pid`, `description` and more."""
    return {info["name"]: info for info in supervisor(run).getAllProcessInfo()}


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
    """Start the supervisor, or give a running one this list of servers; servers that run go on."""
    configuration = write_configuration(run, found)
    if supervisor_runs(run):
        added, changed, removed = supervisor(run).reloadConfig()[0]
        for name in [*changed, *removed]:
            supervisor(run).stopProcessGroup(name)
            supervisor(run).removeProcessGroup(name)
        for name in [*added, *changed]:
            supervisor(run).addProcessGroup(name)
        return
    subprocess.run(
        [sys.executable, "-m", "supervisor.supervisord", "-c", str(configuration)],
        check=True,
        env=run.environment,
        cwd=run.sites,
        stdin=subprocess.DEVNULL,
    )
    wait("supervisord", lambda: supervisor_runs(run), run)


def start_programs(run: RunRoot, found: list[Program], names: list[str]) -> None:
    """Start the named servers all at once and wait until each is ready."""
    begin(run, names)
    for program in found:
        if program.name in names:
            wait(program.name, lambda p=program: runs(run, p.name) and (not p.ready or p.ready()), run)


def begin(run: RunRoot, names: list[str]) -> None:
    """Ask the supervisor to start servers, without waiting for them."""
    now = states(run)
    for name in names:
        if now[name]["statename"] not in ("RUNNING", "STARTING", "BACKOFF"):
            supervisor(run).startProcess(name, False)


def runs(run: RunRoot, name: str) -> bool:
    """Return whether a server has stayed up long enough to count as started."""
    return states(run)[name]["statename"] == "RUNNING"


def restart_code(run: RunRoot) -> None:
    """Let web server, workers and scheduler load the code anew; data servers go on."""
    names = [name for name in states(run) if name.startswith(("web", "worker", "schedule"))]
    halt(run, names)
    begin(run, names)
    wait("web", lambda: runs(run, "web") and web_answers(run), run)


def halt(run: RunRoot, names: list[str]) -> None:
    """Stop servers, all at once, and wait until they are gone."""
    alive = ("RUNNING", "STARTING", "BACKOFF")
    for name in names:
        if states(run)[name]["statename"] in alive:
            supervisor(run).stopProcess(name, False)
    wait_for = [name for name in names if states(run)[name]["statename"] in (*alive, "STOPPING")]
    for name in wait_for:
        wait(name, lambda n=name: states(run)[n]["statename"] not in (*alive, "STOPPING"), run, 90)


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


def holds_port(run: RunRoot, name: str, port: int) -> bool:
    """Return whether it is this server that listens on a port, and not that of another installation."""
    try:
        sockets = psutil.Process(states(run)[name]["pid"]).net_connections(kind="tcp")
    except psutil.Error:
        return False
    return any(each.status == psutil.CONN_LISTEN and each.laddr.port == port for each in sockets)


def web_answers(run: RunRoot) -> bool:
    """Return whether the sign-in page is served, by the web server of this installation."""
    if not holds_port(run, "web", run.web_port):
        return False
    request = urllib.request.Request(
        f"http://127.0.0.1:{run.web_port}/api/method/ping", headers={"Host": f"{SITE}:{run.web_port}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def stop(run: RunRoot) -> bool:
    """Stop every server and the supervisor, data servers last; return whether anything ran."""
    ran = supervisor_runs(run)
    if ran:
        data = data_servers(run)
        halt(run, [name for name in states(run) if name not in data])
        halt(run, [name for name in states(run) if name in data])
        supervisor(run).shutdown()
        end = time.monotonic() + 30
        while supervisor_runs(run) and time.monotonic() < end:
            time.sleep(0.1)
    return bool(clear_left_over(run)) or ran
