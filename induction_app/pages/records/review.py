"""The progress review: what the tutor is asked (paragraphs 2.48 to 2.54), and its text."""

from frappe import _
from frappe.model.document import Document

from induction_app.pages.records.evidence import earlier_on_standard, since_last_review
from induction_app.pages.records.kinds import Kind
from induction_app.pages.records.questions import ask_choice, ask_day, ask_standard, ask_text
from induction_app.pages.records.reading import standards
from induction_app.pages.records.steps import RowsStep, Step, standard_steps

DOCTYPE = "Progress Review"


def ask_comment(on_page) -> list:
    """The ECT's own words on a report (2.61)."""
    return [
        ask_text(
            "ect_comment",
            _("Your comment"),
            hint=_(
                "Say whether you agree, what has helped, and what you still need. You may leave it empty."
            ),
        )
    ]


def target_step(on_page_heading: str, **more) -> RowsStep:
    """The agreed development targets of a review or an assessment (2.52)."""
    return RowsStep(
        slug="targets",
        title=_("Agreed development targets"),
        heading=on_page_heading,
        fieldnames=("targets",),
        table="targets",
        row_noun=_("target"),
        row_fields=("target", "standard", "support", "by_when"),
        ask=lambda on_page: [
            ask_text("target", _("What is the target?"), rows=3, required=_("Enter the target")),
            ask_standard(
                "standard",
                _("Which of the Teachers' Standards does it serve?"),
                prompt=_("None in particular"),
            ),
            ask_text("support", _("What support will {0} get?").format(on_page.ect.first_name), rows=3),
            ask_day("by_when", _("By when?")),
        ],
        **more,
    )


def support_step(question: str, hint: str, needed) -> Step:
    """The plan for an ECT who is not making satisfactory progress (4.1, 4.2)."""
    return Step(
        slug="support",
        title=_("Support plan"),
        fieldnames=("support_plan",),
        ask=lambda on_page: [ask_text("support_plan", question, hint=hint, heading=True, rows=10)],
        needed=needed,
    )


def _steps(doc: Document) -> list[Step]:
    return [
        Step(
            slug="meeting",
            title=_("Date of the review meeting"),
            fieldnames=("reviewed_on",),
            ask=lambda on_page: [ask_day("reviewed_on", _("When was the review meeting?"), heading=True)],
        ),
        Step(
            slug="evidence",
            title=_("Evidence in brief"),
            fieldnames=("evidence_summary",),
            ask=lambda on_page: [
                ask_text(
                    "evidence_summary",
                    _("What does the evidence show?"),
                    heading=True,
                    rows=12,
                    hint=_(
                        "Sum up what you already have: observations, planning, pupils' work, conversations. "
                        "Nothing is made for the review (paragraphs 2.50 and 2.51)."
                    ),
                )
            ],
            beside=since_last_review,
        ),
        Step(
            slug="on-track",
            title=_("On track or not"),
            fieldnames=("on_track",),
            ask=lambda on_page: [
                ask_choice(
                    DOCTYPE,
                    "on_track",
                    _("Is {0} on track to complete induction?").format(on_page.ect.first_name),
                    hints={
                        "On track": _("Progress against the Teachers' Standards is satisfactory."),
                        "Not on track": _(
                            "You will be asked for the support plan. The appropriate body sees both (paragraph 4.1)."
                        ),
                    },
                    heading=True,
                )
            ],
        ),
        support_step(
            _("What support are you putting in place?"),
            _("What will be done, by whom, how often, and when you will look at it again (paragraph 4.1)."),
            needed=lambda doc: doc.on_track == "Not on track",
        ),
        target_step(_("Agreed development targets")),
        *standard_steps(
            "standards",
            "Standard Progress",
            "progress",
            _("How is progress on this standard?"),
            {},
            list(standards()),
            optional=True,
            group=_("Progress by standard"),
            beside=earlier_on_standard,
        ),
    ]


def _sections() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (_("The review"), ("on_track", "reviewed_on", "reviewer", "evidence_summary")),
        (_("Progress by standard"), ("standards",)),
        (_("Agreed development targets"), ("targets",)),
        (_("Support plan"), ("support_plan",)),
        (_("The ECT's comment"), ("ect_comment",)),
    ]


def report_meaning(doc: Document) -> dict:
    """What sending a review or an assessment on means."""
    return {
        "ect_comment": _("{0} can then read it and comment. Nobody outside the school sees it yet."),
        "tutor_signature": _("It then goes to the induction tutor for signature."),
        "head_signature": _("It then goes to the headteacher for signature."),
        "ect_signature": _("It then goes to {0} for signature."),
        "ab_receipt": _("It then goes to the appropriate body, signed."),
        "received": _("You confirm that it has come in complete and signed."),
        "cancelled": _("It will not be written. It stays on the record as not required."),
    }


KIND = Kind(
    doctype=DOCTYPE,
    noun=lambda: _("progress review"),
    title=lambda doc: _("Progress review, term {0}").format(doc.term_number)
    if doc.term_number
    else _("Progress review"),
    title_fields=("term_number",),
    sections=_sections,
    steps=_steps,
    with_move={("ect_comment", None): ask_comment},
    meaning=report_meaning,
    example=lambda doc: "progress-review-not-on-track"
    if doc.on_track == "Not on track"
    else "progress-review",
)
