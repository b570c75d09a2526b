"""One file that holds a site: its database, its files, and the key of what it encrypts."""

import json
import os
import shutil
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

from standalone import mariadb
from standalone.engine.line_edits import FRAMEWORK_VERSION
from standalone.errors import StandaloneError
from standalone.run_root import PROJECT, RunRoot
from standalone.site import app_dump

ABOUT = "about.json"
DATABASE = "database.sql"
FOLDERS = ("public/files", "private/files")


class BackupError(StandaloneError):
    """A backup cannot be written or read; the message says which file and why."""


def write_backup(run: RunRoot, place: Path | None = None) -> Path:
    """Write the site to one file and return its path. Only its owner may read it.

    `place` is the file to write; without it the backup goes to `backups` of the run root, named by the time.
    """
    now = datetime.now()
    path = place or run.root / "backups" / f"induction-{now:%Y%m%d-%H%M%S}.tar.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    settings = json.loads((run.site / "site_config.json").read_text())
    about = {
        "app": "induction_app",
        "app_version": app_version(),
        "framework_version": FRAMEWORK_VERSION,
        # Where code and backup are the same, a restore needs no migration.
        "code": app_dump().stem,
        "made": now.isoformat(timespec="seconds"),
        "encryption_key": settings["encryption_key"],
        "dump_ends": mariadb.DUMP_ENDS,
    }
    draft = path.with_name(path.name + ".part")
    with tempfile.TemporaryDirectory(dir=run.root) as folder:
        work = Path(folder)
        run.write_private(work / ABOUT, json.dumps(about, indent=1))
        mariadb.dump(run, work / DATABASE)
        with (
            os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=5) as archive,
        ):
            for name in (ABOUT, DATABASE):
                archive.add(work / name, name)
            for name in FOLDERS:
                archive.add(run.site / name, name)
    draft.replace(path)
    return path


def app_version() -> str:
    """Return the app's version of this tree."""
    text = (PROJECT / "induction_app" / "__init__.py").read_text()
    return text.split('__version__ = "')[1].split('"')[0]


def unpack(path: Path, folder: Path) -> dict:
    """Unpack a backup into an empty folder and return what it says of itself. Raises BackupError."""
    if not path.is_file():
        raise BackupError(f"There is no file {path}.")
    try:
        with tarfile.open(path) as archive:
            # Refuses links and names that lead out of the folder.
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        reason = str(error).splitlines()[0].rstrip(":")
        raise BackupError(f"{path} cannot be read as a backup: {reason}.") from None
    missing = [name for name in (ABOUT, DATABASE) if not (folder / name).is_file()]
    if missing:
        raise BackupError(f"{path} is not a backup of this app: it has no {' and no '.join(missing)}.")
    return _checked(path, folder)


def _checked(path: Path, folder: Path) -> dict:
    """What an unpacked backup says of itself; looked at before anything of the present site is touched."""
    try:
        about = json.loads((folder / ABOUT).read_text())
        made, _key = about["made"], about["encryption_key"]
    except (ValueError, KeyError, TypeError):
        raise BackupError(f"{path} is not a backup of this app: its {ABOUT} cannot be read.") from None
    with (folder / DATABASE).open("rb") as file:
        file.seek(max(0, (folder / DATABASE).stat().st_size - 200))
        end = file.read().decode(errors="replace")
    # Backups of earlier versions do not say how their dump ends.
    if about.get("dump_ends") and about["dump_ends"] not in end:
        raise BackupError(f"{path}, made at {made}, is cut off: its database does not go to the end.")
    return about


def lay_down(run: RunRoot, folder: Path, about: dict) -> None:
    """Put an unpacked backup in the place of the site: its database, its files, its key."""
    mariadb.load(run, folder / DATABASE)
    for name in FOLDERS:
        place, old = run.site / name, (run.site / name).with_name("files.old")
        shutil.rmtree(old, ignore_errors=True)
        if place.exists():
            place.rename(old)
        if (folder / name).exists():
            shutil.copytree(folder / name, place)
        else:
            place.mkdir(parents=True)
        shutil.rmtree(old, ignore_errors=True)
    path = run.site / "site_config.json"
    settings = json.loads(path.read_text())
    settings["encryption_key"] = about["encryption_key"]
    run.write_private(path, json.dumps(settings, indent=1, sort_keys=True))
