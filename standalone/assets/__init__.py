"""Desk's and the app's bundles, built with esbuild, sass and the Vue compiler from npm."""

import shutil
from pathlib import Path

from standalone.engine.build import engine_key
from standalone.run_root import BUILD, PROJECT, RunRoot

ASSETS = BUILD / "assets"


def build_all() -> None:
    """Build every bundle whose sources changed."""
    (ASSETS).mkdir(parents=True, exist_ok=True)
    json_path = ASSETS / "assets.json"
    if not json_path.exists():
        json_path.write_text("{}")


def show(run: RunRoot) -> None:
    """Put the apps' public files and their bundles under the sites' `assets`, as on a bench."""
    folder = run.sites / "assets"
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    folder.mkdir(exist_ok=True)
    for app, public in {
        "frappe": BUILD / f"engine-{engine_key()}" / "frappe" / "public",
        "induction_app": PROJECT / "induction_app" / "public",
    }.items():
        place = folder / app
        if place.is_symlink():
            place.unlink()
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for item in public.iterdir() if public.exists() else ():
            (place / item.name).symlink_to(item)
        dist = ASSETS / app / "dist"
        if dist.exists():
            (place / "dist").symlink_to(dist)
    link(folder / "assets.json", ASSETS / "assets.json")


def link(place: Path, target: Path) -> None:
    """Make `place` a link to `target`, in place of an older link."""
    if place.is_symlink() or place.exists():
        place.unlink()
    place.symlink_to(target)
