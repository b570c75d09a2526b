"""What people write in the demonstration and in the walkthrough, as the fields of records. No framework needed."""

from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"


@cache
def data(name: str) -> dict:
    """One of the demonstration's data files, by its name without the ending."""
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def progress_review(first: str, on_track: str, number: int) -> dict:
    """The text of a progress review: `on_track` is "On track" or "Not on track"; `number` picks the variant."""
    texts = data("texts")
    found = {
        "on_track": on_track,
        "evidence_summary": _pick(texts["reviews"][on_track], number).format(first=first),
        "standards": texts["standards_in_review"][on_track],
        "targets": [_pick(texts["targets"], number), _pick(texts["targets"], number + 1)],
    }
    if on_track == "Not on track":
        found["support_plan"] = support_plan(first)
    return found


def formal_assessment(first: str, kind: str, overall: str, weak: dict[str, str] | None = None) -> dict:
    """The text of a First, Interim or Final assessment; `weak` gives the judgement of each standard that is
    not satisfactory. A final assessment sets no targets: the appropriate body decides on it."""
    texts, weak = data("texts"), weak or {}
    judgements = []
    for code, by_judgement in texts["judgements"].items():
        judgement = weak.get(code, "Satisfactory")
        evidence = by_judgement[judgement].format(first=first)
        judgements.append({"standard": code, "judgement": judgement, "evidence": evidence})
    final = kind == "Final"
    summary = "Needs more time" if final and weak and overall == "Satisfactory" else overall
    found = {
        "overall": overall,
        "judgements": judgements,
        "summary": texts["final_summaries" if final else "summaries"][summary].format(first=first),
        "targets": [] if final else texts["targets"][:2],
        "days_absent": 0,
    }
    if overall == "Not satisfactory":
        found["support_plan"] = (
            texts["support_until_decision"].format(first=first) if final else support_plan(first)
        )
    return found


def support_plan(first: str) -> str:
    """The support for an ECT who is not on track."""
    return data("texts")["support_plan"].format(first=first)


def observation(number: int) -> dict:
    """The feedback on a lesson."""
    return {name: value for name, value in _observation(number).items() if name != "reflection"}


def reflection(number: int) -> str:
    """What the ECT made of that feedback."""
    return _observation(number)["reflection"]


def comment(on_track: str, number: int) -> str:
    """What an ECT says about a review or assessment."""
    return _pick(data("texts")["comments"][on_track], number)


def action_plan(by_when: str) -> dict:
    """The concern and the targets of an action plan, to be met by a day."""
    plan = data("texts")["plan"]
    return {"concern": plan["concern"], "targets": [{**row, "by_when": by_when} for row in plan["targets"]]}


def plan_words(part: str) -> str:
    """The ECT's `comment` on an action plan, or the `review` of it."""
    return data("texts")["plan"][part]


def recommendation(kind: str, terms: float = 0) -> dict:
    """The headteacher's recommendation: Satisfactory, Unsatisfactory or Extension (by so many terms)."""
    reason = data("texts")["recommendations"][kind].format(more=_length(terms, "more").capitalize())
    found = {"recommendation": kind, "recommendation_reason": reason}
    return {**found, "extension_terms_proposed": terms} if terms else found


def decision(outcome: str, terms: float = 0) -> dict:
    """The appropriate body's decision with its reasons: Pass, Fail or Extension (by so many terms)."""
    texts = data("texts")["decisions"]
    reasons = texts[outcome].format(further=_length(terms, "further"))
    found = {"outcome": outcome, "reasons": reasons, "evidence_considered": texts["evidence"]}
    if terms:
        found["extension_terms"] = terms
        found["extension_assessment"] = data("texts")["extension_assessment"]
    return found


def _length(terms: float, word: str) -> str:
    """An extension in words: `three more terms`."""
    return f"{('no', 'one', 'two', 'three')[int(terms)]} {word} {'term' if terms == 1 else 'terms'}"


def _observation(number: int) -> dict:
    return _pick(data("texts")["observations"], number)


def _pick(variants: list, number: int):
    return variants[number % len(variants)]
