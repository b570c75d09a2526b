"""The two years: observations, reviews in terms 1, 2, 4 and 5, the first assessment, the plan, the final one."""

from induction_app.demo import writing
from standalone.walkthrough import cast, plan
from standalone.walkthrough.reports import (
    ASSESSMENT,
    OFF,
    ON,
    REVIEW,
    Report,
    assessment_of,
    hold,
    later,
    review_of,
    sign_and_send,
    write,
)
from standalone.walkthrough.story import Story

NOT_YET = {"5": "Needs further development", "7": "Needs further development"}
FAILING = {code: "Not satisfactory" for code in ("2", "4", "6", "7")} | {"5": "Needs further development"}


def play(story: Story) -> None:
    """From the first day to the final assessments at the appropriate body."""
    first_term(story)
    second_term(story)
    third_term(story)
    fourth_term(story)
    fifth_term(story)
    sixth_term(story)


def first_term(story: Story) -> None:
    """Autumn 2024: first observations, the claims file, the first reviews, one of them late."""
    observe(story, "2024-10-07", "tutor", number=0)
    story.day("2024-10-14")
    keep_return(story, "claims", "claims-2024-10-14.csv", expected=4)
    story.day("2024-11-22")
    story.daily_jobs("reviews are due in 14 days")
    in_time = [review_of(story, key, 1, ON, 0) for key in ("passes", "extended", "leaves")]
    hold(story, in_time, "2024-11-27")
    refuse_shortcuts(story)
    story.day("2024-12-09")
    story.daily_jobs("a review is overdue")
    late = review_of(story, "fails", 1, ON, 1)
    hold(story, [late], "2024-12-10", apart=0)
    story.papers.keep_pdf(in_time[0].case.person, "progress-review-on-track", REVIEW, in_time[0].name)


def second_term(story: Story) -> None:
    """Spring 2025: one ECT falls off track and gets an action plan; one leaves after an interim assessment."""
    observe(story, "2025-01-27", "head", number=1)
    off_track = review_of(story, "fails", 2, OFF, 0)
    on_track = [review_of(story, key, 2, ON, 1) for key in ("passes", "extended")]
    hold(story, [*on_track, off_track], "2025-03-10")
    story.papers.keep_pdf(off_track.case.person, "progress-review-not-on-track", REVIEW, off_track.name)
    plan.start(story, "2025-03-18", off_track.name)
    leave(story)


def third_term(story: Story) -> None:
    """Summer 2025: the plan is reviewed and goes on; first assessments; the plan is escalated."""
    observe(story, "2025-05-06", "mentor", number=2, without=("leaves",))
    plan.go_on(story, "2025-05-08")
    story.day("2025-06-24")
    story.daily_jobs("first assessments are due in 14 days")
    refuse_mentor_assessing(story)
    assess(
        story,
        "2025-06-26",
        assessment_of(story, "passes", "First"),
        assessment_of(story, "extended", "First", weak={"7": "Needs further development"}),
        assessment_of(story, "fails", "First", "Not satisfactory", FAILING),
    )
    plan.escalate(story, "2025-07-11")


def fourth_term(story: Story) -> None:
    """Autumn 2025: reviews; the head returns a signed one, which is rewritten and signed again."""
    observe(story, "2025-10-06", "tutor", number=0, without=("leaves",))
    hold(story, [review_of(story, "passes", 4, ON, 2), review_of(story, "fails", 4, OFF, 1)], "2025-11-17")
    review_returned_by_head(story, review_of(story, "extended", 4, ON, 3))


def fifth_term(story: Story) -> None:
    """Spring 2026: an absence too short to extend, and the last reviews."""
    record_absence(story)
    observe(story, "2026-02-09", "head", number=1, without=("leaves",))
    on_track = [review_of(story, key, 5, ON, 3) for key in ("passes", "extended")]
    hold(story, [*on_track, review_of(story, "fails", 5, OFF, 2)], "2026-03-02")


