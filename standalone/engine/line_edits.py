"""Small edits of the engine's lines, where a function of our own would only repeat the framework's.

Each entry is a file of the framework with patterns and what stands in their place. A pattern that is not found
stops the build: the wheel is then another than the one that this was written for.
"""

# The wheel says 0.0.1; apps and backups compare with the framework's own version.
FRAMEWORK_VERSION = "16.0.0"

# The wheel keeps these as an extra (`google`), yet imports them when a Contact or an Event is saved.
OPTIONAL_PACKAGES = {"google", "googleapiclient", "google_auth_oauthlib"}

# `frappe.tests.utils` is a package in the framework: its module `generators` is imported at installation.
MOVED = {"tests/utils.py": "tests/utils/__init__.py"}

LINES: dict[str, tuple[tuple[str, str], ...]] = {
    "__init__.py": ((r'^__version__ = ".*"$', f'__version__ = "{FRAMEWORK_VERSION}"'),),
    # Syntax of Python 3.12 in a file that must load on 3.11.
    "desk/doctype/event/event.py": ((r"^(\s*)type (\w+) = (.+)$", r'\1\2 = "\3"'),),
    # Two functions of one name: the first is the loop over sites, and the scheduler means it.
    "utils/scheduler.py": (
        (r"^def enqueue_events\(\) -> None:", "def enqueue_events_for_all_sites() -> None:"),
        (r"^(\t\ttime\.sleep\(sleep_duration\(tick\)\)\n\t\tenqueue_events)\(\)", r"\1_for_all_sites()"),
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
    # The hour of records that are made before anybody could choose a time zone.
    "utils/data.py": ((r'or "Asia/Kolkata".*$', 'or frappe.conf.get("time_zone") or "UTC"'),),
}
