"""The story, played once over HTTP on the site under test; the tests look at what came of it."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from standalone.walkthrough.cast import Case
from standalone.walkthrough.papers import Papers
from standalone.walkthrough.play import play
from standalone.walkthrough.rehearsal import Rehearsal

REGISTER = Path(__file__).parents[3] / "induction_app" / "demo" / "data" / "gias-sample.csv"


@dataclass
class Played:
    """What is left of the story: its cases, its papers, the rows of its table, and the administrator's eyes."""

    rehearsal: Rehearsal
    cases: dict[str, Case]
    papers: Papers
    rows: list[tuple[str, ...]]

    def record(self, doctype: str, part: str, **filters) -> dict:
        """The one record of an ECT that fits, with every field."""
        looking = self.rehearsal.administrator
        (row,) = looking.find(doctype, ect=self.cases[part].name, **filters)
        return looking.read(doctype, row["name"])

    def ect(self, part: str) -> dict:
        """An ECT's own record."""
        return self.rehearsal.administrator.read("ECT", self.cases[part].name)

    def mails(self, to: str, subject: str) -> list:
        """Mails to somebody with this in the subject."""
        return [m for m in self.papers.mails if to in str(m["to"]) and subject in str(m["subject"])]


@pytest.fixture(scope="module")
def played(site_name: str, url: str, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play the story, from the empty register to the dismissed appeal."""
    configuration = Path(os.environ["INDUCTION_SITES_PATH"]) / site_name / "site_config.json"
    rehearsal = Rehearsal(
        url=url,
        configuration=configuration,
        mail=Path(os.environ["INDUCTION_MAIL"]),
        administrator_password=os.environ["INDUCTION_ADMINISTRATOR_PASSWORD"],
    )
    before = json.loads(configuration.read_text())
    story, rows = play(rehearsal, tmp_path_factory.mktemp("walkthrough"), REGISTER)
    assert json.loads(configuration.read_text()) == before, "the site's settings are as they were"
    return Played(rehearsal, story.cases, story.papers, rows)
