"""What to look at on home: the early warnings of the cases a person may read, in words."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from frappe import _

from induction_app.access.positions import BODY, EVERYTHING, OWN, positions_of
from induction_app.clock import now
from induction_app.induction_case.doctype.absence.absence import absence_kind
from induction_app.induction_case.early_warning import CasesInNumbers, cases_in_numbers
from induction_app.page_kit.environment import day
from induction_app.pages.addresses import address_of
from induction_app.pages.kept_figures import kept_figures

# One, several; and where the list behind it is. The list page takes what is in the address.
_WORDS = {
    "overdue": (
        "1 review or assessment is overdue",
        "{0} reviews and assessments are overdue",
        "/cases?due=overdue",
    ),
    "action_plans": ("1 ECT has an action plan", "{0} ECTs have an action plan", "/cases?risk=plan"),
    "unregistered": (
        "1 ECT starts soon or has started and is not registered",
        "{0} ECTs start soon or have started and are not registered",
        "/registrations",
    ),
    "extended": (
        "1 induction is longer because of absence",
        "{0} inductions are longer because of absence",
        "/cases?risk=absence",
    ),
    "tra": (
        "The Teaching Regulation Agency has to be told of 1 decision",
        "The Teaching Regulation Agency has to be told of {0} decisions",
        "/decisions?tra=due",
    ),
}


def cases_counted() -> tuple[datetime, CasesInNumbers]:
    """When the cases of the person signed in were counted, and what was found.

    Those of a whole appropriate body are counted once a minute.
    """
    scopes = {position.scope for position in positions_of()}
    if scopes <= {OWN}:
        return now(), CasesInNumbers()  # numbers of cases say nothing to somebody who has one
    if scopes & {BODY, EVERYTHING}:
        return kept_figures("cases in numbers", cases_in_numbers)
    return now(), cases_in_numbers()


def alerts(counted: CasesInNumbers) -> list[dict[str, str]]:
    """Alerts for the person signed in: text, the list behind it, the paragraph."""
    found = []
    for warning in counted.warnings:
        one, several, href = _WORDS[warning.code]
        text = _(one) if warning.number == 1 else _(several).format(warning.number)
        found.append({"text": text, "href": href, "paragraph": warning.paragraph})
    return found


def choices_to_make(absences: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """An ECT's own choices that are still to be made: whether a statutory leave extends induction (3.7)."""
    return [
        {
            "text": _("Choose whether your {0} from {1} extends your induction").format(
                absence_kind(row.kind), day(row.starts_on)
            ),
            "href": address_of("Absence", row.name, "choice"),
            "paragraph": "3.7",
        }
        for row in absences
        if row.kind not in (None, "Ad hoc") and not row.choice_made_on
    ]
