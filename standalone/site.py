"""The site: made once, dumped, and laid down again from the dump."""

import hashlib
import json
import secrets
import subprocess
import sys
from pathlib import Path

from standalone import mariadb
from standalone.engine.build import engine_key
from standalone.errors import StandaloneError
from standalone.run_root import BUILD, PROJECT, SITE, RunRoot

APP = "induction_app"
TIME_ZONE = "Europe/London"
DUMPS = BUILD / "dumps"
# What a dump of the site with the app depends on; pages and styles are not in the database.
IN_DATABASE = {".py", ".json", ".txt", ".csv", ".yaml", ".html", ".js"}


class SiteError(StandaloneError):
    """The site cannot be made; the message says why and names the log."""


def framework_dump() -> Path:
    """Return the path of the dump of a site with the framework alone."""
    return (
        DUMPS
        / f"framework-{engine_key()}-{file_hash([Path(__file__), Path(__file__).with_name('site_setup.py')])}.sql"
    )


def app_dump() -> Path:
    """Return the path of the dump of a site with the app, by framework and the app's files."""
    files = [path for path in sorted((PROJECT / APP).rglob("*")) if _reaches_database(path)]
    return DUMPS / f"app-{framework_dump().stem.removeprefix('framework-')}-{file_hash(files)}.sql"


def _reaches_database(path: Path) -> bool:
    """Whether installing the app writes what this file says; most code only acts on what is there."""
    parts = path.relative_to(PROJECT / APP).parts
    if {"__pycache__", "public", "www", "templates", "documents", "demo", "statutory", "page_kit"} & set(
        parts
    ) or not path.is_file():
        return False
    installs = parts[0] in ("setup", "patches", "hooks.py") or parts[-1] in ("patches.txt", "modules.txt")
    if "doctype" in parts and path.suffix == ".py":
        return b"def on_doctype_update" in path.read_bytes()  # it makes indexes
    return installs or (path.suffix in IN_DATABASE and path.suffix != ".py")


def file_hash(files: list[Path]) -> str:
    """Return a short hash over names and contents of files."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def write_configuration(run: RunRoot, testing: bool = False) -> None:
    """Write the bench's and the site's settings: where the servers are, and what only this site knows."""
    (run.sites / "apps.txt").write_text(f"frappe\n{APP}\n")
    common = {
        "default_site": SITE,
        "redis_cache": run.redis_url("cache"),
        "redis_queue": run.redis_url("queue"),
        "webserver_port": run.web_port,
        # There is no Socket.IO server: Desk must not look for one.
        "disable_async": 1,
        "skip_setup_wizard": 1,
        # Times of records made before System Settings stands.
        "time_zone": TIME_ZONE,
    }
    run.write_private(run.sites / "common_site_config.json", json.dumps(common, indent=1))
    path = run.site / "site_config.json"
    site = json.loads(path.read_text()) if path.exists() else {}
    site.setdefault("encryption_key", secrets_key())
    # Only people who may give roles make accounts; a body that brings its schools in makes hundreds in an hour.
    site.setdefault("throttle_user_limit", 2000)
    site |= {"db_type": "mariadb", "host_name": run.url}
    if run.own_database:
        password = run.kept["database_password"]
        site |= {"db_name": mariadb.DATABASE, "db_user": mariadb.DATABASE, "db_password": password}
        site["db_socket"] = str(mariadb.socket_path(run))
    else:
        named = run.settings["database"]
        site |= {f"db_{key}": value for key, value in named.items()}
    if testing:
        site |= {"allow_tests": 1, "disable_scheduler": 1}
    for folder in ("public/files", "private/files", "private/backups", "locks", "logs"):
        (run.site / folder).mkdir(parents=True, exist_ok=True)
    run.write_private(path, json.dumps(site, indent=1, sort_keys=True))


def secrets_key() -> str:
    """Return a new key for values that the site encrypts."""
    import base64

    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def exists(run: RunRoot) -> bool:
    """Return whether the site was made to its end."""
    return (run.site / ".made").exists()


def mark_made(run: RunRoot) -> None:
    """Note that the site was made to its end; a start that was cut off begins again without this."""
    (run.site / ".made").write_text("The site was made to its end.\n")


def in_site(run: RunRoot, action: str, *arguments: str) -> None:
    """Run one action of `site_setup` in a process of its own. Raises SiteError with the end of its log."""
    log = run.logs / "site.log"
    with log.open("a") as file:
        file.write(f"\n--- {action} {' '.join(arguments)}\n")
        file.flush()
        done = subprocess.run(
            [sys.executable, "-m", "standalone.site_setup", action, *arguments],
            env=run.environment,
            cwd=run.sites,
            stdout=file,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-25:])
        raise SiteError(f"The step {action} of the site failed. The end of {log}:\n{tail}")


def drop_old_dumps() -> None:
    """Keep the newest dumps: two of the framework, four with the app."""
    for kind, keep in (("framework-*.sql", 2), ("app-*.sql", 4)):
        for path in sorted(DUMPS.glob(kind), key=lambda item: item.stat().st_mtime, reverse=True)[keep:]:
            path.unlink(missing_ok=True)
