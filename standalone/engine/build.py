"""Build the engine: unpack the pinned wheel, give the names back, put in what was lost."""

import hashlib
import importlib.metadata
import os
import re
import shutil
import time
from pathlib import Path

from standalone.engine.splice import optional_imports, splice

WHEEL = "monoframe"
VERSION = "0.0.1"
HERE = Path(__file__).parent
RESTORED = HERE / "restored"
# The wheel says 0.0.1; apps and backups compare with the framework's own version.
FRAMEWORK_VERSION = "16.0.0"
NAMES = (("monoframe", "frappe"), ("Monoframe", "Frappe"), ("MONOFRAME", "FRAPPE"))
TEXT = {".py", ".js", ".ts", ".json", ".html", ".scss", ".css", ".vue", ".svg", ".md", ".txt", ".csv", ".sql"}
TEXT |= {".xml", ".jinja", ".less", ".raw"}
# The wheel keeps these as an extra (`google`), yet imports them when a Contact or an Event is saved.
OPTIONAL_PACKAGES = {"google", "googleapiclient", "google_auth_oauthlib"}
# One line of Python 3.12 syntax in a file that must load on 3.11.
LINES = {
    "desk/doctype/event/event.py": ((r"^(\s*)type (\w+) = (.+)$", r'\1\2 = "\3"'),),
    "__init__.py": ((r'^__version__ = ".*"$', f'__version__ = "{FRAMEWORK_VERSION}"'),),
    # Two functions of one name: the first is the loop over sites.
    "utils/scheduler.py": (
        (r"^def enqueue_events\(\) -> None:", "def enqueue_events_for_all_sites() -> None:"),
        (
            r"^(\t\ttime\.sleep\(sleep_duration\(tick\)\)\n\t\t)enqueue_events\(\)",
            r"\1enqueue_events_for_all_sites()",
        ),
    ),
    # Loops over apps that name one app only, or ask the hooks of all apps for one app's title.
    "boot.py": (
        (r'for (app|app_name) in \["frappe"\]:', r"for \1 in frappe.get_installed_apps():"),
        (
            r'get_hooks\("(add_to_apps_screen|app_title|app_home|app_logo_url)"\)',
            r'get_hooks("\1", app_name=app_name)',
        ),
    ),
    "apps.py": (
        (
            r'(app_details = frappe\.get_hooks\("add_to_apps_screen")\)\n\t\tif not',
            r"\1, app_name=app)\n\t\tif not",
        ),
    ),
    "utils/change_log.py": (
        (r"app_hooks = frappe\.get_hooks\(\)", "app_hooks = frappe.get_hooks(app_name=app)"),
    ),
    "utils/fixtures.py": (
        (r'frappe\.get_hooks\("(fixtures|fixture_auto_order)"\)', r'frappe.get_hooks("\1", app_name=app)'),
    ),
}
# `frappe.tests.utils` is a package in the framework: its module `generators` is imported at installation.
MOVED = {"tests/utils.py": "tests/utils/__init__.py"}


class EngineError(Exception):
    """The engine cannot be built; the message says what to do."""


def engine_key() -> str:
    """Return the key of the engine that this tree would build: wheel, mechanism and restored files."""
    digest = hashlib.sha256(f"{WHEEL}=={VERSION}".encode())
    for path in sorted([*HERE.glob("*.py"), *RESTORED.rglob("*")]):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(HERE)).encode() + b"\0" + path.read_bytes())
    return f"{VERSION}-{digest.hexdigest()[:12]}"


def build_engine(build_root: Path) -> Path:
    """Return the folder that holds the engine as the package `frappe`, built if it is not there.

    `build_root` is a folder for builds, one sub-folder an engine key. Raises EngineError when the wheel is
    not installed.
    """
    target = build_root / f"engine-{engine_key()}"
    if (target / "frappe" / "__init__.py").exists():
        return target
    draft = build_root / f"draft-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    unpack(draft)
    restore(draft / "frappe")
    draft.rename(target)
    # Servers that still run from an earlier build may yet import from it: yesterday's go, today's stay.
    for old in build_root.glob("engine-*"):
        if old != target and time.time() - old.stat().st_mtime > 24 * 3600:
            shutil.rmtree(old, ignore_errors=True)
    return target


def unpack(draft: Path) -> None:
    """Copy the wheel's files to `draft` under the framework's own names."""
    try:
        wheel = importlib.metadata.distribution(WHEEL)
    except importlib.metadata.PackageNotFoundError:
        raise EngineError(
            f"The engine's package {WHEEL} {VERSION} is not installed in the virtual environment. "
            "Delete .run/venv and run the command again."
        ) from None
    if wheel.version != VERSION:
        raise EngineError(f"The engine's package is version {wheel.version}; this project needs {VERSION}.")
    for entry in wheel.files:
        if entry.parts[0] != WHEEL or "__pycache__" in entry.parts:
            continue
        path = draft / given_back(str(entry))
        path.parent.mkdir(parents=True, exist_ok=True)
        content = entry.locate().read_bytes()
        if path.suffix in TEXT:
            content = given_back(content.decode("utf-8")).encode("utf-8")
        path.write_bytes(content)


def given_back(text: str) -> str:
    """Return text with the framework's own names."""
    for fork, own in NAMES:
        text = text.replace(fork, own)
    return text


def restore(package: Path) -> None:
    """Put the files of `restored/` into the unpacked package."""
    for old, new in MOVED.items():
        (package / new).parent.mkdir(parents=True, exist_ok=True)
        (package / old).rename(package / new)
    for name, patterns in LINES.items():
        path = package / name
        source = path.read_text(encoding="utf-8")
        for pattern, replacement in patterns:
            source, count = re.subn(pattern, replacement, source, flags=re.M)
            if not count:
                raise EngineError(f"The engine's {name} has no line like {pattern}.")
        path.write_text(source, encoding="utf-8")
    wanted = re.compile(rf"^(from|import) ({'|'.join(sorted(OPTIONAL_PACKAGES))})\b", flags=re.M)
    for path in sorted(package.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if wanted.search(source):
            path.write_text(optional_imports(source, OPTIONAL_PACKAGES), encoding="utf-8")
    for path in sorted(RESTORED.rglob("*")):
        if path.is_dir() or "__pycache__" in path.parts or path.name == "README.md":
            continue
        place = package / path.relative_to(RESTORED)
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists() and place.suffix == ".py":
            source = place.read_text(encoding="utf-8")
            place.write_text(splice(source, path.read_text(encoding="utf-8")), encoding="utf-8")
        else:
            shutil.copyfile(path, place)
