"""The statutory rules of induction as plain Python: one door, one small function a rule, dated figures.

`ask(question, facts, on=None)` answers any question by name. Each rule can also be called directly, as
`deadlines.decision_due(received)`, and gives the same Answer. The rules follow the guidance "Induction for
early career teachers (England)" and the Education (Induction Arrangements for School Teachers) (England)
Regulations 2012; the figures are in `parameters/`, each with the date it took effect and its paragraph.
"""

from . import (
    absence,
    appropriate_body,
    assessment,
    conclusion,
    deadlines,
    eligibility,
    exemption,
    extension,
    history_schedule,
    length,
    observation,
    post,
    progress,
    records,
    reduction,
    review,
    schedule,
    simultaneous,
    waiting,
    working_days,
)
from .answer import Answer, Figure, StatutoryError, plain
from .question import QUESTIONS, Question, ask
from .rules import PARAMETERS, Rules, rules_on

__all__ = [
    "PARAMETERS",
    "QUESTIONS",
    "Answer",
    "Figure",
    "Question",
    "Rules",
    "StatutoryError",
    "absence",
    "appropriate_body",
    "ask",
    "assessment",
    "conclusion",
    "deadlines",
    "eligibility",
    "exemption",
    "extension",
    "history_schedule",
    "length",
    "observation",
    "plain",
    "post",
    "progress",
    "records",
    "reduction",
    "review",
    "rules_on",
    "schedule",
    "simultaneous",
    "waiting",
    "working_days",
]