def sixth_term(story: Story) -> None:
    """Summer 2026: final assessments with the head's recommendation: satisfactory, extension, unsatisfactory."""
    observe(story, "2026-05-18", "tutor", number=2, without=("leaves",))
    extension, failure = (
        writing.recommendation("Extension", terms=1),
        writing.recommendation("Unsatisfactory"),
    )
    assess(
        story,
        "2026-06-29",
        assessment_of(story, "passes", "Final", recommended=writing.recommendation("Satisfactory")),
        assessment_of(story, "extended", "Final", weak=NOT_YET, recommended=extension),
        assessment_of(story, "fails", "Final", "Not satisfactory", FAILING, failure),
    )


def assess(story: Story, day: str, *reports: Report) -> None:
    """Hold formal assessments and keep their PDFs as the appropriate body has them."""
    hold(story, list(reports), day)
    for report in reports:
        kind = story.people["tutor"].read(ASSESSMENT, report.name)["assessment_type"].lower()
        keep = f"formal-assessment-{kind}-{report.case.teacher.key}"
        story.papers.keep_pdf(story.people["officer"], keep, ASSESSMENT, report.name)


def observe(story: Story, day: str, observer: str, number: int, without: tuple[str, ...] = ()) -> None:
    """One observation of each ECT: written feedback, shared at once, and the ECT's reflection."""
    story.day(day)
    person = story.people[observer]
    for case in story.all_cases(*without):
        record = person.insert(
            "Observation",
            ect=case.name,
            observer=person.email,
            observer_holds_qts="Yes",
            observed_on=day,
            review_meeting_on=later(day, 1),
            **writing.observation(number),
        )["name"]
        person.act("Observation", record, "Share with ECT")
        reflection = {"ect_reflection": writing.reflection(number)}
        done = case.person.act("Observation", record, "Add your reflection", values=reflection)
        story.expect(f"Stage of {record}", done["stage"], "shared")
        story.step(
            person,
            f"observes {case.teacher.name}, who reads the feedback and reflects",
            done["workflow_state"],
        )
        if case.teacher is cast.PASSES and day.startswith("2024"):
            story.papers.keep_pdf(case.person, "observation", "Observation", record)


def review_returned_by_head(story: Story, report: Report) -> None:
    """The head finds something missing after the tutor has signed: returned, rewritten, version 2, signed again."""
    tutor, head, name, ect = story.people["tutor"], story.people["head"], report.name, report.case.person
    story.day("2025-11-25")
    write(story, report)
    ect.act(REVIEW, name, "Send comment", values={"ect_comment": report.comment})
    tutor.sign(REVIEW, name, "Sign as tutor")
    story.step(tutor, f"signs {name}", "signed")
    story.refused(
        tutor,
        "change the text that was signed",
        lambda: tutor.change(REVIEW, name, evidence_summary="Something else."),
    )
    story.day("2025-11-26")
    reason = "The visit of 14 November is missing from the evidence."
    done = head.act(REVIEW, name, "Return to tutor", reason=reason)
    story.step(head, f"returns it: {reason}", done["workflow_state"])
    story.expect(f"Version of {name}", tutor.read(REVIEW, name)["version"], 2)
    report.text["evidence_summary"] += (
        "\nThe visit of 14 November showed the same strengths with the new class."
    )
    write(story, report)
    sign_and_send(story, [report], "2025-11-26")
    signatures = tutor.find("Induction Signature", ["version"], reference_name=name)
    story.expect(f"Versions of {name} that were signed", [row["version"] for row in signatures], [1, 2, 2, 2])


def leave(story: Story) -> None:
    """An ECT leaves after two terms: interim assessment, review not required, period closed as released (2.62)."""
    case, tutor = story.cases["leaves"], story.people["tutor"]
    story.day("2025-03-20")
    tutor.insert(ASSESSMENT, ect=case.name, assessment_type="Interim")
    assess(story, "2025-03-20", assessment_of(story, "leaves", "Interim"))
    coordinator = story.people["coordinator"]
    done = coordinator.act(REVIEW, story.name_of(REVIEW, case, term_number=2), "Not required")
    story.step(
        coordinator, f"marks the review of {case.teacher.name} as not required", done["workflow_state"]
    )
    story.day("2025-04-04")
    administrator = story.people["school_administrator"]
    period = story.name_of("Induction Period", case)
    left = {"ends_on": "2025-04-04", "outcome": "Release", "leaving_reason": "Moves to another school"}
    administrator.change("Induction Period", period, **left)
    story.step(administrator, f"records that {case.teacher.name} leaves today", f"{period}: released")


