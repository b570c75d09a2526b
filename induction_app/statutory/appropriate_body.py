"""Who may be the appropriate body, and its named contact (2.23–2.25, 2.28, 5.9)."""

from datetime import date

from .answer import StatutoryError, Step
from .facts import Fact, a_date, one_of, yes_or_no
from .question import Found, question
from .rules import Rules

HUB, NATIONAL, LOCAL_AUTHORITY = "teaching_school_hub", "national", "local_authority"


@question(
    Fact("kind", one_of(HUB, NATIONAL, LOCAL_AUTHORITY), "the kind of body"),
    Fact("recommended_qts", yes_or_no, "whether it recommended this ECT for QTS", False),
    Fact("employs_ect", yes_or_no, "whether it employs this ECT", False),
    Fact("ect_served_here", yes_or_no, "whether the ECT served any induction at it", False),
    Fact("start", a_date, "the date from which it would act for this ECT", None),
    paragraphs=("2.24", "2.25", "2.22", "2.23", "5.9", "reg 4"),
    parameters=("local_authority_role", "local_authority_closes"),
    gives="{may, reasons}; reasons recommended_qts, employs_ect, ect_served_here, local_authority_closed",
    dated_by="start",
)
def may_be_appropriate_body(
    kind: str,
    recommended_qts: bool,
    employs_ect: bool,
    ect_served_here: bool,
    start: date | None,
    rules: Rules,
) -> Found:
    """Whether a body may act as appropriate body for an ECT, and every reason why not (2.24, 2.25).

    The three conflicts bind teaching school hubs. A local authority may act for a start before September
    2023, and for no one from September 2024. Asked without a date, the rules are those of `start`. Raises
    StatutoryError when a local authority is asked about without `start`.
    """
    if kind == LOCAL_AUTHORITY:
        return _local_authority(start, rules)
    conflicts = {
        "recommended_qts": recommended_qts,
        "employs_ect": employs_ect,
        "ect_served_here": ect_served_here,
    }
    reasons = [reason for reason, holds in conflicts.items() if holds and kind == HUB]
    steps: list[Step] = [CONFLICTS[reason] for reason in reasons]
    if kind == NATIONAL:
        steps.append("An organisation determined by the Secretary of State may act (2.24).")
    elif not reasons:
        steps.append("The hub has none of the three conflicts with this ECT (2.25).")
    return {"may": not reasons, "reasons": reasons}, steps


CONFLICTS = {
    "recommended_qts": "The hub recommended this ECT for QTS (2.25).",
    "employs_ect": "The hub employs this ECT (2.25).",
    "ect_served_here": "The ECT has served part of induction at this hub (2.25).",
}


def _local_authority(start: date | None, rules: Rules) -> Found:
    if start is None:
        raise StatutoryError("start is missing: give the date from which the local authority would act.")
    role, closes = rules.local_authority_role, rules.local_authority_closes
    may = role == "open" or (role == "continuing" and start < closes)
    steps: list[Step] = [
        {
            "open": ("On {} local authorities may act as appropriate bodies (reg 4(2)).", rules.day),
            "continuing": (
                "On {} a local authority goes on only for an ECT who began before {} (2.24).",
                rules.day,
                closes,
            ),
            "closed": ("On {} a local authority may not act as appropriate body (2.24).", rules.day),
        }[role],
        ("It would act for a start on {}.", start),
    ]
    return {"may": may, "reasons": [] if may else ["local_authority_closed"]}, steps


@question(
    Fact("monitors", yes_or_no, "whether the person monitors the ECT"),
    Fact("supports", yes_or_no, "whether the person supports the ECT"),
    Fact("decides", yes_or_no, "whether the person takes part in deciding the outcome"),
    paragraphs=("2.28", "2.64", "5.11"),
    gives="{may, reasons}; reasons monitors, supports, decides",
)
def may_be_named_contact(monitors: bool, supports: bool, decides: bool, rules: Rules) -> Found:
    """Whether a person may be the ECT's named contact at the appropriate body: one who neither monitors,
    supports nor decides (2.28)."""
    found = {"monitors": monitors, "supports": supports, "decides": decides}
    reasons = [reason for reason, holds in found.items() if holds]
    return {"may": not reasons, "reasons": reasons}, [
        "The named contact should not monitor or support the ECT or decide on completion (2.28).",
        *(("This person {}.", reason) for reason in reasons),
    ]
