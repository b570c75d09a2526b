"""The formal assessment, first, final or interim: what is asked (paragraphs 2.55 to 2.63), and its text."""

from dataclasses import dataclass
from typing import Any

from frappe import _
from frappe.model.document import Document

from induction_app.documents.wording import number
from induction_app.pages.records.evidence import days_absent_since_last_assessment, earlier_on_standard
from induction_app.pages.records.kinds import Beginning, Kind
from induction_app.pages.records.questions import ask_choice, ask_day, ask_number, ask_text
from induction_app.pages.records.reading import Passage, standards
from induction_app.pages.records.review import ask_comment, report_meaning, support_step, target_step
from induction_app.pages.records.steps import Step, standard_steps

DOCTYPE = "Formal Assessment"


@dataclass(frozen=True)
class AbsenceStep(Step):
    """Days absent: those recorded here are proposed, and asked about before a report says that there were none."""

    def values(self, doc: Document, row: str = "") -> dict[str, Any]:
        return {"days_absent": doc.days_absent or days_absent_since_last_assessment(doc)[0]}

    def answered(self, doc: Document) -> bool:
        return bool(doc.days_absent)

    def blocks(self, doc: Document) -> list[Any]:
        return super().blocks(doc) if self.optional or self.answered(doc) else [Passage("", "")]


def _steps(doc: Document) -> list[Step]:
    return [
        Step(
            slug="meeting",
            title=_("Date of the assessment meeting"),
            fieldnames=("meeting_on",),
            ask=lambda on_page: [
                ask_day(
                    "meeting_on",
                    _("When was the assessment meeting?"),
                    heading=True,
                    hint=_(
                        "The signed report is due at the appropriate body within 10 working days of this day "
                        "(paragraph 2.61). For example, 27 3 2026."
                    ),
                )
            ],
        ),
        *standard_steps(
            "judgements",
            "Standard Judgement",
            "judgement",
            _("Your judgement on this standard"),
            {
                "Satisfactory": _("What can reasonably be expected at this point of induction."),
                "Needs further development": _("Satisfactory for now; it has to grow to stay so."),
                "Not satisfactory": _("Below what can reasonably be expected."),
            },
            list(standards()),
            group=_("Each of the Teachers' Standards"),
            beside=earlier_on_standard,
        ),
        Step(
            slug="overall",
            title=_("Overall judgement"),
            fieldnames=("overall",),
            ask=lambda on_page: [
                ask_choice(
                    DOCTYPE,
                    "overall",
                    _("Is {0}'s performance against the Teachers' Standards satisfactory?").format(
                        on_page.ect.first_name
                    ),
                    hints={
                        "Not satisfactory": _("You will be asked for the additional monitoring and support.")
                    },
                    heading=True,
                )
            ],
            group=_("Together"),
        ),
        support_step(
            _("What additional monitoring and support is put in place?"),
            _(
                "It starts at once (paragraph 4.2): what, by whom, how often, and when you will look at it again."
            ),
            needed=lambda doc: doc.overall == "Not satisfactory",
        ),
        Step(
            slug="summary",
            title=_("Summary"),
            fieldnames=("summary",),
            ask=lambda on_page: [
                ask_text(
                    "summary",
                    _("How would you sum up this assessment?"),
                    hint=_("Nothing in it should be unexpected for {0} (paragraph 2.58).").format(
                        on_page.ect.first_name
                    ),
                    heading=True,
                )
            ],
            optional=True,
        ),
        target_step(_("Agreed development targets"), optional=True),
        AbsenceStep(
            slug="absence",
            title=_("Days absent"),
            fieldnames=("days_absent",),
            ask=_ask_absence,
            optional=doc.stage != "drafting" or not days_absent_since_last_assessment(doc)[0],
        ),
        Step(
            slug="recommendation",
            title=_("Your recommendation"),
            fieldnames=("recommendation", "recommendation_reason", "extension_terms_proposed"),
            heading=_("Your recommendation to the appropriate body"),
            lead=_(
                "You recommend; the appropriate body decides (paragraphs 2.60 and 2.66). Your recommendation becomes "
                "part of the report that you and the ECT sign."
            ),
            ask=_ask_recommendation,
            stages=("head_signature",),
            needed=lambda doc: doc.assessment_type == "Final",
        ),
    ]


def _ask_absence(on_page) -> list:
    days, since = days_absent_since_last_assessment(on_page.doc)
    return [
        ask_number(
            "days_absent",
            _("How many days has {0} been absent since the last assessment?").format(on_page.ect.first_name),
            heading=True,
            hint=_("Recorded in this service since {0}: {1} days.").format(since, number(days) or "0"),
            unit=_("days"),
        )
    ]


def _ask_recommendation(on_page) -> list:
    first_name = on_page.ect.first_name
    return [
        ask_choice(
            DOCTYPE,
            "recommendation",
            _("Having completed induction, is {0}'s performance against the Teachers' Standards:").format(
                first_name
            ),
            hints={
                "Satisfactory": _("You recommend a pass."),
                "Unsatisfactory": _("You recommend that induction has not been completed satisfactorily."),
                "Extension": _("You recommend that an extension is considered (paragraph 3.8)."),
            },
            reveal={"Extension": "extension_terms_proposed"},
            required=_("Select your recommendation"),
        ),
        ask_number(
            "extension_terms_proposed",
            _("How long should the extension be?"),
            unit=_("terms"),
            most=6,
        ),
        ask_text(
            "recommendation_reason",
            _("Your reasons"),
            hint=_("The appropriate body and {0} read them.").format(first_name),
        ),
    ]


def _title(doc: Document) -> str:
    return {
        "First": _("First formal assessment"),
        "Final": _("Final formal assessment"),
        "Interim": _("Interim assessment"),
    }.get(doc.assessment_type, _("Formal assessment"))


def _sections() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (
            _("The assessment"),
            (
                "overall",
                "meeting_on",
                "assessor",
                "assessor_capacity",
                "terms_served",
                "days_absent",
                "report_due_on",
            ),
        ),
        (_("Teachers' Standards"), ("judgements",)),
        (_("Summary"), ("summary",)),
        (_("Agreed development targets"), ("targets",)),
        (_("Additional monitoring and support"), ("support_plan",)),
        (
            _("The headteacher's recommendation"),
            ("recommendation", "extension_terms_proposed", "recommendation_reason"),
        ),
        (_("The ECT's comment"), ("ect_comment",)),
    ]


KIND = Kind(
    doctype=DOCTYPE,
    noun=lambda: _("assessment"),
    title=_title,
    title_fields=("assessment_type",),
    sections=_sections,
    steps=_steps,
    with_move={("ect_comment", None): ask_comment},
    meaning=report_meaning,
    example=lambda doc: f"assessment-{doc.assessment_type.lower()}",
    beginning=Beginning(
        title=lambda: _("Begin an interim assessment"),
        lead=lambda: _(
            "It is written when an ECT leaves after a term or more and before the next formal assessment "
            "(paragraph 2.62). {0} sees nothing before you send it."
        ),
        ask=lambda on_page: [],
        values=lambda: {"assessment_type": "Interim"},
    ),
)
