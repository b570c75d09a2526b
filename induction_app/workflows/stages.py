"""What each stage means.

An administrator names the states of a workflow, adds states and rewires them. Each state sets the
record's `stage` (the Workflow's own Update Field and Update Value), and the stage is all that code,
clocks, mails, pages and reports look at. The stages of a record are listed here in their usual order.
"""

from dataclasses import dataclass, field

EVERY_FIELD = None  # the role permissions alone decide
NOTHING: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """What holds while a record is in a state of this stage."""

    task: str  # what the person whose turn it is does
    signs: str | None = None  # the capacity whose signature moving on records
    editable: tuple[str, ...] | None = (
        NOTHING  # fields that may change; EVERY_FIELD: whatever the role may write
    )
    ect_sees: bool = True
    school_sees: bool = True
    body_sees: bool = True
    closed: bool = False  # nothing more is asked of anyone
    back: bool = False  # moving here from a later stage is a return and needs a reason


@dataclass(frozen=True)
class Path:
    """What every workflow of a record type must allow, and what it must not let anyone go round."""

    start: str
    goals: tuple[str, ...]
    must_pass: tuple[str, ...] = ()
    stages: dict[str, Stage] = field(default_factory=dict)
    # The sides that write the record (`ect`, `school`, `body`), and the fields in which others answer.
    authors: tuple[str, ...] = ("school",)
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def order(self, stage: str) -> int:
        """Position of a stage in the usual order."""
        return list(self.stages).index(stage)

    def open_to(self, sides: set[str], stage: str, fieldname: str) -> bool:
        """Whether somebody on these sides may write a field while the record is at a stage."""
        editable = self.stages[stage].editable
        writing = sides & set(self.authors) if editable is EVERY_FIELD else fieldname in editable
        return bool(writing and sides & set(self.answers.get(fieldname, self.authors)))

    def returns(self, came_from: str, stage: str) -> bool:
        """Whether a move sends the record back to somebody who wrote it."""
        earlier = self.order(stage) < self.order(came_from)
        return self.stages[stage].back and (came_from == "checking" or earlier)

    def calls_off(self, stage: str) -> bool:
        """Whether a record in this stage has ended without what it was for."""
        return self.stages[stage].closed and stage not in self.goals

    def leads_on(self, came_from: str, stage: str) -> bool:
        """Whether a move takes the record further on its way."""
        return not self.returns(came_from, stage) and not self.calls_off(stage)


_written_and_signed = {
    "drafting": Stage("Write it", editable=EVERY_FIELD, ect_sees=False, body_sees=False, back=True),
    "checking": Stage("Check it", ect_sees=False, body_sees=False),
    "ect_comment": Stage("Read it and comment", editable=("ect_comment",), body_sees=False),
    "tutor_signature": Stage("Sign as induction tutor", signs="induction_tutor", body_sees=False),
    "head_signature": Stage("Sign as headteacher", signs="headteacher", body_sees=False),
    "ect_signature": Stage("Sign as early career teacher", signs="ect", body_sees=False),
    "ab_receipt": Stage("Receive it at the appropriate body"),
    "received": Stage("Received", closed=True),
    "cancelled": Stage("Not required", closed=True, body_sees=False),
}
_COMMENT = {"ect_comment": ("ect",)}
_appeal = ("appeal_made_on", "appeal_reference", "appeal_recorded_late")
_recommendation = ("recommendation", "recommendation_reason", "extension_terms_proposed")

