"""What is done inside the site, each action in a process of its own: `python -m standalone.site_setup ACTION`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import frappe

from standalone.site import TIME_ZONE

SITE = os.environ["FRAPPE_SITE"]
DEMONSTRATION = "induction_app.demo.load"


def make_framework() -> None:
    """Lay down the framework's own tables and records in an empty database."""
    from frappe.installer import install_app, install_db

    frappe.init(SITE)
    frappe.conf.admin_password = os.environ["ADMINISTRATOR_PASSWORD"]
    install_db(
        db_name=frappe.conf.db_name,
        admin_password=frappe.conf.admin_password,
        setup=False,
        verbose=True,
    )
    frappe.conf.admin_password = os.environ["ADMINISTRATOR_PASSWORD"]
    install_app("frappe", verbose=True)
    settle()


def settle() -> None:
    """Answer what the framework's set-up wizard would ask."""
    settings = frappe.get_doc("System Settings")
    settings.update(
        {
            "country": "United Kingdom",
            "language": "en",
            "time_zone": TIME_ZONE,
            "date_format": "dd-mm-yyyy",
            "first_day_of_the_week": "Monday",
            "setup_complete": 1,
            "enable_scheduler": 1,
            "enable_telemetry": 0,
        }
    )
    settings.flags.ignore_mandatory = True
    settings.save()
    frappe.db.set_default("desktop:home_page", "workspace")
    frappe.db.set_default("time_zone", TIME_ZONE)
    frappe.db.commit()
    frappe.clear_cache()


def install_app(app: str) -> None:
    """Install an app on the site."""
    from frappe.installer import install_app

    connect()
    install_app(app, verbose=True)
    frappe.db.commit()


def own_settings(smtp_server: str, smtp_port: str) -> None:
    """Set what only this installation knows: the administrator's password, and the server for mails."""
    from frappe.utils.password import update_password

    connect()
    if password := os.environ.get("ADMINISTRATOR_PASSWORD"):
        update_password("Administrator", password)
    name = frappe.db.get_value("Email Account", {"default_outgoing": 1})
    account = frappe.get_doc("Email Account", name) if name else frappe.new_doc("Email Account")
    account.update(
        {
            "email_account_name": account.email_account_name or "Induction",
            "email_id": os.environ.get("SMTP_SENDER") or account.email_id or "induction@example.org",
            "enable_outgoing": 1,
            "default_outgoing": 1,
            "no_smtp_authentication": 0 if os.environ.get("SMTP_USER") else 1,
            "login_id_is_different": 1 if os.environ.get("SMTP_USER") else 0,
            "login_id": os.environ.get("SMTP_USER"),
            "password": os.environ.get("SMTP_PASSWORD"),
            "use_tls": 1 if os.environ.get("SMTP_TLS") else 0,
            "smtp_server": smtp_server,
            "smtp_port": smtp_port,
            "awaiting_password": 0,
        }
    )
    account.save()
    frappe.db.commit()
    frappe.clear_cache()


def migrate() -> None:
    """Bring the site to the state of the code: patches, schema, fixtures, hooks."""
    from frappe.migrate import SiteMigration

    frappe.init(SITE)
    SiteMigration(skip_search_index=True).run(SITE)


def clear_cache() -> None:
    """Forget what Redis holds of the site."""
    connect()
    frappe.clear_cache()
    from frappe.website.utils import clear_website_cache

    clear_website_cache()


def load_demonstration() -> None:
    """Fill the site with the demonstration's people and cases."""
    from standalone import demonstration

    connect()
    told = frappe.get_attr(DEMONSTRATION)()
    frappe.db.commit()
    demonstration.note(Path(os.environ["INDUCTION_RUN_ROOT"]), told)


def connect() -> None:
    """Open the site with its database as Administrator."""
    frappe.init(SITE)
    frappe.connect()


ACTIONS: dict[str, Callable[..., None]] = {
    action.__name__: action
    for action in (make_framework, install_app, own_settings, migrate, clear_cache, load_demonstration)
}

if __name__ == "__main__":
    try:
        ACTIONS[sys.argv[1]](*sys.argv[2:])
    finally:
        frappe.destroy()
