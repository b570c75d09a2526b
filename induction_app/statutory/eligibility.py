"""Who may start induction, teach as supply meanwhile, or be exempt (1.12–1.13, 2.4–2.17, 2.27, Annex A)."""

from datetime import date, timedelta
from typing import NamedTuple

from .answer import Step
from .facts import Fact, a_date, mapping, text, yes_or_no
from .question import Found, question
from .rules import Rules


class Setting(NamedTuple):
    """Where induction would be served, and what bears on whether it may be (2.4–2.8)."""

    kind: str = ""
    special_measures: bool = False
    inadequate: bool = False
    ofsted_permits: bool = False
    ect_already_serving: bool = False
    trained_here: bool = False


SETTING = Fact(
    "setting",
    mapping(
        Setting,
        Fact("kind", text, "the kind of setting, in a word", ""),
        Fact("special_measures", yes_or_no, "whether the school is in special measures", False),
        Fact("inadequate", yes_or_no, "whether the further education institution is inadequate", False),
        Fact("ofsted_permits", yes_or_no, "whether Ofsted has found it suitable for induction", False),
        Fact("ect_already_serving", yes_or_no, "whether this ECT's induction there began before", False),
        Fact("trained_here", yes_or_no, "whether the ECT was employed there as a trainee before", False),
    ),
    "where induction would be served",
    Setting(),
)


def special_measures_bar(setting: Setting) -> bool:
    """Whether special measures stand in the way: not for one who was a trainee or had started there
    before (2.5), nor where Ofsted permits (2.6)."""
    excepted = setting.ofsted_permits or setting.ect_already_serving or setting.trained_here
    return setting.special_measures and not excepted


def inadequate_bar(setting: Setting) -> bool:
    """Whether an inadequate further education institution stands in the way: not for one already serving
    there, nor where the Chief Inspector certifies it fit (2.7). Training there makes no exception."""
    return setting.inadequate and not (setting.ofsted_permits or setting.ect_already_serving)


def _bars(setting: Setting) -> list[str]:
    bars = {"special_measures": special_measures_bar(setting), "inadequate": inadequate_bar(setting)}
    return [reason for reason, holds in bars.items() if holds]


def _held_back(setting: Setting) -> list[Step]:
    if not (setting.special_measures or setting.inadequate):
        return []
    return ["The appropriate body satisfies itself that the ECT is not unfairly held back (2.8)."]


@question(
    SETTING,
    paragraphs=("2.4", "2.5", "2.6", "2.7", "2.8", "reg 6"),
    gives="{may, reasons}; reasons special_measures, inadequate",
)
def may_serve_there(setting: Setting, rules: Rules) -> Found:
    """Whether induction may be served in a setting, and every reason why not (2.4–2.8).

    Asked for each post, as a teacher who moves may meet another setting than the one induction began in.
    """
    reasons = _bars(setting)
    steps: list[Step] = [*(START_REASONS[reason] for reason in reasons), *_held_back(setting)]
    if not reasons:
        steps.append("Nothing in the setting stands in the way (2.4).")
    return {"may": not reasons, "reasons": reasons}, steps


@question(
    Fact("start", a_date, "the date from which the appropriate body has induction start"),
    Fact("registered_on", a_date, "the date the ECT was registered with the appropriate body"),
    paragraphs=("2.11", "2.12", "2.16", "2.23", "reg 6(4)"),
    gives="the first day from which a school records induction",
)
def recorded_from(start: date, registered_on: date, rules: Rules) -> Found:
    """The first day from which a school records induction in a post of its own: the start the appropriate
    body has set (2.12), and not before the registration where that came later (2.11). Service before it is
    for the appropriate body to take into account (2.16, 2.23)."""
    first = max(start, registered_on)
    return first, [
        ("The appropriate body has induction start on {} (2.12).", start),
        ("The ECT was registered on {}, and no induction comes before that (2.11).", registered_on),
        ("A school records induction from {}; a start is not backdated (2.16).", first),
    ]


