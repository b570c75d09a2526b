"""Summer before the first term: the register, the bodies, the schools and their people, the registrations."""

import re
from pathlib import Path

from standalone.walkthrough import cast
from standalone.walkthrough.cast import Case, Part
from standalone.walkthrough.story import Story

API = "induction_app.api."
_POST_CONDITIONS = (
    "head_can_recommend",
    "appropriate_body_agreed",
    "ecf_programme",
    "tasks_and_classes",
    "tutor_with_qts",
    "mentor_with_qts",
    "reduced_timetable",
    "reasonable_demands",
    "age_and_subject",
    "manageable_discipline",
    "same_classes",
    "similar_processes",
    "no_unsupported_duties",
)


def play(story: Story, register: Path) -> None:
    """From an empty site to four registered ECTs."""
    story.day("2024-06-17")
    import_register(story, register)
    open_bodies(story)
    open_schools(story)
    bring_in_colleagues(story)
    story.day("2024-07-08")
    register_teachers(story)
    refuse_wrong_registrations(story)
    story.day("2024-07-11")
    authorise(story)
    story.day("2024-07-15")
    correct_returned_registration(story)
    enter_teachers(story)


def import_register(story: Story, register: Path) -> None:
    """The administrator uploads an extract of the national register and has it read."""
    administrator = story.rehearsal.administrator
    story.rehearsal.begin()
    story.step(administrator, "signs in")
    file = administrator.upload("gias-sample.csv", register.read_bytes())
    report = administrator.call(f"{API}organisations.import_register", file=file)
    story.step(administrator, f"reads the school register from {register.name}", report["summary"])


def open_bodies(story: Story) -> None:
    """The administrator sets up two appropriate bodies and their people, who choose their passwords."""
    administrator = story.rehearsal.administrator
    for body in cast.BODIES:
        administrator.insert("Appropriate Body", **body)
        story.step(administrator, f"adds the appropriate body {body['ab_name']}")
    appoint(story, administrator, cast.AT_BODIES)


def open_schools(story: Story) -> None:
    """Each body takes on its school, whose head asks to be authorised."""
    for officer, school, body in (
        ("officer", cast.SCHOOL, cast.BODY),
        ("other_officer", cast.OTHER_SCHOOL, cast.OTHER_BODY),
    ):
        person = story.people[officer]
        person.change("School", school, appropriate_body=body, **cast.EMPLOYER)
        story.step(person, f"takes on {cast.PLACES[school]}", f"works with {body}")
        appoint(story, person, [part for part in cast.HEADS if part.school == school])
    for head, officer, school in (
        ("head", "officer", cast.SCHOOL),
        ("other_head", "other_officer", cast.OTHER_SCHOOL),
    ):
        asked = story.people[head].call(f"{API}organisations.request_authorisation", school=school)
        story.step(
            story.people[head], f"asks for {cast.PLACES[school]} to be authorised", asked["authorisation"]
        )
        given = story.people[officer].call(f"{API}organisations.authorise_school", school=school)
        story.step(story.people[officer], f"authorises {cast.PLACES[school]}", given["authorisation"])


def bring_in_colleagues(story: Story) -> None:
    """The school's administrator (the other school's head) brings in the staff."""
    administrator = story.people["school_administrator"]
    appoint(story, administrator, cast.STAFF)
    appoint(story, story.people["other_head"], cast.OTHER_STAFF)
    story.refused(
        administrator,
        "give herself the role of induction tutor",
        lambda: administrator.call(
            f"{API}organisations.register_colleague",
            email=administrator.email,
            first_name="Joanne",
            last_name="Pike",
            role="Induction Tutor",
            school=cast.SCHOOL,
        ),
    )


def appoint(story: Story, by, parts: list[Part] | tuple[Part, ...]) -> None:
    """Give people their roles; each then opens the welcome mail, chooses a password and signs in."""
    for part in parts:
        by.call(
            f"{API}organisations.register_colleague",
            email=part.email,
            first_name=part.first,
            last_name=part.last,
            role=part.role,
            school=part.school,
            appropriate_body=part.body,
            holds_qts=1,
        )
        place = cast.PLACES.get(part.school) or part.body
        story.step(by, f"registers {part.name} as {part.role} at {place}", "welcome mail queued")
    for part in parts:
        story.rehearsal.enter(part.key, part.name, part.email, part.role)
        story.step(story.people[part.key], "chooses a password from the welcome mail and signs in")


def register_teachers(story: Story) -> None:
    """The school registers its four ECTs and sends them to the appropriate body."""
    administrator = story.people["school_administrator"]
    for teacher in cast.TEACHERS:
        case = story.cases[teacher.key] = Case(teacher)
        case.name = administrator.insert("ECT", **registration(story, teacher))["name"]
        story.step(administrator, f"writes the registration of {teacher.name}", case.name)
        sent = administrator.act("ECT", case.name, "Send to appropriate body")
        story.step(administrator, f"sends it to {cast.BODY}", sent["workflow_state"])


