"""Bring one installation up: engine, assets, servers, site, app."""

import fcntl
import os
import site as python_site
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from standalone import assets, backup, mariadb, services, site
from standalone.engine.build import build_engine, engine_key
from standalone.errors import StandaloneError
from standalone.run_root import BUILD, PROJECT, RunRoot
from standalone.steps import step


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Let one process at a time do what is inside; others wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build_lock():
    """Let one process at a time build what all installations of this project share."""
    return lock(BUILD / "lock")


def link_engine() -> None:
    """Build the engine if this tree needs another, and put it and the project on Python's path."""
    target = BUILD / f"engine-{engine_key()}"
    path_file = Path(python_site.getsitepackages()[0]) / "induction.pth"
    wanted = f"{target}\n{PROJECT}\n"
    if (target / "frappe").exists() and path_file.exists() and path_file.read_text() == wanted:
        return
    with build_lock(), step("Framework engine"):
        build_engine(BUILD)
        path_file.write_text(wanted)


def build_assets(run: RunRoot) -> None:
    """Build Desk's and the app's bundles if their sources changed, and show them under the site's /assets."""
    with build_lock():
        assets.build_all()
    assets.show(run)


def bring_up(run: RunRoot, *, kind: str = "full", reload: bool = False, demonstration: bool = True) -> None:
    """Start every server of an installation, making its site first when there is none.

    Raises ServiceError, SiteError or SettingsError with a sentence on what is wrong.
    """
    run.make_folders()
    link_engine()
    build_assets(run)
    with lock(run.root / "config" / "start.lock"):
        ran = services.supervisor_runs(run)
        try:
            found = serve(run, kind, reload, demonstration)
        except services.ServiceError as error:
            if ran:
                raise
            print(
                f"  {error}\n  Another program may have taken a port meanwhile. Once more, with ports that are free."
            )
            # Left half started, the servers would keep their ports.
            services.stop(run)
            found = serve(run, kind, reload, demonstration)
        # Who signs in need not wait for the background processes to load their code.
        services.begin(run, [program.name for program in found])


def serve(run: RunRoot, kind: str, reload: bool, demonstration: bool) -> list[services.Program]:
    """Bring the sign-in page up, making the site first when there is none; return all servers."""
    found = start_servers(run, kind, reload)
    site.write_configuration(run, testing=kind == "tests")
    if not site.exists(run):
        make_site(run, demonstration=demonstration and kind == "full")
    elif mail_server_changed(run):
        with step("Mail server"), mail_account(run):
            set_mail_server(run)
    with step("Sign-in page"):
        services.start_programs(run, found, ["web"])
    return found


def start_servers(run: RunRoot, kind: str, reload: bool) -> list[services.Program]:
    """Start the supervisor and the data servers, and return all servers of the installation."""
    with step("Servers"):
        if not services.supervisor_runs(run):
            services.clear_left_over(run)
            run.settle_ports()
        found = services.programs(run, kind, reload)
        services.start_supervisor(run, found)
        services.start_programs(run, found, services.data_servers(run))
        services.forget_bundles(run)
    return found


def make_site(run: RunRoot, demonstration: bool) -> None:
    """Make the site: from a dump when there is one of this framework and this app, else step by step.

    Raises DatabaseError when a database that a user named already holds something.
    """
    # A start that was cut off may have left half a site, of which cache and queue may hold something.
    forget_old_site(run)
    mariadb.begin_empty(run)
    if site.app_dump().exists():
        with step("Site from a dump"):
            mariadb.load(run, site.app_dump())
    else:
        if site.framework_dump().exists():
            with step("Site from a dump of the framework"):
                mariadb.load(run, site.framework_dump())
        else:
            with step("Site"), administrator(run):
                site.in_site(run, "make_framework")
                mariadb.dump(run, site.framework_dump())
        with step("App"):
            site.in_site(run, "install_app", site.APP)
            mariadb.dump(run, site.app_dump())
        site.drop_old_dumps()
    with step("This installation's own settings"), administrator(run):
        set_mail_server(run)
    if demonstration and has_demonstration():
        with step("Demonstration"):
            site.in_site(run, "load_demonstration")
    site.mark_made(run)