def record_absence(story: Story) -> None:
    """Twelve days of illness: fewer than 30, so that nothing is extended (3.6)."""
    story.day("2026-01-28")
    administrator, case, tutor = (
        story.people["school_administrator"],
        story.cases["passes"],
        story.people["tutor"],
    )
    final = story.name_of(ASSESSMENT, case, assessment_type="Final")
    before = tutor.read(ASSESSMENT, final)["scheduled_for"]
    absence = administrator.insert(
        "Absence", ect=case.name, kind="Ad hoc", starts_on="2026-01-12", ends_on="2026-01-27", days=12
    )["name"]
    story.expect("Day the final assessment is due", tutor.read(ASSESSMENT, final)["scheduled_for"], before)
    story.step(
        administrator,
        f"records 12 days of absence of {case.teacher.name}",
        f"{absence}: nothing is extended (3.6)",
    )


def keep_return(story: Story, kind: str, name: str, expected: int) -> None:
    """Download a bulk file of the DfE as the officer, keep it, and confirm its upload."""
    officer = story.people["officer"]
    asked = {"appropriate_body": cast.BODY, "kind": kind}
    found = officer.call("induction_app.api.dfe.bulk_files", **asked)
    content = officer.download("induction_app.api.dfe.download_bulk_file", post=True, **asked)
    story.papers.keep_file("dfe", name, content)
    periods = found["files"][0]["periods"]
    story.expect(f"Rows in the file of {kind}", len(periods), expected)
    confirmed = officer.call("induction_app.api.dfe.confirm_reported", periods=periods, **asked)
    refused = "; ".join(row["sentence"] for row in found["refused"])
    story.step(
        officer,
        f"downloads the DfE's file of {kind} and confirms the upload",
        f"{len(confirmed['reported'])} reported{'; left out: ' if refused else ''}{refused}",
    )


def refuse_shortcuts(story: Story) -> None:
    """Nobody skips a step, signs for another, or reads what is not theirs."""
    case, tutor, officer = story.cases["fails"], story.people["tutor"], story.people["officer"]
    name = story.name_of(REVIEW, case, term_number=1)
    received = officer.find(REVIEW, ["workflow_state"], stage="received")[0]["workflow_state"]
    story.refused(
        tutor,
        "put a review straight to received",
        lambda: tutor.change(REVIEW, name, workflow_state=received),
    )
    for action in ("Sign as headteacher", "Receive"):
        story.refused(
            tutor, f"skip to “{action}”", lambda action=action: tutor.act(REVIEW, name, action), status=417
        )
    for key, what in (
        ("other_tutor", "read a review of another school"),
        ("other_officer", "read a review of another body"),
        ("governor", "read an ECT's review"),
        ("contact", "read a review as named contact"),
        ("school_administrator", "read a review"),
    ):
        person = story.people[key]
        story.refused(person, what, lambda person=person: person.read(REVIEW, name))
    story.refused(
        case.person, "read a review that is still being written", lambda: case.person.read(REVIEW, name)
    )
    governor, pdf = story.people["governor"], "induction_app.api.documents.pdf"
    story.refused(
        governor, "download a review as a PDF", lambda: governor.download(pdf, doctype=REVIEW, name=name)
    )


def refuse_mentor_assessing(story: Story) -> None:
    """The mentor as mentor does not assess (2.55)."""
    mentor, case = story.people["mentor"], story.cases["passes"]
    story.refused(
        mentor,
        "assess formally",
        lambda: mentor.insert(ASSESSMENT, ect=case.name, assessment_type="Interim"),
    )