PATHS: dict[str, Path] = {
    "ECT": Path(
        start="drafting",
        goals=("registered",),
        must_pass=("ab_check",),
        authors=("school", "body"),
        stages={
            "drafting": Stage("Complete the registration", editable=EVERY_FIELD, body_sees=False),
            "checking": Stage("Check the registration", editable=EVERY_FIELD, body_sees=False),
            "returned": Stage("Correct the registration", editable=EVERY_FIELD, back=True),
            "ab_check": Stage("Authorise or return the registration", editable=EVERY_FIELD),
            "registered": Stage("Registered", editable=EVERY_FIELD, closed=True),
            # A draft that was never sent ends here too, so the body does not see it.
            "withdrawn": Stage("Withdrawn", closed=True, body_sees=False),
        },
    ),
    "Observation": Path(
        start="drafting",
        goals=("shared",),
        authors=("school", "body"),  # whoever observed
        answers={"ect_reflection": ("ect",)},
        stages={
            "drafting": Stage(
                "Write the feedback", editable=EVERY_FIELD, ect_sees=False, body_sees=False, back=True
            ),
            "checking": Stage("Check the feedback", ect_sees=False, body_sees=False),
            "ect_reflection": Stage("Read the feedback and reflect", editable=("ect_reflection",)),
            "shared": Stage("Shared", closed=True),
            "withdrawn": Stage("Withdrawn", closed=True, ect_sees=False, body_sees=False),
        },
    ),
    "Progress Review": Path(
        start="drafting",
        goals=("received",),
        must_pass=("ect_comment", "tutor_signature", "head_signature", "ect_signature", "ab_receipt"),
        answers=_COMMENT,
        stages=_written_and_signed,
    ),
    "Formal Assessment": Path(
        start="drafting",
        goals=("received",),
        must_pass=("ect_comment", "tutor_signature", "head_signature", "ect_signature", "ab_receipt"),
        answers=_COMMENT,
        stages={
            **_written_and_signed,
            # The headteacher recommends on the final report, and signs it, after the tutor's signature (2.60).
            "head_signature": Stage(
                "Recommend and sign as headteacher",
                signs="headteacher",
                editable=_recommendation,
                body_sees=False,
            ),
        },
    ),
    "Induction Decision": Path(
        start="considering",
        goals=("closed",),
        must_pass=("decided",),
        authors=("body",),
        answers={
            "no_appeal_notice_on": ("ect", "body"),
            "appeal_made_on": ("ect", "body"),
            "appeal_reference": ("ect", "body"),
        },
        stages={
            "considering": Stage(
                "Decide: pass, extension or fail",
                editable=EVERY_FIELD,
                ect_sees=False,
                school_sees=False,
                back=True,
            ),
            "checking": Stage("Check the decision", ect_sees=False, school_sees=False),
            "decided": Stage("Send the notice of the decision", ect_sees=False, school_sees=False),
            "appeal_window": Stage(
                "Record an appeal, or that there is none",
                editable=("no_appeal_notice_on", *_appeal, "tra_notified_on"),
            ),
            "appealed": Stage(
                "Record the outcome of the appeal",
                editable=(
                    "appeal_reference",
                    "appeal_outcome",
                    "appeal_decided_on",
                    "appeal_extension_terms",
                    "tra_notified_on",
                ),
            ),
            # An appeal may become known, or be admitted, after the decision was closed (2.70).
            "closed": Stage("Closed", closed=True, editable=(*_appeal, "tra_notified_on")),
        },
    ),
    "Action Plan": Path(
        start="drafting",
        goals=("met", "escalated"),
        must_pass=("active",),
        answers=_COMMENT,
        stages={
            "drafting": Stage(
                "Write the action plan", editable=EVERY_FIELD, ect_sees=False, body_sees=False, back=True
            ),
            "checking": Stage("Check the action plan", ect_sees=False, body_sees=False),
            "sharing": Stage("Read the action plan and comment", editable=("ect_comment",)),
            "active": Stage(
                "Support the ECT, then review", editable=("targets", "review_notes", "review_on")
            ),
            "reviewing": Stage(
                "Close or escalate the plan", editable=("targets", "review_notes", "review_on")
            ),
            "met": Stage("Targets met", closed=True),
            "escalated": Stage("Escalated to the appropriate body", closed=True),
            "withdrawn": Stage("Withdrawn", closed=True, ect_sees=False, body_sees=False),
        },
    ),
    "QM Audit": Path(
        start="drafting",
        goals=("closed",),
        must_pass=("school_response",),
        authors=("body",),
        answers={"school_response": ("school",)},
        stages={
            "drafting": Stage("Plan the audit", editable=EVERY_FIELD, school_sees=False),
            "checking": Stage("Check the audit", school_sees=False),
            "visiting": Stage("Visit the school", editable=EVERY_FIELD),
            "reporting": Stage("Write the report", editable=EVERY_FIELD, school_sees=False, back=True),
            "school_response": Stage("Respond to the report", editable=("school_response",)),
            "following_up": Stage("Follow the actions up", editable=("findings",)),
            "closed": Stage("Closed", closed=True),
            "withdrawn": Stage("Withdrawn", closed=True, school_sees=False),
        },
    ),
}

STAGES: dict[str, dict[str, Stage]] = {doctype: path.stages for doctype, path in PATHS.items()}


def open_stages(doctype: str) -> list[str]:
    """The stages in which somebody still has something to do."""
    return [code for code, stage in STAGES[doctype].items() if not stage.closed]


def hidden_stages(doctype: str, seer: str) -> list[str]:
    """The stages a kind of reader does not see. `seer` is `ect`, `school` or `body`."""
    return [code for code, stage in STAGES.get(doctype, {}).items() if not getattr(stage, f"{seer}_sees")]
