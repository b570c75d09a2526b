"""Exemption from induction, by the grounds of Annex A and Schedule 1 of the Regulations (1.12, 3.12)."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import yaml

from .answer import Step, written
from .facts import Fact, a_date, a_length, one_of, yes_or_no
from .question import Found, question
from .rules import Rules

GROUNDS: dict[str, dict] = yaml.safe_load(
    Path(__file__).with_name("exemptions.yaml").read_text(encoding="utf-8")
)


@question(
    Fact("ground", one_of(*GROUNDS), "the ground in Annex A"),
    Fact("date", a_date, "the date that ground turns on, or null", None),
    Fact("years", a_length, "the years of experience, or terms in Wales, that ground turns on", Fraction(0)),
    Fact("confirmed", yes_or_no, "whether what that ground needs shown has been shown", False),
    paragraphs=("Annex A", "1.10", "1.12", "3.12", "3.13"),
    gives="{exempt, unmet}; unmet names date, years or confirmed",
)
def exemption(ground: str, date: date | None, years: Fraction, confirmed: bool, rules: Rules) -> Found:
    """Whether a teacher is exempt on one ground of Annex A, and which of its conditions are unmet (1.12)."""
    terms = GROUNDS[ground]
    met = {}
    if "date" in terms:
        met["date"] = _date_fits(date, terms)
    if "years" in terms:
        met["years"] = years >= terms["years"]
    if "confirm" in terms:
        met["confirmed"] = confirmed
    unmet = [name for name, holds in met.items() if not holds]
    if terms.get("either") and any(met.values()):
        unmet = []
    return {"exempt": not unmet, "unmet": unmet}, _steps(terms, unmet)


def _date_fits(day: date | None, terms: dict) -> bool:
    if day is None:
        return False
    return (
        ("from" not in terms or day >= terms["from"])
        and ("by" not in terms or day <= terms["by"])
        and ("before" not in terms or day < terms["before"])
    )


def _steps(terms: dict, unmet: list[str]) -> list[Step]:
    steps: list[Step] = [f"The ground is paragraph {terms['schedule']} of Schedule 1 (Annex A)."]
    limits = " and ".join(
        f"{word} {written(terms[word])}" for word in ("from", "by", "before") if word in terms
    )
    words = {
        "date": f"{terms.get('date')} must fall {limits}",
        "years": f"at least {terms.get('years')} {terms.get('years_are')} are needed",
        "confirmed": f"it must be shown that {terms.get('confirm')}",
    }
    steps += [f"Not met: {words[name]} (Annex A)." for name in unmet]
    return steps if unmet else [*steps, "Its conditions are met (1.12)."]
