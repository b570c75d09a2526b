"""The private MariaDB server: its files, its settings, its administrator's SQL."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from standalone.errors import StandaloneError
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
tmpdir = {temporary}
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


# The last line of a dump that was written to its end.
DUMP_ENDS = "-- Dump completed"


class DatabaseError(StandaloneError):
    """The database server is missing, or refuses; the message carries its words."""


def socket_path(run: RunRoot) -> Path:
    """Return the socket of the private server."""
    return run.sockets / "mariadb.sock"


def program(name: str) -> str:
    """Return the path of a MariaDB program; Debian keeps the server outside a user's PATH."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if not found:
        raise DatabaseError(f"{name} is not installed. Install the package mariadb-server.")
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
    """Make data folder and settings of the private server if missing, and return its command.

    Raises DatabaseError with the server's words when its own tables cannot be made.
    """
    data = run.root / "mariadb"
    user = server_user(run)
    # A server that starts removes every temporary table in its tmpdir, so no two may share one.
    temporary = run.root / "mariadb.tmp"
    temporary.mkdir(mode=0o700, exist_ok=True)
    if user:
        for folder in (run.sockets, run.root / "config", temporary):
            shutil.chown(folder, user)
    settings = run.root / "config" / "mariadb.cnf"
    settings.write_text(
        SETTINGS.format(
            data=data,
            socket=socket_path(run),
            temporary=temporary,
            root=run.root,
            durability=DURABLE if durable else THROWN_AWAY,
            user=f"user = {user}" if user else "",
        )
    )
    if not (data / "mysql").exists():
        # In a folder of its own first: half-made tables never stand under their name, and the program cannot
        # work in a path with spaces.
        draft = Path(tempfile.mkdtemp(prefix="induction-mariadb-"))
        draft.chmod(0o755)
        (draft / "temporary").mkdir()
        if user:
            shutil.chown(draft / "temporary", user)
        # Only the system user who runs this may be the server's administrator, by the socket, with no password.
        made = subprocess.run(
            [
                program("mariadb-install-db"),
                "--no-defaults",
                f"--datadir={draft / 'data'}",
                "--auth-root-authentication-method=socket",
                f"--auth-root-socket-user={pwd.getpwuid(os.getuid()).pw_name}",
                "--skip-test-db",
                "--skip-name-resolve",
                *([f"--user={user}"] if user else []),
            ],
            env={**os.environ, "TMPDIR": str(draft / "temporary")},
            capture_output=True,
            text=True,
            check=False,
        )
        try:
            if made.returncode:
                raise DatabaseError(f"MariaDB's own tables could not be made: {made.stderr.strip()}")
            shutil.move(draft / "data", data)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
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
        raise DatabaseError(f"MariaDB refused: {done.stderr.strip()}")
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


def site_arguments(run: RunRoot) -> tuple[list[str], str]:
    """Return how MariaDB's programs reach the site's database, private or named, and the database's name."""
    if run.own_database:
        return client_arguments(run), DATABASE
    named = run.settings["database"]
    # In a file, not on a command line, where every user of the machine could read the password.
    lines = [
        f'{key} = "{named[key]}"' for key in ("host", "port", "socket", "user", "password") if named.get(key)
    ]
    path = run.root / "config" / "mariadb-client.cnf"
    run.write_private(path, "\n".join(["[client]", *lines, ""]))
    return [f"--defaults-file={path}"], named["name"]


def dump(run: RunRoot, path: Path) -> None:
    """Write the site's database to a file; half a file never stands under its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    arguments, database = site_arguments(run)
    with draft.open("wb") as file:
        subprocess.run(
            [
                program("mariadb-dump"),
                *arguments,
                "--single-transaction",
                "--quick",
                "--skip-dump-date",
                database,
            ],
            stdout=file,
            check=True,
        )
    draft.replace(path)


def begin_empty(run: RunRoot) -> None:
    """Give a site that is to be made an empty database.

    The private one is made anew; one that a user named is looked at only. Raises DatabaseError when it holds
    something.
    """
    if run.own_database:
        make_site_database(run)
        return
    arguments, database = site_arguments(run)
    if things_in(arguments, database):
        raise DatabaseError(
            f"The database {database} that the settings name is not empty. Empty it, or name another."
        )


def load(run: RunRoot, path: Path) -> None:
    """Lay a dump down as the site's database, in place of all that is in it. Raises DatabaseError."""
    arguments, database = site_arguments(run)
    empty(arguments, database)
    with path.open("rb") as file:
        done = subprocess.run(
            [program("mariadb"), *arguments, database], stdin=file, stderr=subprocess.PIPE, check=False
        )
    if done.returncode:
        # Before its error the program shows the statement, which holds rows of the database.
        words = [
            line for line in done.stderr.decode(errors="replace").splitlines() if line.startswith("ERROR")
        ]
        raise DatabaseError(f"{path} cannot be loaded: {' '.join(words) or 'MariaDB refused it'}")


def things_in(arguments: list[str], database: str) -> list[tuple[str, str]]:
    """Return kind and name of every table, view and sequence of a database. Raises DatabaseError."""
    done = subprocess.run(
        [program("mariadb"), *arguments, "--batch", "--skip-column-names", database],
        input="select table_type, table_name from information_schema.tables where table_schema = database()",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DatabaseError(f"The database {database} cannot be reached: {done.stderr.strip()}")
    kinds = {"BASE TABLE": "table", "VIEW": "view", "SEQUENCE": "sequence"}
    return [(kinds[kind], name) for kind, name in (line.split("\t") for line in done.stdout.splitlines())]


def empty(arguments: list[str], database: str) -> None:
    """Drop every table, view and sequence of a database."""
    drops = [f"drop {kind} `{name}`;" for kind, name in things_in(arguments, database)]
    if drops:
        subprocess.run(
            [program("mariadb"), *arguments, database],
            input="\n".join(["set foreign_key_checks = 0;", *drops]),
            text=True,
            check=True,
        )
