"""Installing an app on a site: the wheel knows only itself."""

import json

import frappe


def install_app(name: str, verbose: bool = False, set_as_patched: bool = True, force: bool = False) -> None:
    """Restore the installation of any app of the bench, once the framework stands."""
    from frappe.core.doctype.scheduled_job_type.scheduled_job_type import sync_jobs
    from frappe.model.module_utils import sync_customizations
    from frappe.model.sync import sync_for
    from frappe.utils.fixtures import sync_fixtures

    frappe.flags.in_install = name
    frappe.flags.ignore_in_install = False
    frappe.clear_cache()
    if name not in frappe.get_all_apps():
        frappe.flags.in_install = False
        raise Exception(f"App {name} is not in apps.txt of this bench.")
    if name in frappe.get_installed_apps() and not force:
        frappe.flags.in_install = False
        click.secho(f"App {name} is already installed.", fg="yellow")
        return
    print(f"\nInstalling {name}...")
    hooks = frappe.get_hooks(app_name=name)
    for needed in hooks.required_apps or []:
        if needed.split("/")[-1] not in frappe.get_installed_apps():
            install_app(needed.split("/")[-1], verbose=verbose)
            frappe.flags.in_install = name
    for method in hooks.before_install or []:
        if frappe.get_attr(method)() is False:
            frappe.flags.in_install = False
            return
    for method in frappe.get_hooks("before_app_install"):
        frappe.get_attr(method)(name)
    frappe.setup_module_map(include_all_apps=True)
    # Module Def is one of the framework's own records: for the framework it is there only after the sync.
    if name != "frappe":
        add_module_defs(name, ignore_if_duplicate=force)
    sync_for(name, force=force, reset_permissions=True)
    if name == "frappe":
        add_module_defs(name, ignore_if_duplicate=True)
    add_to_installed_apps(name)
    frappe.get_doc("Portal Settings", "Portal Settings").sync_menu()
    if set_as_patched:
        set_all_patches_as_completed(name)
    for method in hooks.after_install or []:
        frappe.get_attr(method)()
    for method in frappe.get_hooks("after_app_install"):
        frappe.get_attr(method)(name)
    sync_jobs()
    sync_fixtures(name)
    sync_customizations(name)
    sync_dashboards(name)
    for method in hooks.after_sync or []:
        frappe.get_attr(method)()
    frappe.clear_cache()
    frappe.client_cache.erase_persistent_caches()
    frappe.flags.in_install = False


def add_to_installed_apps(app_name: str, rebuild_website: bool = True) -> None:
    """Restore the site's list of apps."""
    installed = frappe.get_installed_apps()
    if app_name not in installed:
        frappe.db.set_global("installed_apps", json.dumps([*installed, app_name]))
        frappe.db.commit()
        frappe.clear_cache()
        frappe.local.doc_events_hooks = None
    if frappe.flags.in_install:
        post_install(rebuild_website)


def remove_from_installed_apps(app_name: str) -> None:
    """Restore taking an app off the site's list."""
    installed = frappe.get_installed_apps()
    if app_name in installed:
        frappe.db.set_global("installed_apps", json.dumps([app for app in installed if app != app_name]))
        frappe.db.commit()
        frappe.clear_cache()
        frappe.local.doc_events_hooks = None


def make_conf(
    db_name=None,
    db_password=None,
    site_config=None,
    db_type=None,
    db_socket=None,
    db_host=None,
    db_port=None,
    db_user=None,
) -> None:
    """Restore writing the settings of the site at hand and opening that site again."""
    site, sites_path = frappe.local.site, frappe.local.sites_path
    make_site_config(db_name, db_password, site_config, db_type, db_socket, db_host, db_port, db_user)
    frappe.destroy()
    frappe.init(site, sites_path=sites_path)
