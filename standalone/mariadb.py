"""The private MariaDB server: its files, its settings, its administrator's SQL."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from standalone.run_root import RunRoot

DATABASE = "induction"
# Durable to the last commit, as a record of a statutory process must be.
DURABLE = "innodb_flush_log_at_trx_commit = 1"
# A test's database is thrown away: no wait for the disk.
THROWN_AWAY = "innodb_flush_log_at_trx_commit = 0\nsync_binlog = 0\ninnodb_doublewrite = 0"

SETTINGS = """\
[mysqld]
datadir = {data}
socket = {socket}
pid_file = {root}/config/mariadb.pid
skip_networking
character_set_server = utf8mb4
collation_server = utf8mb4_unicode_ci
max_allowed_packet = 64M
max_connections = 100
innodb_buffer_pool_size = 256M
innodb_log_file_size = 96M
performance_schema = 0
{durability}
{user}
"""


def socket_path(run: RunRoot) -> Path:
    """Return the socket of the private server."""
    return run.sockets / "mariadb.sock"


def program(name: str) -> str:
    """Return the path of a MariaDB program; Debian keeps the server outside a user's PATH."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if not found:
        raise FileNotFoundError(f"{name} is not installed. Install the package mariadb-server.")
    return found


def server_user(run: RunRoot) -> str | None:
    """Return the user that the server runs as when we are root: `mysql` where it can reach the data."""
    if os.getuid() != 0:
        return None
    try:
        pwd.getpwnam("mysql")
    except KeyError:
        return "root"
    reach = subprocess.run(["runuser", "-u", "mysql", "--", "test", "-x", str(run.root)], check=False)
    return "mysql" if reach.returncode == 0 else "root"


def prepare(run: RunRoot, durable: bool = True) -> list[str]:
    """Make data folder and settings of the private server if missing, and return its command."""
    data = run.root / "mariadb"
    user = server_user(run)
    settings = run.root / "config" / "mariadb.cnf"
    settings.write_text(
        SETTINGS.format(
            data=data,
            socket=socket_path(run),
            root=run.root,
            durability=DURABLE if durable else THROWN_AWAY,
            user=f"user = {user}" if user else "",
        )
    )
    if not (data / "mysql").exists():
        draft = run.root / "mariadb.new"
        shutil.rmtree(draft, ignore_errors=True)
        # Only the system user who runs this may be the server's administrator, by the socket, with no password.
        subprocess.run(
            [
                program("mariadb-install-db"),
                "--no-defaults",
                f"--datadir={draft}",
                "--auth-root-authentication-method=socket",
                f"--auth-root-socket-user={pwd.getpwuid(os.getuid()).pw_name}",
                "--skip-test-db",
                "--skip-name-resolve",
                *([f"--user={user}"] if user else []),
            ],
            check=True,
            capture_output=True,
        )
        draft.rename(data)
    if user:
        for folder in (run.sockets, run.root / "config"):
            shutil.chown(folder, user)
    return [program("mariadbd"), f"--defaults-file={settings}"]


def client_arguments(run: RunRoot) -> list[str]:
    """Return the arguments with which MariaDB's own programs reach the server as administrator."""
    return ["--no-defaults", f"--socket={socket_path(run)}", f"--user={pwd.getpwuid(os.getuid()).pw_name}"]


def administer(run: RunRoot, sql: str) -> str:
    """Run SQL as the private server's administrator and return what it prints."""
    done = subprocess.run(
        [program("mariadb"), *client_arguments(run), "--batch", "--skip-column-names"],
        input=sql,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"MariaDB refused: {done.stderr.strip()}")
    return done.stdout


def answers(run: RunRoot) -> bool:
    """Return whether the private server answers."""
    done = subprocess.run(
        [program("mariadb-admin"), *client_arguments(run), "ping"], capture_output=True, check=False
    )
    return done.returncode == 0


def make_site_database(run: RunRoot) -> None:
    """Make an empty database and a user with rights on it alone."""
    password = run.kept["database_password"].replace("'", "")
    administer(
        run,
        f"""
        drop database if exists `{DATABASE}`;
        create database `{DATABASE}` character set utf8mb4 collate utf8mb4_unicode_ci;
        create or replace user '{DATABASE}'@'localhost' identified by '{password}';
        grant all privileges on `{DATABASE}`.* to '{DATABASE}'@'localhost';
        """,
    )
