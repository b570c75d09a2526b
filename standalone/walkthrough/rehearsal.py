"""The site the story plays on, from outside: its clock, its people, its daily jobs, its mails."""

import email
import email.policy
import json
import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from standalone.walkthrough.person import Person, RefusedError

MORNING = timedelta(hours=9)
BETWEEN_STEPS = timedelta(minutes=7)
PATIENCE = 300  # seconds a background job may take
_KEY = re.compile(r"update-password\?key=([A-Za-z0-9_-]+)")
_DAILY = "induction_app.%"
_POST = "frappe.email.queue.flush"


# Settings of the site while the story is on it: its day, and more new accounts in an hour than the framework's 60.
_WHILE_PLAYING = {"induction_today": None, "throttle_user_limit": 10_000}


class StepFailedError(Exception):
    """A step of the story did not come out as it should; the message says which and how."""


@dataclass
class Step:
    """One line of the story: when (on the site's clock), who, what, and what came of it."""

    at: datetime
    who: str
    what: str
    result: str


@dataclass
class Rehearsal:
    """A site with a clock that can be moved, people who sign in, jobs that run and mails that arrive."""

    url: str
    configuration: Path
    mail: Path
    administrator_password: str
    tell: Callable[[Step], None] = lambda step: None
    steps: list[Step] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = datetime.now()
        self.password = secrets.token_urlsafe(15)
        self.seen_mails = set(self._mail_files())
        settings = json.loads(self.configuration.read_text())
        self.before = {name: settings[name] for name in _WHILE_PLAYING if name in settings}
        self.mails_of_others: set[str] = set()
        self.administrator = Person(self.url, "Administrator", "Administrator", "administrator")

    # The clock -----------------------------------------------------------------------------------

    def day(self, iso: str) -> None:
        """Move the site to the morning of a day."""
        self._set_clock(datetime.combine(date.fromisoformat(iso), datetime.min.time()) + MORNING)

    def leave_clock(self) -> None:
        """Give the site the calendar's time back."""
        self._configure(None)

    def _set_clock(self, moment: datetime) -> None:
        self.clock = moment
        self._configure(moment.isoformat(sep=" ", timespec="minutes"))

    def _configure(self, today: str | None) -> None:
        settings = json.loads(self.configuration.read_text())
        for name in _WHILE_PLAYING:
            settings.pop(name, None)
            if name in self.before:
                settings[name] = self.before[name]
        if today:
            settings |= {**_WHILE_PLAYING, "induction_today": today}
        draft = self.configuration.with_name(self.configuration.name + ".walk")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(settings, file, indent=1, sort_keys=True)
        draft.replace(self.configuration)

    def begin(self) -> None:
        """Sign the administrator in; mails that somebody else has left unsent are not waited for."""
        self.administrator.sign_in(self.administrator_password)
        self.mails_of_others = {row["name"] for row in self._unsent()}

    # Steps ---------------------------------------------------------------------------------------

    def step(self, who: Person | str, what: str, result: str = "") -> None:
        """Note a step that has been taken, and let a few minutes pass."""
        name = who if isinstance(who, str) else f"{who.name}, {who.post}"
        taken = Step(self.clock, name, what, result)
        self.steps.append(taken)
        self.tell(taken)
        self._set_clock(self.clock + BETWEEN_STEPS)

    def refused(self, who: Person, what: str, attempt: Callable[[], object], status: int = 403) -> str:
        """A wrong move, which has to be refused with this status. Returns the sentence the person was given."""
        try:
            attempt()
        except RefusedError as refusal:
            if refusal.status != status:
                raise StepFailedError(
                    f"{who.name} {what}: refused with {refusal}, not with {status}."
                ) from None
            self.step(who, f"tries to {what}", f"refused ({refusal.status}): {refusal.sentence}")
            return refusal.sentence
        raise StepFailedError(f"{who.name} could {what}; this should have been refused.")

    def expect(self, what: str, found: object, expected: object) -> None:
        """Stop the story where something is not what it has to be."""
        if found != expected:
            raise StepFailedError(f"{what}: {found!r}, not {expected!r}.")

    # People --------------------------------------------------------------------------------------

    def enter(self, key: str, name: str, email_address: str, post: str) -> Person:
        """Somebody who has an account by now opens their welcome mail, chooses a password and signs in."""
        person = Person(self.url, name, email_address, post)
        welcome = self.wait_for_mail(email_address, _KEY)
        person.choose_password(_KEY.search(welcome)[1], self.password)
        person.sign_in(self.password)
        self.people[key] = person
        return person

    # Jobs and mails ------------------------------------------------------------------------------

    def run_daily_jobs(self) -> None:
        """What the scheduler does each day: every daily job of the app through the worker, then the post."""
        jobs = self.administrator.find(
            "Scheduled Job Type", ["name", "method"], method=["like", _DAILY], frequency=["like", "Daily%"]
        )
        if not jobs:
            raise StepFailedError("The app has no daily jobs on this site.")
        for job in jobs:
            self._run(job)
        self.post_mails()

    def _run(self, job: dict) -> None:
        logs = {row["name"] for row in self._logs(job)}
        self._execute(job["name"])
        log = self._wait(
            f"the daily job {job['method']}",
            lambda: next(
                (row for row in self._logs(job) if row["name"] not in logs and row["status"] != "Start"), None
            ),
        )
        if log["status"] != "Complete":
            raise StepFailedError(f"The daily job {job['method']} ended as {log['status']}.")

    def post_mails(self) -> None:
        """Let the worker send what waits in the queue of mails."""
        if not self._waiting_mails():
            return
        job = self.administrator.find("Scheduled Job Type", method=_POST)[0]
        self._execute(job["name"])
        self._wait("the post", lambda: not self._waiting_mails())

    def new_mails(self) -> list[tuple[Path, EmailMessage]]:
        """Mails that have arrived since this was last asked, in order of arrival."""
        files = [path for path in self._mail_files() if path not in self.seen_mails]
        self.seen_mails.update(files)
        return [
            (path, email.message_from_bytes(path.read_bytes(), policy=email.policy.default)) for path in files
        ]

    def wait_for_mail(self, to: str, containing: re.Pattern) -> str:
        """The text of the newest mail to somebody that has this in it."""

        def newest() -> str | None:
            for path in reversed(self._mail_files()):
                message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                if to.lower() in str(message["to"]).lower() and containing.search(text := text_of(message)):
                    return text
            return None

        found = newest()
        if not found:
            self.post_mails()
            found = self._wait(f"a mail to {to}", newest)
        return found

    def _mail_files(self) -> list[Path]:
        return sorted(self.mail.glob("*.eml"))

    def _waiting_mails(self) -> list[dict]:
        return [row for row in self._unsent() if row["name"] not in self.mails_of_others]

    def _unsent(self) -> list[dict]:
        return self.administrator.find("Email Queue", status=["in", ["Not Sent", "Sending"]])

    def _logs(self, job: dict) -> list[dict]:
        return self.administrator.find(
            "Scheduled Job Log", ["name", "status"], scheduled_job_type=job["name"]
        )

    def _execute(self, job: str) -> None:
        self.administrator.call(
            "frappe.core.doctype.scheduled_job_type.scheduled_job_type.execute_event",
            doc=json.dumps({"name": job}),
        )

    def _wait(self, what: str, ready: Callable[[], object]):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := ready():
                return found
            time.sleep(0.1)
        raise StepFailedError(f"Waited {PATIENCE} s for {what}. Is a worker running?")


def text_of(message: EmailMessage) -> str:
    """What a mail says, as plain text."""
    body = message.get_body(preferencelist=("plain", "html"))
    return body.get_content() if body else ""
