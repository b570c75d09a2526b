"""Decisions for three ECTs, their notices, an appeal, the DfE's outcomes, the governors' report, the table."""

import re
from datetime import date
from html import unescape

from induction_app.demo import writing
from standalone.walkthrough.cast import Case
from standalone.walkthrough.story import Story
from standalone.walkthrough.terms import keep_return

DECISION = "Induction Decision"
_REPORT_LINK = re.compile(r'href="(/api/method/[^"]+governor_report[^"]+)"')
OUTCOMES = {"passes": "Pass", "extended": "Extension", "fails": "Fail"}


def play(story: Story) -> list[tuple[str, ...]]:
    """From the received recommendations to the end; returns the rows of the closing table."""
    decide(story)
    give_notice(story)
    keep_return_of_outcomes(story)
    appeal(story)
    settle_appeal(story)
    report_to_governors(story)
    keep_registration(story)
    return closing_rows(story)


def decide(story: Story) -> None:
    """The decision maker takes the three decisions; nobody else can."""
    story.day("2026-07-09")
    story.daily_jobs("decisions are waiting")
    story.day("2026-07-22")
    decider, contact, officer = (story.people[key] for key in ("decision_maker", "contact", "officer"))
    tasks = decider.ask("induction_app.api.records.my_tasks")["tasks"]
    story.step(
        decider, "opens the task list", f"{len(tasks)} decisions, the first due on {day(tasks[0]['due_on'])}"
    )
    name = decision_of(story, story.cases["passes"])
    for person, what in ((officer, "decide as officer"), (contact, "decide as named contact")):
        story.refused(
            person,
            what,
            lambda person=person: person.act(DECISION, name, "Decide", values=writing.decision("Pass")),
        )
    ect = story.cases["fails"]
    hidden = decision_of(story, ect)
    story.refused(
        ect.person, "read a decision that is not yet taken", lambda: ect.person.read(DECISION, hidden)
    )
    for key, outcome in OUTCOMES.items():
        case = story.cases[key]
        words = writing.decision(outcome, terms=1 if outcome == "Extension" else 0)
        done = decider.act(DECISION, decision_of(story, case), "Decide", values=words)
        story.expect(f"Stage of the decision on {case.teacher.name}", done["stage"], "decided")
        story.step(
            decider, f"decides on {case.teacher.name}: {outcome}", f"notice due on {day(done['due_on'])}"
        )


def give_notice(story: Story) -> None:
    """The officer sends the notices, tells the TRA of the extension and the fail, and keeps the letters."""
    story.day("2026-07-23")
    officer = story.people["officer"]
    for key, outcome in OUTCOMES.items():
        case = story.cases[key]
        name = decision_of(story, case)
        done = officer.act(DECISION, name, "Send notice")
        story.expect(f"Stage of {name}", done["stage"], "closed" if outcome == "Pass" else "appeal_window")
        story.step(officer, f"sends the notice of decision on {case.teacher.name}", done["workflow_state"])
        if outcome != "Pass":
            officer.change(DECISION, name, tra_notified_on="2026-07-23")
            story.step(officer, f"tells the Teaching Regulation Agency of the {outcome.lower()}", "recorded")
        reader = case.person
        story.papers.keep_pdf(reader, f"decision-{outcome.lower()}", DECISION, name)
        if outcome == "Pass":
            story.papers.keep_pdf(reader, "certificate", DECISION, name, kind="certificate")
    story.rehearsal.post_mails()
    story.step("The post", "delivers the notices", f"{story.keep_mails()} mails")
    extended = story.cases["extended"]
    story.day("2026-07-27")
    done = extended.person.act(DECISION, decision_of(story, extended), "I will not appeal")
    story.step(extended.person, "says that he will not appeal", done["workflow_state"])


def keep_return_of_outcomes(story: Story) -> None:
    """The DfE's file of outcomes: the pass and the release; the fail is not reported in bulk."""
    keep_return(story, "outcomes", "outcomes-2026-07-27.csv", expected=2)


