"""Where everything that changes lives: one folder for each installation."""

import fcntl
import hashlib
import json
import os
import pwd
import secrets
import socket
import tempfile
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from standalone.errors import StandaloneError

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT / ".run"
BUILD = SHARED / "build"
SITE = "induction.localhost"
# A socket's path may have 107 characters; the longest name below takes 20 of them.
LONGEST_SOCKET_FOLDER = 80
# Where the search for each server's port begins.
PORTS = {"web_port": 8000, "redis_cache_port": 13100, "redis_queue_port": 13700, "mail_port": 14300}


class SettingsError(StandaloneError):
    """A setting that a user gave cannot be used; the message names it and says what to do."""


@dataclass
class RunRoot:
    """One installation: its folder, its ports and secrets, and the servers that a user named for it."""

    root: Path
    settings: dict = field(default_factory=dict)

    @classmethod
    def chosen(cls) -> "RunRoot":
        """Return the run root of this call: INDUCTION_RUN, or `.run` of the project.

        Settings come from the file that INDUCTION_SETTINGS names, or `induction.toml` of the project.
        """
        root = Path(os.environ.get("INDUCTION_RUN") or SHARED).resolve()
        return cls(
            root, read_settings(Path(os.environ.get("INDUCTION_SETTINGS") or PROJECT / "induction.toml"))
        )

    def for_tests(self) -> "RunRoot":
        """Return the run root of the tests that belong to this one; it always has servers of its own.

        The tests' visitors stand for people at different addresses, as a proxy would tell of them.
        """
        return RunRoot(self.root / "test", {"web": {"proxies": ["127.0.0.1"]}})

    @property
    def sites(self) -> Path:
        """The folder of sites, as on a bench."""
        return self.root / "sites"

    @property
    def site(self) -> Path:
        """The folder of the one site."""
        return self.sites / SITE

    @property
    def logs(self) -> Path:
        """The folder of the servers' logs."""
        return self.root / "logs"

    @property
    def mail(self) -> Path:
        """The folder in which the mail sink leaves each mail as a file."""
        return self.root / "mail"

    @cached_property
    def sockets(self) -> Path:
        """The folder of sockets: in the run root, or a private one when that path is too long."""
        folder = self.root / "sockets"
        if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        name = hashlib.sha256(str(self.root).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"induction-{os.getuid()}-{name}"

    @cached_property
    def kept(self) -> dict:
        """Ports and secrets, drawn once and kept in a file that only its owner reads."""
        path = self.root / "secrets.json"
        kept = json.loads(path.read_text()) if path.exists() else {}
        wanted = {
            "database_password": lambda: secrets.token_urlsafe(24),
            "redis_password": lambda: secrets.token_urlsafe(24),
            "administrator_password": lambda: secrets.token_urlsafe(12),
        }
        missing = {name: draw() for name, draw in wanted.items() if name not in kept}
        if missing:
            kept |= missing
            self.write_private(path, json.dumps(kept, indent=1))
        return kept

    def settle_ports(self) -> None:
        """Draw the ports that are not drawn yet, or that another program has taken meanwhile.

        Called while none of our servers runs. What each installation of this project holds is noted in one
        place, so that two that start at once do not draw the same. Raises SettingsError when the port that a
        user named is taken.
        """
        if (named := self.web_settings.get("port")) and not is_free(named):
            raise SettingsError(f"Port {named}, named under [web] in induction.toml, is taken. Name another.")
        BUILD.mkdir(parents=True, exist_ok=True)
        with (BUILD / "ports.json").open("a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            held = json.loads(file.read() or "{}")
            others = {
                port
                for root, ports in held.items()
                if root != str(self.root) and Path(root).exists()
                for port in ports
            }
            for name, first in PORTS.items():
                port = self.kept.get(name)
                if not port or port in others or not is_free(port):
                    self.kept[name] = free_port(first, others)
                others.add(self.kept[name])
            self.write_private(self.root / "secrets.json", json.dumps(self.kept, indent=1))
            held = {root: ports for root, ports in held.items() if Path(root).exists()}
            held[str(self.root)] = [self.kept[name] for name in PORTS]
            file.truncate(0)
            file.write(json.dumps(held, indent=1))

    @property
    def web_settings(self) -> dict:
        """The `[web]` table of the settings."""
        return self.settings.get("web", {})

    @property
    def web_port(self) -> int:
        """The port of the sign-in server."""
        return self.web_settings.get("port") or self.kept["web_port"]

    @property
    def url(self) -> str:
        """The address of the sign-in page's server."""
        return self.web_settings.get("url") or f"http://localhost:{self.web_port}"

    @property
    def own_database(self) -> bool:
        """Whether this installation runs its own MariaDB."""
        return "database" not in self.settings

    @property
    def own_redis(self) -> bool:
        """Whether this installation runs its own Redis servers."""
        return "redis" not in self.settings

    @property
    def own_mail(self) -> bool:
        """Whether this installation keeps its mails in files."""
        return "mail" not in self.settings

    def redis_url(self, purpose: str) -> str:
        """Return the address of the Redis server for `cache` or `queue`."""
        if not self.own_redis:
            return self.settings["redis"][purpose]
        return f"redis://:{self.kept['redis_password']}@127.0.0.1:{self.kept[f'redis_{purpose}_port']}"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every process of this installation.

        INDUCTION_RUN_ROOT marks them, so that a start after a crash finds what is left of the last one.
        """
        return {
            **os.environ,
            "INDUCTION_RUN_ROOT": str(self.root),
            "SITES_PATH": str(self.sites),
            "FRAPPE_SITE": SITE,
            "INDUCTION_PROXIES": " ".join(self.web_settings.get("proxies", [])),
            "PYTHONUNBUFFERED": "1",
        }

    def make_folders(self) -> None:
        """Make the folders that everything else expects; what holds people's data is for our eyes only."""
        self.root.mkdir(parents=True, exist_ok=True)
        try:
            self.sockets.mkdir(mode=0o755)
        except FileExistsError:
            if self.sockets.stat().st_uid not in trusted_users():
                raise SettingsError(
                    f"{self.sockets} belongs to another user. Remove it, or move .run."
                ) from None
        (self.root / "config").mkdir(exist_ok=True)
        for folder in (self.sites, self.logs, self.mail, self.root / "backups"):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)

    def write_private(self, path: Path, text: str) -> None:
        """Write a file that only its owner may read."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(path.name + ".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        draft.replace(path)


def trusted_users() -> set[int]:
    """Return the numbers of the users whose folder may hold our sockets: ourselves, and the database's user."""
    users = {os.getuid()}
    if os.getuid() == 0:
        with suppress(KeyError):
            users.add(pwd.getpwnam("mysql").pw_uid)
    return users


def is_free(port: int) -> bool:
    """Return whether nobody listens on a loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port(first: int, taken: set[int]) -> int:
    """Return a loopback port from `first` upwards that nobody listens on and that is not in `taken`."""
    for port in range(first, first + 500):
        if port not in taken and is_free(port):
            return port
    raise SettingsError(
        f"No port from {first} to {first + 499} is free. Name one under [web] in induction.toml."
    )


NEEDED = {"database": ("name", "user", "password"), "redis": ("cache", "queue"), "mail": ("server", "port")}
KNOWN = {
    "database": {"host", "port", "socket", "name", "user", "password"},
    "redis": {"cache", "queue"},
    "mail": {"server", "port", "user", "password", "sender", "tls"},
    "web": {"host", "port", "url", "workers", "threads", "proxies"},
}


def read_settings(path: Path) -> dict:
    """Return the settings of `induction.toml`, checked; nothing when there is no such file.

    Raises SettingsError, naming the table and the key.
    """
    if not path.exists():
        return {}
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path.name} is not valid TOML: {error}.") from None
    for table, values in settings.items():
        if table not in KNOWN:
            raise SettingsError(f"{path.name} has a table [{table}]; known are {', '.join(sorted(KNOWN))}.")
        for key in values:
            if key not in KNOWN[table]:
                raise SettingsError(
                    f"{path.name} has {key} under [{table}]; known are {', '.join(sorted(KNOWN[table]))}."
                )
        for key in NEEDED.get(table, ()):
            if not values.get(key):
                raise SettingsError(f"{path.name} has a table [{table}] without {key}. Add it.")
    return settings