def registration(story: Story, teacher: cast.Teacher) -> dict:
    """The fields of a registration."""
    return {
        "first_name": teacher.first,
        "last_name": teacher.last,
        "email": teacher.email,
        "date_of_birth": teacher.born,
        "trn": teacher.trn,
        "ni_number": teacher.ni_number,
        "qts_awarded_on": "2024-07-01",
        "registration_type": "New to induction",
        "school": cast.SCHOOL,
        "contract": "Permanent",
        "fte": 1,
        "days_per_week": 5,
        "start_date": "2024-09-02",
        # Left out where the body is to send the registration back.
        "year_groups": "" if teacher is cast.EXTENDED else "Year 3",
        "subject": "Primary",
        "programme_type": teacher.programme,
        "induction_tutor": story.people["tutor"].email,
        "mentor": story.people["mentor"].email,
        **{f"post_{condition}": 1 for condition in _POST_CONDITIONS},
    }


def refuse_wrong_registrations(story: Story) -> None:
    """A number entered twice, and people who may not authorise."""
    administrator = story.people["school_administrator"]
    twin = {**registration(story, cast.PASSES), "first_name": "Ama", "email": f"ama@aldgate.{cast.MAIL}"}
    story.refused(
        administrator,
        "register a second ECT with the same teacher reference number",
        lambda: administrator.insert("ECT", **twin),
        status=417,
    )
    name = story.cases["passes"].name
    for key in ("school_administrator", "tutor", "contact"):
        person = story.people[key]
        story.refused(
            person, "authorise a registration", lambda person=person: person.act("ECT", name, "Authorise")
        )
    person = story.people["other_officer"]
    story.refused(person, "read another body's ECT", lambda: person.read("ECT", name))


def authorise(story: Story) -> None:
    """The officer authorises three registrations and returns one with a reason."""
    officer, contact = story.people["officer"], story.people["contact"]
    tasks = officer.ask(f"{API}records.my_tasks")["tasks"]
    waiting = [task for task in tasks if task["doctype"] == "ECT"]
    story.expect("Registrations on the officer's task list", len(waiting), len(cast.TEACHERS))
    story.step(officer, "opens the task list", f"{len(waiting)} registrations to check")
    story.refused(
        officer,
        "authorise without naming a contact",
        lambda: officer.act("ECT", story.cases["passes"].name, "Authorise"),
        status=417,
    )
    for case in story.all_cases():
        if case.teacher is cast.EXTENDED:
            reason = (
                "Please add the year groups, so that we can check that the post suits the training (2.18)."
            )
            done = officer.act("ECT", case.name, "Return to school", reason=reason)
            story.step(
                officer, f"returns the registration of {case.teacher.name}: {reason}", done["workflow_state"]
            )
            story.expect("Stage of the returned registration", done["stage"], "returned")
        else:
            register_one(story, case, contact.email)


def correct_returned_registration(story: Story) -> None:
    """The school puts the returned registration right; the officer authorises it."""
    administrator, case = story.people["school_administrator"], story.cases["extended"]
    administrator.change("ECT", case.name, year_groups="Year 4")
    done = administrator.act("ECT", case.name, "Send to appropriate body")
    story.step(
        administrator,
        f"corrects the registration of {case.teacher.name} and sends it",
        done["workflow_state"],
    )
    register_one(story, case, story.people["contact"].email)


def register_one(story: Story, case: Case, contact: str) -> None:
    """Authorise one registration: the case opens, with its schedule."""
    officer = story.people["officer"]
    done = officer.act("ECT", case.name, "Authorise", values={"named_contact": contact})
    story.expect(f"Stage of {case.name}", done["stage"], "registered")
    tutor = story.people["tutor"]
    reviews = tutor.find("Progress Review", ect=case.name)
    assessments = tutor.find("Formal Assessment", ect=case.name)
    story.expect(
        f"Reviews and assessments scheduled for {case.name}", (len(reviews), len(assessments)), (4, 2)
    )
    story.step(
        officer,
        f"authorises the registration of {case.teacher.name}",
        f"{done['workflow_state']}; {len(reviews)} reviews and {len(assessments)} assessments scheduled",
    )


def enter_teachers(story: Story) -> None:
    """Each ECT chooses a password and signs in; each sees their own case and nobody else's."""
    for case in story.all_cases():
        teacher = case.teacher
        case.person = story.rehearsal.enter(teacher.key, teacher.name, teacher.email, "ECT")
        seen = case.person.find("ECT", ["name", "full_name"])
        story.expect(f"Cases {teacher.name} sees", [row["name"] for row in seen], [case.name])
        story.step(case.person, "signs in for the first time and sees one case", seen[0]["full_name"])
    amara, ben = story.cases["passes"], story.cases["extended"]
    story.refused(amara.person, "read a colleague's registration", lambda: amara.person.read("ECT", ben.name))
    story.expect(
        "NI number an ECT reads of their own",
        re.sub(r"\s", "", amara.person.read("ECT", amara.name).get("ni_number") or ""),
        amara.teacher.ni_number,
    )
    tutor = story.people["tutor"]
    story.expect("NI number the tutor is sent", tutor.read("ECT", amara.name).get("ni_number"), None)
