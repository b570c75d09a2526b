"""The door: questions by name, the facts each one needs, and how it is asked."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps

from .answer import Answer, StatutoryError, Step, Steps
from .facts import Fact, read_facts
from .rules import FIXED, PARAMETERS, Rules, as_date, rules_on

Found = tuple[object, Steps]


@dataclass(frozen=True)
class Question:
    """A rule that can be asked: its name, function, facts, paragraphs and parameters."""

    name: str
    function: Callable[..., Found]
    facts: tuple[Fact, ...]
    paragraphs: tuple[str, ...]
    parameters: tuple[str, ...]
    gives: str
    dated_by: str | None

    def answer(self, given: Mapping, rules: Rules) -> Answer:
        """Read the facts, apply the rule, and say where the guidance leaves room."""
        value, steps = self.function(**read_facts(self.facts, given, rules), rules=rules)
        return Answer(value, self.paragraphs, lambda: [*_given(steps), *self._room(rules)])

    def _room(self, rules: Rules) -> list[Step]:
        return [
            ROOM_TAKEN[name] if name in rules.own else ROOM_LEFT[name]
            for name in self.parameters
            if name in ROOM_LEFT
        ]


def _given(steps: Steps) -> Sequence[Step]:
    return steps() if callable(steps) else steps


QUESTIONS: dict[str, Question] = {}


FORCE = {
    "should": 'The guidance says "should", not "must"',
    "expected": 'The guidance says "expected", not "must"',
    "recommended": 'The guidance says "recommended", not "must"',
    "local": "The guidance gives no figure and leaves it to local decision",
}


def _room_step(name: str, own: bool) -> Step:
    parameter = PARAMETERS[name]
    if own:
        return f"The appropriate body has set its own figure for {parameter.about}."
    setting = parameter.settings[-1]
    return (
        f"{FORCE[parameter.force]} ({setting.paragraph}): {parameter.about}. "
        "The appropriate body may set its own."
    )


ROOM_LEFT = {name: _room_step(name, False) for name, each in PARAMETERS.items() if each.force != FIXED}
ROOM_TAKEN = {name: _room_step(name, True) for name in ROOM_LEFT}


def question(
    *facts: Fact,
    paragraphs: Sequence[str],
    gives: str,
    parameters: Sequence[str] = (),
    dated_by: str | None = None,
) -> Callable[[Callable[..., Found]], Callable[..., Answer]]:
    """Make a rule askable by its own name.

    The rule takes its facts by name and `rules`, and returns its value and the steps of its working. What
    is left in the module is a function of the same facts that also takes them in order, reads them just
    as `ask` does, and returns an Answer. `dated_by` names the fact whose date picks the rules when the
    question is asked without a date.
    """

    def register(function: Callable[..., Found]) -> Callable[..., Answer]:
        asked = Question(
            function.__name__, function, facts, tuple(paragraphs), tuple(parameters), gives, dated_by
        )
        QUESTIONS[asked.name] = asked

        @wraps(function)
        def rule(*given: object, rules: Rules | None = None, **named: object) -> Answer:
            if len(given) > len(facts):
                raise TypeError(f"{asked.name} takes at most {len(facts)} facts in order, not {len(given)}")
            named.update(zip([fact.name for fact in facts], given, strict=False))
            return asked.answer(named, rules or _rules_for(asked, named, None, None))

        signature = inspect.signature(function)
        rule.__signature__ = signature.replace(return_annotation=Answer)
        return rule

    return register


def ask(
    question: str,
    facts: Mapping[str, object],
    on: date | str | None = None,
    policy: Mapping[str, object] | None = None,
) -> Answer:
    """Answer `question` from `facts` by the rules of the date `on` (default today).

    `policy`, or a mapping of that name among the facts, gives an appropriate body's own figures where the
    guidance leaves room. Raises StatutoryError, naming the fact, for an unknown question and for a fact
    that is missing, unknown or malformed.
    """
    asked = QUESTIONS.get(question) if isinstance(question, str) else None
    if asked is None:
        raise StatutoryError(f"Unknown question: {question}. The questions are {', '.join(QUESTIONS)}.")
    if not isinstance(facts, Mapping):
        raise StatutoryError(f"facts must be a mapping of fact to value, not {facts!r}.")
    if "policy" in facts:
        facts = dict(facts)
        policy = facts.pop("policy") if policy is None else policy
    return asked.answer(facts, _rules_for(asked, facts, on, policy))


def _rules_for(asked: Question, facts: Mapping, on: object, policy: Mapping | None) -> Rules:
    if on is None and asked.dated_by and facts.get(asked.dated_by) is not None:
        on = as_date(facts[asked.dated_by], asked.dated_by)
    return rules_on(None if on is None else as_date(on, "on"), policy)
