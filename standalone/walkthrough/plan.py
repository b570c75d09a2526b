"""The action plan of the ECT who falls off track: shared, reviewed, continued, escalated (4.1 to 4.6)."""

from induction_app.demo import writing
from standalone.walkthrough.person import Person
from standalone.walkthrough.story import Story

PLAN = "Action Plan"


def start(story: Story, day: str, because_of: str) -> None:
    """The tutor writes a plan after a review and shares it; the ECT comments, and it runs."""
    story.day(day)
    tutor, case = story.people["tutor"], story.cases["fails"]
    name = tutor.insert(
        PLAN,
        ect=case.name,
        raised_on=day,
        review_on="2025-05-08",
        source_doctype="Progress Review",
        source_name=because_of,
        **writing.action_plan("2025-05-02"),
    )["name"]
    done = tutor.act(PLAN, name, "Share plan")
    story.step(
        tutor,
        f"writes an action plan for {case.teacher.name} and shares it",
        f"{name}: {done['workflow_state']}",
    )
    done = case.person.act(PLAN, name, "Send comment", values={"ect_comment": writing.plan_words("comment")})
    story.expect(f"Stage of {name}", done["stage"], "active")
    story.step(case.person, "comments on the action plan", done["workflow_state"])


def go_on(story: Story, day: str) -> None:
    """The review of the plan finds progress, but not enough: it goes on."""
    story.day(day)
    coordinator, name = story.people["coordinator"], _name(story)
    coordinator.act(PLAN, name, "Start review")
    story.refused(
        coordinator,
        "close the plan as met before its targets have results",
        lambda: coordinator.act(PLAN, name, "Close, targets met"),
        status=417,
    )
    found = _record_results(coordinator, name, ["Partly met", "Partly met"])
    done = coordinator.act(PLAN, name, "Continue plan", values={"review_on": "2025-07-11"})
    story.step(coordinator, f"reviews the action plan ({found}) and lets it go on", done["workflow_state"])


def escalate(story: Story, day: str) -> None:
    """After the first assessment the head escalates the plan to the appropriate body."""
    story.day(day)
    head, name = story.people["head"], _name(story)
    head.act(PLAN, name, "Start review")
    found = _record_results(head, name, ["Partly met", "Not met"])
    done = head.act(PLAN, name, "Escalate")
    story.expect(f"Stage of {name}", done["stage"], "escalated")
    story.step(head, f"reviews the action plan again ({found}) and escalates it", done["workflow_state"])
    story.papers.keep_pdf(story.people["officer"], "action-plan", PLAN, name)


def _name(story: Story) -> str:
    return story.name_of(PLAN, story.cases["fails"])


def _record_results(person: Person, name: str, results: list[str]) -> str:
    targets = person.read(PLAN, name)["targets"]
    rows = [{**row, "result": result} for row, result in zip(targets, results, strict=True)]
    person.change(PLAN, name, targets=rows, review_notes=writing.plan_words("review"))
    return ", ".join(f"target {number} {result.lower()}" for number, result in enumerate(results, 1))
