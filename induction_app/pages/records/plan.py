"""The action plan for an ECT who is not on track: what is asked (paragraphs 4.1 to 4.6), and its text."""

from frappe import _
from frappe.model.document import Document

from induction_app.clock import today
from induction_app.pages.records.evidence import recent_concerns
from induction_app.pages.records.kinds import Beginning, Kind
from induction_app.pages.records.questions import ask_choice, ask_day, ask_standard, ask_text
from induction_app.pages.records.reading import day
from induction_app.pages.records.steps import ResultsStep, RowsStep, Step, result_name

_WHILE_OPEN = ("drafting", "active", "reviewing")


def _steps(doc: Document) -> list[Step]:
    return [
        Step(
            slug="concern",
            title=_("The concern"),
            fieldnames=("concern",),
            ask=lambda on_page: [
                ask_text(
                    "concern",
                    _("What is causing concern?"),
                    hint=_(
                        "Say it plainly, against the Teachers' Standards, with the evidence (paragraph 4.2)."
                    ),
                    heading=True,
                    rows=10,
                )
            ],
            beside=recent_concerns,
        ),
        ResultsStep(
            slug="results",
            title=_("Result of each target"),
            heading=_("Which targets have been met?"),
            fieldnames=("targets",),
            stages=("reviewing",),
            table="targets",
            ask=lambda on_page: [
                ask_choice(
                    "Action Plan Target", "result", row.target, asked_as=result_name(row.idx), inline=True
                )
                for row in on_page.doc.targets
            ],
        ),
        RowsStep(
            slug="targets",
            title=_("Targets"),
            heading=_("Targets"),
            lead=_(
                "Each target is specific and can be seen to be met: what, how you will know, with which help, by when."
            ),
            fieldnames=("targets",),
            stages=_WHILE_OPEN,
            table="targets",
            row_noun=_("target"),
            row_fields=("target", "standard", "success_criteria", "support", "by_when", "result"),
            ask=_ask_target,
        ),
        Step(
            slug="review-notes",
            title=_("What the review found"),
            fieldnames=("review_notes",),
            stages=("reviewing",),
            ask=lambda on_page: [ask_text("review_notes", _("What did the review find?"), heading=True)],
        ),
        Step(
            slug="review-meeting",
            title=_("Review meeting"),
            fieldnames=("review_on",),
            stages=_WHILE_OPEN,
            ask=lambda on_page: [
                ask_day(
                    "review_on",
                    _("When will you review the plan?"),
                    required=_("Enter the day of the review meeting"),
                    heading=True,
                )
            ],
        ),
    ]


def _ask_concern(on_page, **options) -> list:
    return [
        ask_text(
            "concern",
            _("What is causing concern?"),
            hint=_("Say it plainly, against the Teachers' Standards, with the evidence (paragraph 4.2)."),
            required=_("Enter what is causing concern"),
            rows=10,
            **options,
        )
    ]


def _ask_target(on_page) -> list:
    return [
        ask_text("target", _("What is the target?"), rows=3, required=_("Enter the target")),
        ask_standard(
            "standard", _("Which of the Teachers' Standards does it serve?"), prompt=_("None in particular")
        ),
        ask_text(
            "success_criteria",
            _("How will you all know that it is met?"),
            rows=3,
            required=_("Enter how you will know that the target is met"),
        ),
        ask_text("support", _("What support does the school give?"), rows=3),
        ask_day("by_when", _("By when?"), required=_("Enter the day by which the target is to be met")),
    ]


def _ask_comment(on_page) -> list:
    return [
        ask_text(
            "ect_comment",
            _("Your comment"),
            hint=_("Is the concern described fairly? Will the support help? You may leave it empty."),
        )
    ]


def _sections() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (_("The concern"), ("concern",)),
        (_("Targets"), ("targets",)),
        (
            _("Dates"),
            ("raised_on", "raised_by", "review_on", "shared_with_ect_on", "ab_warned_on", "closed_on"),
        ),
        (_("The ECT's comment"), ("ect_comment",)),
        (_("What the review found"), ("review_notes",)),
    ]


KIND = Kind(
    doctype="Action Plan",
    noun=lambda: _("action plan"),
    title=lambda doc: _("Action plan of {0}").format(day(doc.raised_on)),
    title_fields=("raised_on",),
    sections=_sections,
    steps=_steps,
    with_move={("sharing", None): _ask_comment},
    meaning=lambda doc: {
        "sharing": _(
            "{0} then reads the plan and can comment. The appropriate body is told that there is a concern."
        ),
        "active": _("The plan then runs until its review."),
        "reviewing": _("You then record the result of each target, and what the review found."),
        "met": _("The plan ends: its targets have been met."),
        "escalated": _("The plan ends without its targets being met, and the appropriate body takes it up."),
        "withdrawn": _("The plan ends and counts for nothing. It stays on the record."),
    },
    example=lambda doc: "action-plan",
    beginning=Beginning(
        title=lambda: _("Begin an action plan"),
        lead=lambda: _("You can stop after any page and come back. {0} sees nothing before you share it."),
        ask=_ask_concern,
        values=lambda: {"raised_on": today()},
    ),
)
