"""Progress reviews and formal assessments: written by the tutor, commented, signed by three, received."""

from dataclasses import dataclass
from datetime import date, timedelta

from induction_app.demo import writing
from standalone.walkthrough.cast import Case
from standalone.walkthrough.story import Story

ON, OFF = "On track", "Not on track"
REVIEW, ASSESSMENT = "Progress Review", "Formal Assessment"


@dataclass
class Report:
    """One report to be held: whose it is, what it says, and what the head will recommend."""

    case: Case
    name: str
    text: dict
    comment: str
    held_on: str  # the field of the day of the meeting
    doctype: str = REVIEW
    recommended: dict | None = None


def review_of(story: Story, key: str, term: int, on_track: str, number: int) -> Report:
    """The progress review scheduled for a term, with the text it will have."""
    case = story.cases[key]
    name = story.name_of(REVIEW, case, term_number=term)
    text = writing.progress_review(case.first, on_track, number)
    return Report(case, name, text, writing.comment(on_track, number), "reviewed_on")


def assessment_of(
    story: Story,
    key: str,
    kind: str,
    overall: str = "Satisfactory",
    weak: dict | None = None,
    recommended: dict | None = None,
) -> Report:
    """The formal assessment (First, Final, Interim) of an ECT, with the text it will have."""
    case = story.cases[key]
    name = story.name_of(ASSESSMENT, case, assessment_type=kind)
    text = writing.formal_assessment(case.first, kind, overall, weak)
    said = writing.comment(ON if overall == "Satisfactory" else OFF, 1)
    return Report(case, name, text, said, "meeting_on", ASSESSMENT, recommended)


def hold(story: Story, reports: list[Report], day: str, apart: int = 1) -> None:
    """Reports from the meeting to the appropriate body; each step `apart` working days after the one before."""
    story.day(day)
    for report in reports:
        write(story, report)
    sign_and_send(story, reports, day, apart)


def write(story: Story, report: Report) -> None:
    """The tutor writes a report after the meeting and sends it to the ECT."""
    tutor = story.people["tutor"]
    in_eight_weeks = f"{story.rehearsal.clock + timedelta(weeks=8):%Y-%m-%d}"
    report.text["targets"] = [{**row, "by_when": in_eight_weeks} for row in report.text["targets"]]
    today = f"{story.rehearsal.clock:%Y-%m-%d}"
    tutor.change(report.doctype, report.name, **{report.held_on: today}, **report.text)
    done = tutor.act(report.doctype, report.name, "Send to ECT")
    found = report.text.get("on_track") or report.text["overall"]
    what = f"writes the {report.doctype.lower()} of {report.case.teacher.name} ({found.lower()})"
    story.step(tutor, what, f"{report.name}: {done['workflow_state']}")


def sign_and_send(story: Story, reports: list[Report], day: str, apart: int = 1) -> None:
    """ECTs comment; tutor, head and ECT sign, each the text they were shown; the officer receives."""
    tutor, head, officer = (story.people[key] for key in ("tutor", "head", "officer"))
    move_on(story, day, apart, 1)
    for report in reports:
        said = {"ect_comment": report.comment}
        done = report.case.person.act(report.doctype, report.name, "Send comment", values=said)
        story.step(report.case.person, f"reads and comments on {report.name}", done["workflow_state"])
    move_on(story, day, apart, 2)
    for report in reports:
        done = tutor.sign(report.doctype, report.name, "Sign as tutor")
        story.step(tutor, f"signs {report.name}", done["workflow_state"])
    move_on(story, day, apart, 3)
    for report in reports:
        if report.recommended:
            head.change(report.doctype, report.name, **report.recommended)
            story.step(head, f"recommends on {report.name}", report.recommended["recommendation"])
        done = head.sign(report.doctype, report.name, "Sign as headteacher")
        story.step(head, f"signs {report.name}", done["workflow_state"])
    move_on(story, day, apart, 4)
    for report in reports:
        done = report.case.person.sign(report.doctype, report.name, "Sign")
        story.step(report.case.person, f"signs {report.name}", done["workflow_state"])
    move_on(story, day, apart, 5)
    for report in reports:
        done = officer.act(report.doctype, report.name, "Receive")
        story.expect(f"Stage of {report.name}", done["stage"], "received")
        story.step(officer, f"receives {report.name}", done["workflow_state"])


def move_on(story: Story, day: str, apart: int, steps: int) -> None:
    """The morning of the day of a later step; where steps are not apart, the same day goes on."""
    if apart:
        found = day
        for _step in range(steps):
            found = later(found, apart)
        story.day(found)


def later(day: str, days: int) -> str:
    """A day so many days later, moved off the weekend."""
    found = date.fromisoformat(day) + timedelta(days=days)
    while found.weekday() > 4:
        found += timedelta(days=1)
    return found.isoformat()
