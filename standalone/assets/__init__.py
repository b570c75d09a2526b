"""Desk's and the app's bundles, built with esbuild, sass and the Vue compiler from npm.

Bench builds the same sources with the framework's own script, which the engine lacks. `build.mjs` is ours.
"""

import hashlib
import json
import shutil
import subprocess
import time
from pathlib import Path

from standalone.engine.build import PUBLIC_KEY, engine_key
from standalone.errors import StandaloneError
from standalone.run_root import BUILD, PROJECT, RunRoot
from standalone.steps import step

HERE = Path(__file__).parent
ASSETS = BUILD / "assets"
APP = "induction_app"
BROWSERS = ["es2020", "chrome90", "firefox90", "safari15"]
BUNDLED = {".js", ".ts", ".vue", ".html", ".css", ".scss"}


class AssetError(StandaloneError):
    """Bundles cannot be built; the message carries what npm or esbuild said."""


def build_all() -> None:
    """Build the bundles whose sources changed, and write the list by which pages find them."""
    modules = npm_packages(HERE, BUILD / "npm")
    engine = BUILD / f"engine-{engine_key()}"
    desk = engine / "frappe" / "public"
    listed = build_app("frappe", desk, [engine], modules, key_of([], (engine / PUBLIC_KEY).read_text()))
    if (PROJECT / "package-lock.json").exists():
        npm_packages(PROJECT, PROJECT)
    public = PROJECT / APP / "public"
    sources = [
        path for path in sorted(public.rglob("*")) if path.suffix in BUNDLED and "dist" not in path.parts
    ]
    lock = PROJECT / "package-lock.json"
    key = key_of([*sources, *([lock] if lock.exists() else [])])
    listed |= build_app(APP, public, [engine, PROJECT], modules, key)
    text = json.dumps(listed, indent=1)
    place = ASSETS / "assets.json"
    if not place.exists() or place.read_text() != text:
        draft = place.with_suffix(".new")
        draft.write_text(text)
        draft.replace(place)


def key_of(files: list[Path], start: str = "") -> str:
    """Return a key over files, the build script and the packages it uses."""
    digest = hashlib.sha256(start.encode())
    for path in (HERE / "build.mjs", HERE / "package-lock.json", *files):
        digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def npm_packages(source: Path, place: Path) -> Path:
    """Install the packages of a folder's lock file, by hash, once for each content; return `node_modules`."""
    lock = source / "package-lock.json"
    mark = place / "node_modules" / ".installed"
    key = hashlib.sha256(lock.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == key:
        return place / "node_modules"
    with step(f"npm packages ({'Desk' if source == HERE else 'app'})"):
        place.mkdir(parents=True, exist_ok=True)
        if place != source:
            for name in ("package.json", "package-lock.json"):
                shutil.copyfile(source / name, place / name)
        run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], place)
        mark.write_text(key)
    return place / "node_modules"


def build_app(app: str, public: Path, roots: list[Path], modules: Path, key: str) -> dict[str, str]:
    """Build one app's bundles unless they stand; return their addresses by the names that pages use."""
    folder = ASSETS / app
    index = folder / "bundles.json"
    if index.exists():
        kept = json.loads(index.read_text())
        if kept["key"] == key:
            return kept["bundles"]
    with step(f"Bundles of {app}"):
        job = {
            "app": app,
            "source": str(public),
            "dist": str(folder / "dist"),
            "roots": [str(root) for root in roots],
            "nodeModules": str(modules),
            "target": BROWSERS,
        }
        bundles = json.loads(run(["node", str(HERE / "build.mjs"), json.dumps(job)], PROJECT))
        index.write_text(json.dumps({"key": key, "bundles": bundles}, indent=1))
        drop_old(folder / "dist", bundles)
    return bundles


def drop_old(dist: Path, bundles: dict[str, str]) -> None:
    """Remove bundles that no page names any more and that are a day old."""
    current = {Path(address).name for address in bundles.values()}
    for path in dist.glob("*/*"):
        if path.name.removesuffix(".gz") not in current and time.time() - path.stat().st_mtime > 24 * 3600:
            path.unlink()


def run(command: list[str], folder: Path) -> str:
    """Run a Node program and return what it prints. Raises AssetError with its last words."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        words = "\n".join((done.stderr or done.stdout).splitlines()[-25:])
        raise AssetError(f"{command[0]} failed:\n{words}")
    return done.stdout


def show(run_root: RunRoot) -> None:
    """Put the apps' public files and their bundles under the sites' `assets`, as on a bench."""
    folder = run_root.sites / "assets"
    folder.mkdir(exist_ok=True)
    engine_public = BUILD / f"engine-{engine_key()}" / "frappe" / "public"
    for app, public, modules in (
        ("frappe", engine_public, BUILD / "npm" / "node_modules"),
        (APP, PROJECT / APP / "public", PROJECT / "node_modules"),
    ):
        place = folder / app
        place.mkdir(exist_ok=True)
        wanted = {item.name: item for item in (public.iterdir() if public.exists() else ())}
        wanted |= {"dist": ASSETS / app / "dist", "node_modules": modules}
        for item in place.iterdir():
            if item.name not in wanted:
                item.unlink()
        for name, target in wanted.items():
            link(place / name, target)
    link(folder / "assets.json", ASSETS / "assets.json")


def link(place: Path, target: Path) -> None:
    """Make `place` a link to `target`, in place of an older link."""
    if place.is_symlink() and place.readlink() == target:
        return
    draft = place.with_name(f".{place.name}.new")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    draft.replace(place)