def set_mail_server(run: RunRoot) -> None:
    """Tell the site where its mails go and, inside `administrator`, the Administrator's password."""
    site.in_site(run, "own_settings", *mail_server(run))
    (run.root / "config" / "mail-server").write_text(":".join(mail_server(run)))


def mail_server(run: RunRoot) -> tuple[str, str]:
    """Return host and port of the server that takes the site's mails."""
    named = run.settings.get("mail", {"server": "127.0.0.1", "port": run.kept["mail_port"]})
    return named["server"], str(named["port"])


def mail_server_changed(run: RunRoot) -> bool:
    """Return whether the site's Email Account names another server than this installation has now."""
    note = run.root / "config" / "mail-server"
    return not note.exists() or note.read_text() != ":".join(mail_server(run))


def has_demonstration() -> bool:
    """Return whether the app of this tree brings a demonstration."""
    loader = PROJECT / site.APP / "demo" / "__init__.py"
    return loader.exists() and "load" in loader.read_text()


@contextmanager
def administrator(run: RunRoot) -> Iterator[None]:
    """Let a step of the site know the Administrator's password and the mail server's account."""
    with mail_account(run), told(ADMINISTRATOR_PASSWORD=run.kept["administrator_password"]):
        yield


@contextmanager
def mail_account(run: RunRoot) -> Iterator[None]:
    """Let a step of the site know the mail server's account."""
    mail = run.settings.get("mail", {})
    with told(
        SMTP_USER=mail.get("user", ""),
        SMTP_PASSWORD=mail.get("password", ""),
        SMTP_SENDER=mail.get("sender", ""),
        SMTP_TLS="1" if mail.get("tls") else "",
    ):
        yield


@contextmanager
def told(**words: str) -> Iterator[None]:
    """Put words into the environment of the steps inside: there no other user can read them."""
    os.environ.update(words)
    try:
        yield
    finally:
        for name in words:
            del os.environ[name]


def restore(run: RunRoot, path: Path) -> dict:
    """Lay a backup down in the place of the site and bring it to the state of the code.

    Returns what the backup says of itself. Raises BackupError when the file is none; the site is then untouched.
    """
    with tempfile.TemporaryDirectory(dir=run.root) as folder:
        about = backup.unpack(path, Path(folder))
        kept = run.root / "backups" / f"before-restore-{datetime.now():%Y%m%d-%H%M%S}.tar.gz"
        with step("Backup of the present site"):
            backup.write_backup(run, kept)
        with step("Servers of the site stopped"):
            services.halt(
                run, [name for name in services.states(run) if name not in services.data_servers(run)]
            )
        try:
            with step("Database and files"):
                backup.lay_down(run, Path(folder), about)
                forget_old_site(run)
        except (StandaloneError, OSError, KeyboardInterrupt) as error:
            with step("The site as it was"), tempfile.TemporaryDirectory(dir=run.root) as former:
                backup.lay_down(run, Path(former), backup.unpack(kept, Path(former)))
                forget_old_site(run)
                services.restart_code(run)
            raise backup.BackupError(f"Nothing was restored; the site is as it was. {error}") from None
    if about.get("code") != site.app_dump().stem:
        with step("Migration"):
            site.in_site(run, "migrate")
    with step("Mail server"), mail_account(run):
        set_mail_server(run)
    with step("Sign-in page"):
        services.restart_code(run)
    return about


def forget_old_site(run: RunRoot) -> None:
    """Empty the private cache and drop jobs queued for another site's data; a named server's are not ours to empty."""
    if run.own_redis:
        import redis

        for purpose in ("cache", "queue"):
            redis.Redis.from_url(run.redis_url(purpose)).flushall()