def appeal(story: Story) -> None:
    """The failed ECT appeals before the last day; until then the case cannot be closed."""
    case, officer = story.cases["fails"], story.people["officer"]
    name = decision_of(story, case)
    story.refused(
        officer,
        "close the failed case while the ECT may appeal",
        lambda: officer.act(DECISION, name, "Close after last day to appeal"),
    )
    story.day("2026-08-16")
    story.daily_jobs("the last day to appeal is in 5 days")
    story.day("2026-08-18")
    done = case.person.act(DECISION, name, "I have appealed", values={"appeal_reference": "TRA-2026-0418"})
    story.expect(f"Stage of {name}", done["stage"], "appealed")
    story.step(
        case.person, "says that she has appealed to the Teaching Regulation Agency", done["workflow_state"]
    )


def settle_appeal(story: Story) -> None:
    """The appeal is dismissed: the case closes as failed, and the last day for dismissal is worked out."""
    story.day("2026-10-15")
    case, officer = story.cases["fails"], story.people["officer"]
    name = decision_of(story, case)
    told = {"appeal_outcome": "Dismissed", "appeal_decided_on": "2026-10-15"}
    done = officer.act(DECISION, name, "Record outcome of appeal", values=told)
    story.expect(f"Stage of {name}", done["stage"], "closed")
    due = officer.read(DECISION, name)["dismissal_due_on"]
    story.step(
        officer,
        "records that the appeal was dismissed",
        f"{done['workflow_state']}; dismissal due by {day(due)}",
    )
    story.day("2026-10-16")
    story.daily_jobs("the year goes on")


def report_to_governors(story: Story) -> None:
    """The governor takes the general report of the summer term; small numbers are suppressed."""
    governor = story.people["governor"]
    link = _REPORT_LINK.search(governor.page("/governors"))
    story.papers.keep_file("documents", "governor-report.pdf", governor.fetch(unescape(link[1])))
    story.step(governor, "opens the page for governors and downloads the general report", "PDF")


def keep_registration(story: Story) -> None:
    """The registration as the ECT may download it."""
    case = story.cases["passes"]
    story.papers.keep_pdf(case.person, "registration", "ECT", case.name)
    story.step(case.person, "downloads her registration", "PDF")


def closing_rows(story: Story) -> list[tuple[str, ...]]:
    """Case, ECT, state, status, next deadline: as the officer sees them."""
    rows = []
    officer = story.people["officer"]
    for case in story.all_cases():
        ect = officer.read("ECT", case.name)
        rows.append(
            (
                case.name,
                case.teacher.name,
                ect["workflow_state"],
                ect["induction_status"],
                next_deadline(story, case),
            )
        )
    return rows


def next_deadline(story: Story, case: Case) -> str:
    """What is due next on a case, and when: its open records, and the day to dismiss by after a fail."""
    officer, tutor, found = story.people["officer"], story.people["tutor"], []
    for reader, doctype in ((tutor, "Progress Review"), (tutor, "Formal Assessment"), (officer, DECISION)):
        for row in reader.find(
            doctype, ["name", "workflow_state", "due_on"], ect=case.name, due_on=["is", "set"]
        ):
            found.append((row["due_on"], f"{row['name']}, {row['workflow_state']}"))
    for row in officer.find(DECISION, ["dismissal_due_on"], ect=case.name, dismissal_due_on=["is", "set"]):
        found.append((row["dismissal_due_on"], "last day to end the employment"))
    return "; ".join(f"{day(due)}: {what}" for due, what in sorted(found)[:1]) or "none"


def decision_of(story: Story, case: Case) -> str:
    """The decision on a case, as the appropriate body sees it."""
    return story.name_of(DECISION, case, who=story.people["officer"])


def day(iso: str | None) -> str:
    """1 September 2025."""
    if not iso:
        return "no day"
    found = date.fromisoformat(iso[:10])
    return f"{found.day} {found:%B %Y}"
