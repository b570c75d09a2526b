"""Build the engine: unpack the pinned wheel, give the names back, put in what was lost."""

import hashlib
import importlib.metadata
import os
import re
import shutil
import time
from pathlib import Path

from standalone.engine.line_edits import LINES, MOVED, OPTIONAL_PACKAGES
from standalone.engine.splice import optional_imports, splice
from standalone.errors import StandaloneError

WHEEL = "monoframe"
VERSION = "0.0.1"
HERE = Path(__file__).parent
RESTORED = HERE / "restored"
# Beside the package: the key of its public files, on which Desk's bundles depend.
PUBLIC_KEY = "public-key"
NAMES = (("monoframe", "frappe"), ("Monoframe", "Frappe"), ("MONOFRAME", "FRAPPE"))
TEXT = {".py", ".js", ".ts", ".json", ".html", ".scss", ".css", ".vue", ".svg", ".md", ".txt", ".csv", ".sql"}
TEXT |= {".xml", ".jinja", ".less", ".raw"}


class EngineError(StandaloneError):
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
    (draft / PUBLIC_KEY).write_text(folder_key(draft / "frappe" / "public"))
    draft.rename(target)
    # Servers that still run from an earlier build may yet import from it: yesterday's go, today's stay.
    for old in build_root.glob("engine-*"):
        if old != target and time.time() - old.stat().st_mtime > 24 * 3600:
            shutil.rmtree(old, ignore_errors=True)
    return target


def folder_key(folder: Path) -> str:
    """Return a key over the names and contents of a folder's files."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


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
