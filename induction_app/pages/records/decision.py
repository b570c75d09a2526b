"""The appropriate body's decision: what the decision maker is asked (paragraphs 2.66 to 2.73), and its text."""

from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate
from markupsafe import Markup

from induction_app.clock import today
from induction_app.page_kit.environment import day
from induction_app.pages.records.kinds import Kind
from induction_app.pages.records.letter import notice_if_sent_today
from induction_app.pages.records.questions import ask_choice, ask_day, ask_line, ask_number, ask_text
from induction_app.pages.records.steps import Step
from induction_app.workflows.moves import Move

DOCTYPE = "Induction Decision"


def _steps(doc: Document) -> list[Step]:
    return [
        Step(
            slug="outcome",
            title=_("Decision"),
            fieldnames=("outcome", "extension_terms"),
            revealed=("extension_terms",),
            stages=("considering",),
            ask=lambda on_page: [
                ask_choice(
                    DOCTYPE,
                    "outcome",
                    _("What do you decide about {0}'s induction?").format(on_page.ect.first_name),
                    hints={
                        "Pass": _(
                            "Performance against the Teachers' Standards is satisfactory; induction is complete."
                        ),
                        "Extension": _(
                            "Justified where evidence is lacking or it would be unreasonable to expect it (paragraph 3.8)."
                        ),
                        "Fail": _(
                            "Induction has not been completed satisfactorily. It cannot be served again (paragraph 1.13)."
                        ),
                    },
                    reveal={"Extension": "extension_terms"},
                    required=_("Select pass, extension or fail"),
                    heading=True,
                ),
                ask_number("extension_terms", _("How long is the extension?"), unit=_("terms"), most=6),
            ],
        ),
        Step(
            slug="extension",
            title=_("Assessment during the extension"),
            fieldnames=("extension_assessment",),
            stages=("considering",),
            needed=lambda doc: doc.outcome == "Extension",
            ask=lambda on_page: [
                ask_text(
                    "extension_assessment",
                    _("How will the extension be assessed?"),
                    hint=_(
                        "Which reviews and assessments, and the recommendation at its end (paragraph 3.8)."
                    ),
                    heading=True,
                )
            ],
        ),
        Step(
            slug="reasons",
            title=_("Reasons"),
            fieldnames=("reasons",),
            stages=("considering",),
            ask=lambda on_page: [
                ask_text(
                    "reasons",
                    _("What are the reasons for the decision?"),
                    hint=_(
                        "They stand in the notice to {0}, the headteacher and the employer, word for word."
                    ).format(on_page.ect.first_name),
                    heading=True,
                    rows=12,
                )
            ],
        ),
        Step(
            slug="evidence-considered",
            title=_("Evidence considered"),
            fieldnames=("evidence_considered",),
            stages=("considering",),
            optional=True,
            ask=lambda on_page: [
                ask_text(
                    "evidence_considered",
                    _("What evidence did you consider?"),
                    hint=_(
                        "Include anything {0} wrote to you (paragraph 2.68). It is kept and not sent."
                    ).format(on_page.ect.first_name),
                    heading=True,
                )
            ],
        ),
        Step(
            slug="tra-told",
            title=_("Teaching Regulation Agency told"),
            fieldnames=("tra_notified_on",),
            stages=("appeal_window", "appealed", "closed"),
            optional=True,
            needed=lambda doc: not doc.acts_as_ect(),
            ask=lambda on_page: [
                ask_day("tra_notified_on", _("When was the Teaching Regulation Agency told?"), heading=True)
            ],
        ),
    ]


def _ask_appeal(on_page) -> list:
    doc = on_page.doc
    late = doc.stage == "closed" or today() > getdate(doc.appeal_closes_on)
    reason = ask_text(
        "appeal_recorded_late",
        _("Why is the appeal recorded only now?"),
        hint=_(
            "How it became known, or that the Teaching Regulation Agency admitted it late in exceptional circumstances (paragraph 2.70)."
        ),
    )
    return [
        ask_day(
            "appeal_made_on", _("When was the appeal made?"), required=_("Enter the day the appeal was made")
        ),
        ask_line(
            "appeal_reference",
            _("The Teaching Regulation Agency's reference"),
            hint=_("If it has been given one."),
            width="20",
        ),
        *([reason] if late and not doc.acts_as_ect() else []),
    ]


