"""The private Redis servers: one forgets (cache), one keeps (queue)."""

import os
import shutil

from standalone.run_root import RunRoot, SettingsError

SETTINGS = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
daemonize no
logfile ""
save ""
"""
# What waits to be done survives a crash: every write is on the disk within a second.
KEEPS = "appendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\n"
FORGETS = "appendonly no\nmaxmemory 256mb\nmaxmemory-policy allkeys-lru\n"


def prepare(run: RunRoot, purpose: str) -> list[str]:
    """Write the settings of the server for `cache` or `queue` and return its command."""
    found = shutil.which("redis-server", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not found:
        raise SettingsError("redis-server is not installed. Install the package redis-server.")
    folder = run.root / f"redis-{purpose}"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = run.root / "config" / f"redis-{purpose}.conf"
    settings = SETTINGS.format(
        port=run.kept[f"redis_{purpose}_port"], password=run.kept["redis_password"], folder=folder
    )
    run.write_private(path, settings + (KEEPS if purpose == "queue" else FORGETS))
    return [found, str(path)]
