"""Configuration of benches and sites from their files, which the wheel took from the environment."""

import json
import os

import frappe

_read_files: dict[str, tuple[int, dict]] = {}


def _read_config(path: str) -> dict:
    """Return the content of a configuration file, read again only when the file has changed."""
    try:
        changed = os.stat(path).st_mtime_ns
    except FileNotFoundError:
        return {}
    if path not in _read_files or _read_files[path][0] != changed:
        with open(path, encoding="utf-8") as file:
            _read_files[path] = (changed, json.load(file))
    return _read_files[path][1]


def _sites_folder(sites_path: str | None = None) -> str:
    """Return the folder of the sites: as given, of the open site, of the environment, or the working one."""
    return sites_path or getattr(frappe.local, "sites_path", None) or os.environ.get("SITES_PATH") or "."


def get_common_site_config(sites_path: str | None = None, cached: bool = False) -> "frappe._dict":
    """Restore `common_site_config.json`, the settings of all sites of a bench."""
    return frappe._dict(_read_config(os.path.join(_sites_folder(sites_path), "common_site_config.json")))


def get_site_config(
    sites_path: str | None = None, site_path: str | None = None, *, cached: bool = False
) -> "frappe._dict":
    """Restore `site_config.json` over the bench's settings, with the framework's defaults."""
    config = frappe._dict(db_type="mariadb", db_host="127.0.0.1", max_file_size=25 * 1024 * 1024)
    config.update(get_common_site_config(sites_path))
    site = getattr(frappe.local, "site", None)
    if site_path or site:
        folder = site_path or os.path.join(_sites_folder(sites_path), site)
        config.update(_read_config(os.path.join(folder, "site_config.json")))
    config.setdefault("db_port", 3306)
    config.setdefault("db_user", config.get("db_name"))
    config.setdefault("redis_cache", "redis://127.0.0.1:13311")
    config.setdefault("redis_queue", "redis://127.0.0.1:11311")
    return config


def clear_site_config_cache() -> None:
    """Restore the promise that a written setting is read at once."""
    _read_files.clear()


def get_conf(site: str | None = None) -> "frappe._dict":
    """Restore the settings of the open site, or of the bench when none is open."""
    if getattr(frappe.local, "conf", None):
        return frappe.local.conf
    return (
        get_site_config() if site is None else get_site_config(site_path=os.path.join(_sites_folder(), site))
    )