@question(
    Fact("qts_awarded", a_date, "the date QTS was awarded, or null", None),
    Fact("start", a_date, "the date induction would start"),
    Fact("appropriate_body_agreed", yes_or_no, "whether an appropriate body has been agreed"),
    Fact("registered_on", a_date, "the date the ECT was registered with the appropriate body, or null", None),
    Fact("exempt", yes_or_no, "whether the teacher is exempt from induction", False),
    Fact("failed_before", yes_or_no, "whether the teacher has failed induction before", False),
    SETTING,
    paragraphs=(
        "2.10", "2.9", "2.11", "2.12", "2.13", "2.23", "2.27", "1.12", "1.13", "2.4", "2.5", "2.6", "2.7",
        "2.8", "2.1", "1.10", "Annex A", "reg 6", "reg 9",
    ),
    gives="{may, reasons}; reasons no_qts, before_qts, no_appropriate_body, not_registered, exempt, "
    "failed_before, special_measures, inadequate",
)  # fmt: skip
def may_start(
    qts_awarded: date | None,
    start: date,
    appropriate_body_agreed: bool,
    registered_on: date | None,
    exempt: bool,
    failed_before: bool,
    setting: Setting,
    rules: Rules,
) -> Found:
    """Whether a teacher may start induction on a date, and every reason why not (1.12–1.13, 2.4–2.13).

    QTS comes first (2.10), an appropriate body must be agreed (2.23), and registration comes before the
    start, not on the day (2.11, 2.27).
    """
    found = {
        "no_qts": qts_awarded is None,
        "before_qts": qts_awarded is not None and start < qts_awarded,
        "no_appropriate_body": not appropriate_body_agreed,
        "not_registered": registered_on is None or registered_on >= start,
        "exempt": exempt,
        "failed_before": failed_before,
    }
    reasons = [*(reason for reason, holds in found.items() if holds), *_bars(setting)]
    steps: list[Step] = [*(START_REASONS[reason] for reason in reasons), *_held_back(setting)]
    if not reasons:
        steps.append(("Nothing stands in the way of a start on {} (2.10, 2.11, 2.23).", start))
    return {"may": not reasons, "reasons": reasons}, steps


START_REASONS = {
    "no_qts": "QTS has not been awarded, and induction cannot be served without it (2.10).",
    "before_qts": "The start is before the day QTS was awarded (2.10).",
    "no_appropriate_body": "No appropriate body has been agreed (2.23).",
    "not_registered": "The ECT was not registered with the appropriate body before the start (2.11, 2.27).",
    "exempt": "The teacher is exempt and has no induction to serve (1.12, Annex A).",
    "failed_before": "The teacher has failed induction, which may be served only once (1.13).",
    "special_measures": "The school is in special measures and no exception applies (2.4–2.6).",
    "inadequate": "The institution is inadequate and no exception applies (2.4, 2.7).",
}


def last_day_of_years(start: date, years: int) -> date:
    """The last day of a period of that many years which starts on `start`, the start included."""
    try:
        anniversary = start.replace(year=start.year + years)
    except ValueError:
        anniversary = date(start.year + years, 3, 1)  # begun on 29 February, ended in a common year
    return anniversary - timedelta(days=1)


@question(
    Fact("qts_awarded", a_date, "the date QTS was awarded"),
    paragraphs=("2.14", "2.15", "2.16", "2.17", "Annex A", "sch 1 para 4"),
    parameters=("supply_years",),
    gives="the last day of short-term supply without induction",
)
def supply_until(qts_awarded: date, rules: Rules) -> Found:
    """The last day of short-term supply without induction: five years that start on the day QTS was
    awarded, so the day before the fifth anniversary (2.14, sch 1 para 4). Nothing extends it."""
    until = last_day_of_years(qts_awarded, rules.supply_years)
    return until, [
        (
            "{} years that start on {} end on {} (2.14, sch 1 para 4).",
            rules.supply_years,
            qts_awarded,
            until,
        ),
        "The limit is fixed, with no discretion to extend it (2.14).",
    ]
