"""Puts the story on: from an empty site to the table of cases."""

from pathlib import Path

from standalone.walkthrough import ending, opening, terms
from standalone.walkthrough.papers import Papers, closing_table
from standalone.walkthrough.rehearsal import Rehearsal
from standalone.walkthrough.story import Story


def play(rehearsal: Rehearsal, out: Path, register: Path) -> tuple[Story, list[tuple[str, ...]]]:
    """Play everything; returns the story and the rows of its closing table.

    Raises StepFailedError, RefusedError or an error of the connection at the first step that goes wrong. The site gets
    its own clock back either way.
    """
    story = Story(rehearsal, Papers(out))
    try:
        opening.play(story, register)
        terms.play(story)
        rows = ending.play(story)
        story.keep_mails()
    finally:
        rehearsal.leave_clock()
        story.papers.keep_steps(rehearsal.steps)
    story.papers.keep_table(closing_table(rows))
    return story, rows