def _ask_appeal_outcome(on_page) -> list:
    return [
        ask_choice(
            DOCTYPE,
            "appeal_outcome",
            _("What was the outcome of the appeal?"),
            reveal={"Allowed: extended": "appeal_extension_terms"},
            required=_("Select the outcome of the appeal"),
        ),
        ask_number(
            "appeal_extension_terms", _("How long is the extension set on appeal?"), unit=_("terms"), most=6
        ),
        ask_day(
            "appeal_decided_on",
            _("When was the school told of the outcome?"),
            hint=_(
                "If the appeal is dismissed, the employer has 10 working days from this day to end the employment (paragraph 2.72). For example, 27 3 2026."
            ),
            required=_("Enter the day the school was told of the outcome"),
        ),
    ]


def _sections() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (
            _("The decision"),
            (
                "outcome",
                "extension_terms",
                "recommendation",
                "recommendation_received_on",
                "decision_due_on",
                "decided_on",
                "decided_by",
                "reasons",
                "extension_assessment",
                "evidence_considered",
            ),
        ),
        (
            _("Notice"),
            ("notice_due_on", "notified_on", "notice_received_on", "tra_notice_due_on", "tra_notified_on"),
        ),
        (
            _("Appeal"),
            (
                "appeal_closes_on",
                "no_appeal_notice_on",
                "appeal_made_on",
                "appeal_reference",
                "appeal_recorded_late",
                "appeal_outcome",
                "appeal_decided_on",
                "appeal_extension_terms",
                "dismissal_due_on",
            ),
        ),
    ]


def _meaning(doc: Document) -> dict:
    sent = _("The notice above is sent at once to {0}, the headteacher and the employer.")
    return {
        "decided": _(
            "The decision is then taken. The notice goes next, within 3 working days (paragraph 2.69)."
        ),
        "appeal_window": sent,
        ("decided", "closed"): sent,
        ("appeal_window", "closed"): _no_appeal(doc),
        "appealed": _(
            "The Teaching Regulation Agency hears the appeal. Nothing else happens here until its outcome."
        ),
        ("closed", "appealed"): _(
            "The Teaching Regulation Agency hears the appeal. What the closing of the decision had set, such as the end of the case and the day of a dismissal, is taken back until its outcome."
        ),
        ("appealed", "closed"): _("The outcome of the appeal then stands on the record, and takes effect."),
    }


def _no_appeal(doc: Document) -> str:
    """What it means that there will be no appeal: said by the ECT before the last day, or as the day has passed."""
    last = getdate(doc.appeal_closes_on)
    if today() > last:
        said = _("The time to appeal is over, and the decision stands.")
    else:
        said = _(
            "You tell your employer and us that you do not intend to appeal. You can still appeal until {0} (paragraph 2.70)."
        ).format(day(last))
    if doc.outcome != "Fail":
        return said
    dismissal = _(
        "In a school where induction is required by law, the employer then has to end the employment within 10 working days (paragraph 2.72)."
    )
    return f"{said} {dismissal}"


def _notice(doc: Document, move: Move) -> Markup | None:
    """The notice, before the decision is taken and before it is sent."""
    return notice_if_sent_today(doc) if move.came_from in ("considering", "checking", "decided") else None


KIND = Kind(
    doctype=DOCTYPE,
    noun=lambda: _("decision"),
    title=lambda doc: _("Decision on induction"),
    sections=_sections,
    steps=_steps,
    with_move={
        ("appeal_window", "appealed"): _ask_appeal,
        ("closed", "appealed"): _ask_appeal,
        ("appealed", "closed"): _ask_appeal_outcome,
    },
    preview=_notice,
    meaning=_meaning,
)
