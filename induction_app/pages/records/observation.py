"""The observation: what the observer is asked (paragraphs 2.46 and 2.47), and its text."""

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.page_kit import Checkboxes
from induction_app.pages.records.evidence import earlier_observations
from induction_app.pages.records.kinds import Beginning, Kind
from induction_app.pages.records.questions import ask_choice, ask_day, ask_line, ask_text
from induction_app.pages.records.reading import day, standard_heading, standards
from induction_app.pages.records.steps import SeenStep, Step, note_name

DOCTYPE = "Observation"


def ask_lesson(on_page) -> list:
    """When and what was observed."""
    return [
        ask_day(
            "observed_on", _("When was the observation?"), required=_("Enter the day of the observation")
        ),
        ask_line("lesson", _("Class and subject"), hint=_("For example, Year 8 history")),
        ask_text(
            "focus",
            _("What focus did you agree beforehand?"),
            rows=3,
            required=_("Enter the focus agreed beforehand"),
        ),
    ]


def _steps(doc: Document) -> list[Step]:
    return [
        Step(
            slug="lesson",
            title=_("The lesson and its focus"),
            heading=_("The lesson and its focus"),
            fieldnames=("observed_on", "lesson", "focus"),
            ask=ask_lesson,
        ),
        Step(
            slug="observer",
            title=_("Observer and review meeting"),
            heading=_("Observer and review meeting"),
            fieldnames=("observer_holds_qts", "joint_observers", "review_meeting_on"),
            ask=_ask_observer,
        ),
        SeenStep(
            slug="standards",
            title=_("Standards seen"),
            fieldnames=("standards",),
            table="standards",
            ask=lambda on_page: [
                Checkboxes(
                    "standards",
                    _("Which of the Teachers' Standards did you see?"),
                    options=[(code, standard_heading(code)) for code in standards()],
                    hint=_("Select all that you have something to say about."),
                    reveal={code: note_name(code) for code in standards()},
                    heading=True,
                ),
                *(ask_text(note_name(code), _("What did you see?"), rows=3) for code in standards()),
            ],
            beside=earlier_observations,
        ),
        Step(
            slug="strengths",
            title=_("Strengths"),
            fieldnames=("strengths",),
            ask=lambda on_page: [
                ask_text(
                    "strengths",
                    _("What went well?"),
                    hint=_("Say what {0} did and what it led to for pupils.").format(on_page.ect.first_name),
                    heading=True,
                )
            ],
        ),
        Step(
            slug="development-needs",
            title=_("Development needs"),
            fieldnames=("development_needs",),
            ask=lambda on_page: [
                ask_text(
                    "development_needs",
                    _("What should be developed?"),
                    hint=_("Every written record says where development is needed (paragraph 2.47)."),
                    heading=True,
                )
            ],
            beside=earlier_observations,
        ),
        Step(
            slug="next-steps",
            title=_("Agreed next steps"),
            fieldnames=("next_steps",),
            ask=lambda on_page: [ask_text("next_steps", _("What next steps did you agree?"), heading=True)],
            optional=True,
        ),
    ]


def _ask_observer(on_page) -> list:
    return [
        ask_choice(
            DOCTYPE,
            "observer_holds_qts",
            _("Do you hold qualified teacher status?"),
            hint=_("The observer is expected to (paragraph 2.47)."),
        ),
        ask_line("joint_observers", _("Who else observed?"), hint=_("Leave it empty if you were alone.")),
        ask_day(
            "review_meeting_on",
            _("When do you meet to talk about it?"),
            hint=_("Arranged beforehand, and soon after (paragraph 2.47). For example, 27 3 2026."),
        ),
    ]


def _ask_reflection(on_page) -> list:
    return [
        ask_text(
            "ect_reflection",
            _("Your reflection"),
            hint=_("What do you take from this? What will you try? You may leave it empty."),
        )
    ]


def _sections() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (
            _("The lesson"),
            (
                "observed_on",
                "lesson",
                "focus",
                "observer",
                "observer_holds_qts",
                "joint_observers",
                "review_meeting_on",
            ),
        ),
        (_("Feedback"), ("strengths", "development_needs", "next_steps")),
        (_("Standards seen"), ("standards",)),
        (_("The ECT's reflection"), ("ect_reflection",)),
    ]


KIND = Kind(
    doctype=DOCTYPE,
    noun=lambda: _("observation"),
    title=lambda doc: _("Observation on {0}").format(day(doc.observed_on)),
    title_fields=("observed_on",),
    sections=_sections,
    steps=_steps,
    with_move={("ect_reflection", None): _ask_reflection},
    meaning=lambda doc: {
        "ect_reflection": _("{0} then reads the feedback and can add a reflection."),
        "shared": _("The observation is then complete."),
        "withdrawn": _("Nobody but its author will see it, and it counts for nothing."),
    },
    example=lambda doc: "observation",
    beginning=Beginning(
        title=lambda: _("Record an observation"),
        lead=lambda: _("You can stop after any page and come back. {0} sees nothing before you share it."),
        ask=ask_lesson,
        values=lambda: {"observer": frappe.session.user},
    ),
)
