"""The story's own memory: the rehearsal it is played on, its people, its cases, and what is kept of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from standalone.walkthrough.cast import TEACHERS, Case
from standalone.walkthrough.papers import Papers
from standalone.walkthrough.person import Person
from standalone.walkthrough.rehearsal import Rehearsal


@dataclass
class Story:
    """What the acts share."""

    rehearsal: Rehearsal
    papers: Papers
    cases: dict[str, Case] = field(default_factory=dict)

    @property
    def people(self) -> dict[str, Person]:
        """Everybody who has signed in, by their part."""
        return self.rehearsal.people

    def all_cases(self, *without: str) -> list[Case]:
        """The cases in the order of the cast, less some."""
        return [self.cases[teacher.key] for teacher in TEACHERS if teacher.key not in without]

    def day(self, iso: str) -> None:
        """Move the site to the morning of a day."""
        self.rehearsal.day(iso)

    def step(self, who: Person | str, what: str, result: str = "") -> None:
        """Note a step."""
        self.rehearsal.step(who, what, result)

    def refused(self, who: Person, what: str, attempt: Callable[[], object], status: int = 403) -> str:
        """A wrong move that has to be refused."""
        return self.rehearsal.refused(who, what, attempt, status)

    def expect(self, what: str, found: object, expected: object) -> None:
        """Stop where something is not what it has to be."""
        self.rehearsal.expect(what, found, expected)

    def daily_jobs(self, why: str) -> None:
        """Run the day's jobs through the worker and keep the mails they bring."""
        self.rehearsal.run_daily_jobs()
        mails = self.keep_mails()
        self.step("The scheduler", f"runs the daily jobs ({why})", f"{mails} mails so far since the last run")

    def keep_mails(self) -> int:
        """Write the mails that have arrived to the folder; return how many."""
        mails = self.rehearsal.new_mails()
        for path, message in mails:
            self.papers.keep_mail(path, message)
        return len(mails)

    def name_of(self, doctype: str, case: Case, who: Person | None = None, **filters: object) -> str:
        """The one record of a case that fits, as the induction tutor (or somebody else) finds it."""
        rows = (who or self.people["tutor"]).find(doctype, ect=case.name, **filters)
        self.expect(f"Number of {doctype} of {case.teacher.name} {filters or ''}", len(rows), 1)
        return rows[0]["name"]
