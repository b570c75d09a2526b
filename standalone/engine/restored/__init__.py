"""Several apps and named sites, which the wheel answers with one fixed name."""

import json
import os


def init(site: str | None = None, sites_path: str | None = None, force: bool = False, new_site: bool = False):
    """Restore `frappe.init(site, sites_path=)` and `frappe.local.site`.

    Without arguments the site is FRAPPE_SITE or the bench's default site, and the sites' folder is SITES_PATH
    or the working directory, as the framework's own commands have it.
    """
    if getattr(local, "initialised", None) and not force:
        return
    local.sites_path = os.path.abspath(sites_path or os.environ.get("SITES_PATH") or ".")
    local.site = site or os.environ.get("FRAPPE_SITE") or get_common_site_config().get("default_site")
    _wheel_init(force=True)
    local.app_path = local.sites_path
    local.site_path = os.path.join(local.sites_path, local.site or "")
    local.flags.new_site = new_site


class init_site:
    """Restore the context manager that opens a named site and closes it afterwards."""

    def __init__(self, site: str | None = None):
        """Keep the site's name; without one the default site is meant."""
        self.site = site

    def __enter__(self):
        """Open the site."""
        init(self.site)
        return local


def get_site_name() -> str:
    """Restore the site's own name where the wheel says one fixed name."""
    return getattr(local, "site", None) or ""


def get_app_path(app_name: str, *joins: str) -> str:
    """Restore paths of every app, not of the framework alone."""
    return get_pymodule_path(app_name, *joins)


def get_app_source_path(app_name: str, *joins: str) -> str:
    """Restore the source folder of every app: the parent of its package."""
    return get_app_path(app_name, "..", *joins)


def get_all_apps(with_internal_apps: bool = True, sites_path: str | None = None) -> list[str]:
    """Restore the bench's list of apps, `apps.txt` in the sites' folder, the framework first."""
    folder = sites_path or getattr(local, "sites_path", None) or os.environ.get("SITES_PATH") or "."
    named = get_file_items(os.path.join(folder, "apps.txt"))
    return ["frappe", *(app for app in named if app != "frappe")]


@request_cache
def get_installed_apps(*, _ensure_on_bench: bool = False) -> list[str]:
    """Restore the site's own list of apps, kept in its database."""
    if getattr(flags, "in_install_db", True):
        return []
    if not db:
        connect(set_admin_as_user=False)
    installed = json.loads(db.get_global("installed_apps") or "[]")
    if _ensure_on_bench:
        on_bench = get_all_apps()
        installed = [app for app in installed if app in on_bench]
    return installed


def _load_app_hooks(app_name: str | None = None) -> dict:
    """Restore the merging of every installed app's hooks, in the order of installation."""
    hooks: dict = {}
    for app in [app_name] if app_name else get_installed_apps(_ensure_on_bench=True):
        module = get_module(f"{app}.hooks")
        for key, value in inspect.getmembers(module):
            plain = not (inspect.ismodule(value) or inspect.isfunction(value) or inspect.isclass(value))
            if plain and not key.startswith("_"):
                append_hook(hooks, key, value)
    return hooks


def get_hooks(hook: str | None = None, default="_KEEP_DEFAULT_LIST", app_name: str | None = None):
    """Restore the `app_name` argument, and hooks of all apps."""
    if app_name:
        hooks = _load_app_hooks(app_name)
    else:
        hooks = client_cache.get_value("app_hooks")
        if hooks is None:
            hooks = _load_app_hooks()
            client_cache.set_value("app_hooks", hooks)
    if not hook:
        return _dict(hooks)
    return hooks.get(hook, [] if default == "_KEEP_DEFAULT_LIST" else default)


def setup_module_map(include_all_apps: bool = True) -> None:
    """Restore the map from module to app over all apps."""
    store = cache if include_all_apps else client_cache
    app_modules = store.get_value("app_modules")
    if not app_modules:
        # Reading the list of apps may open the database, which must not begin this initialisation again.
        local.initialised = True
        apps = get_all_apps() if include_all_apps else get_installed_apps(_ensure_on_bench=True)
        app_modules = {app: [scrub(module) for module in get_module_list(app)] for app in apps}
        if app_modules:
            store.set_value("app_modules", app_modules)
    local.app_modules = app_modules
    local.module_app = {module: app for app, modules in app_modules.items() for module in modules}


@request_cache
def is_setup_complete() -> bool:
    """Restore the answer for a site whose set-up is done; the wheel looks for a table that a single lacks."""
    return bool(db.get_single_value("System Settings", "setup_complete"))
