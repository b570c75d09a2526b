"""The daily job as a process of its own: `python daily_job.py DAY GO_FILE WAYS`, WAYS being how it ends.

Waits until GO_FILE is there, so that several begin together. With `die-after-batch` it ends itself as
`kill -9` would, right after its first batch is committed; with `die-before-commit` right before.
"""

import os
import signal
import sys
import time
from datetime import date
from pathlib import Path

import frappe


def main() -> None:
    """Open the site that the environment names, wait for the start, and send what is due."""
    day, go, way = sys.argv[1:4]
    os.chdir(os.environ["INDUCTION_SITES_PATH"])
    frappe.init(os.environ["INDUCTION_SITE"], sites_path=os.environ["INDUCTION_SITES_PATH"])
    frappe.connect()
    from induction_app.correspondence.post import send_due

    if way == "die-after-batch":
        frappe.db.after_commit.add(die)
    if way == "die-before-commit":
        frappe.db.before_commit.add(die)
    print("ready", flush=True)
    while not Path(go).exists():
        time.sleep(0.005)
    print(send_due(date.fromisoformat(day), batch_size=5))
    frappe.destroy()


def die() -> None:
    """End as a process ends that is killed: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
