"""What a post for induction gives: conditions, timetable, tutor and mentor (2.18–2.21, 2.42–2.45)."""

from fractions import Fraction

from .answer import Step, figure
from .checklist import conditions, unmet, working
from .facts import Fact, a_length, yes_or_no
from .question import Found, question
from .rules import Rules

CONDITIONS = conditions(
    head_can_recommend="a headteacher in post can recommend on the standards",
    appropriate_body_agreed="an appropriate body has agreed beforehand to quality assure induction",
    ecf_programme="the ECT has an induction programme based on the Early Career Framework",
    tasks_and_classes="the ECT has the tasks, whole classes and support to show the standards",
    tutor_with_qts="an induction tutor who holds QTS is appointed",
    mentor_with_qts="a mentor who holds QTS is appointed",
    reduced_timetable="the ECT has a reduced timetable",
    reasonable_demands="the demands on the ECT are reasonable",
    age_and_subject="the ECT normally teaches the age range and subject appointed for",
    manageable_discipline="day-to-day discipline is not unreasonably demanding for the setting",
    same_classes="the ECT regularly teaches the same classes",
    similar_processes="planning, teaching and assessment are like those of similar posts",
    no_unsupported_duties="any other duties come with preparation and support",
)
TERMS_SERVED = Fact("terms_served", a_length, "the full-time equivalent terms of induction served so far")


@question(
    *CONDITIONS,
    paragraphs=("2.18", "2.19", "2.20", "2.21", "2.39", "5.3"),
    gives="{suitable, unmet}; unmet lists the conditions not met",
)
def suitable_post(rules: Rules, **met: bool) -> Found:
    """Whether a post is suitable for induction by the thirteen conditions, and those unmet (2.18)."""
    names = unmet(met)
    steps: list[Step] = [
        *working(names, CONDITIONS, "2.18", "All thirteen conditions are met"),
        "The guidance expects these of a suitable post; head and appropriate body first agree it is (2.18).",
        "The governing body is satisfied that the institution can support the ECT (2.19).",
    ]
    return {"suitable": not names, "unmet": names}, steps


def timetable_part(terms_served: Fraction, rules: Rules) -> Fraction:
    """The largest part of a timetable an ECT may teach after that many FTE terms (2.20)."""
    return rules.year_one_timetable if terms_served < rules.full_year_terms else rules.year_two_timetable


@question(
    TERMS_SERVED,
    paragraphs=("2.20", "2.21", "reg 10(4)"),
    parameters=("year_one_timetable", "year_two_timetable", "full_year_terms"),
    gives="the largest part of a timetable that may be taught",
)
def timetable_limit(terms_served: Fraction, rules: Rules) -> Found:
    """The largest part of a timetable an ECT may teach: 0.90 in the first year of induction (terms 1 to 3
    or their part-time equivalent), 0.95 in the second (2.20). PPA time comes on top (2.21)."""
    limit = timetable_part(terms_served, rules)
    year = "first" if terms_served < rules.full_year_terms else "second"
    return figure(limit), [
        ("{} terms served, so the ECT is in the " + year + " year of induction (2.20).", terms_served),
        ("In it an ECT teaches at most {} of a timetable (2.20).", limit),
        "Planning, preparation and assessment time is in addition (2.21).",
    ]


@question(
    TERMS_SERVED,
    Fact("taught", a_length, "the hours or lessons a week the ECT teaches"),
    Fact("full", a_length, "the hours or lessons a week a teacher on the main pay range teaches"),
    Fact("ppa_given", yes_or_no, "whether PPA time is given as well", True),
    paragraphs=("2.20", "2.21", "reg 10(4)"),
    parameters=("year_one_timetable", "year_two_timetable", "full_year_terms"),
    gives="{met, most, over, ppa_given}; most and over in the unit of the facts",
)
def timetable_met(
    terms_served: Fraction, taught: Fraction, full: Fraction, ppa_given: bool, rules: Rules
) -> Found:
    """Whether an ECT's timetable is reduced enough, and by how much it is over (2.20, 2.21).

    `taught` and `full` are hours or lessons a week, already without PPA time, for the same working pattern.
    """
    limit = timetable_part(terms_served, rules)
    most = full * limit
    over = max(Fraction(0), taught - most)
    met = not over and ppa_given
    value = {"met": met, "most": figure(most), "over": figure(over), "ppa_given": ppa_given}
    steps: list[Step] = [
        ("At most {} of {} is {} (2.20).", limit, full, most),
        ("The ECT teaches {}, which is {} over.", taught, over),
    ]
    if not ppa_given:
        steps.append("PPA time is due in addition and is not given (2.21).")
    return value, steps


@question(
    Fact("tutor_has_qts", yes_or_no, "whether the induction tutor holds QTS"),
    Fact("mentor_has_qts", yes_or_no, "whether the mentor holds QTS"),
    Fact("same_person", yes_or_no, "whether one person is both"),
    Fact("exceptional", yes_or_no, "whether the circumstances are exceptional", False),
    Fact("safeguards_recorded", yes_or_no, "whether safeguards between the two roles are recorded", False),
    paragraphs=("2.42", "2.43", "2.44", "2.45"),
    gives="{may, reasons}; reasons tutor_without_qts, mentor_without_qts, not_exceptional, no_safeguards",
)
def may_appoint_tutor_and_mentor(
    tutor_has_qts: bool,
    mentor_has_qts: bool,
    same_person: bool,
    exceptional: bool,
    safeguards_recorded: bool,
    rules: Rules,
) -> Found:
    """Whether an induction tutor and mentor may be appointed as proposed (2.42–2.45).

    Both are expected to hold QTS and to be two people; one person is both only in exceptional
    circumstances, with safeguards.
    """
    found = {
        "tutor_without_qts": not tutor_has_qts,
        "mentor_without_qts": not mentor_has_qts,
        "not_exceptional": same_person and not exceptional,
        "no_safeguards": same_person and not safeguards_recorded,
    }
    reasons = [reason for reason, holds in found.items() if holds]
    return {"may": not reasons, "reasons": reasons}, [
        "Tutor and mentor are each expected to hold QTS (2.42, 2.43).",
        "They are expected to be two people, save in exceptional circumstances with safeguards (2.45).",
        *(("In the way: {}.", reason) for reason in reasons),
        "Both are given time for the role; mentoring is expected to fall in teaching hours (2.42, 2.44).",
    ]
