"""What to look at on home: the early warnings of the cases a person may read, in words."""

import frappe
from frappe import _

from induction_app.access.positions import OWN, positions_of
from induction_app.induction_case.doctype.absence.absence import absence_kind
from induction_app.induction_case.early_warning import warnings_for
from induction_app.page_kit.environment import day
from induction_app.pages.addresses import address_of

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
}


def alerts() -> list[dict[str, str]]:
    """Alerts for the person signed in: text, the list behind it, the paragraph."""
    if all(position.scope == OWN for position in positions_of()):
        return []  # numbers of cases say nothing to somebody who has one
    found = []
    for warning in warnings_for():
        one, several, href = _WORDS[warning.code]
        text = _(one) if warning.number == 1 else _(several).format(warning.number)
        found.append({"text": text, "href": href, "paragraph": warning.paragraph})
    return found


def open_choices(ect: str | None) -> list[dict[str, str]]:
    """An ECT's own choices that are still to be made: whether a statutory leave extends induction (3.7)."""
    if not ect or frappe.session.user != frappe.db.get_value("ECT", ect, "user"):
        return []
    rows = frappe.get_list(
        "Absence",
        filters={"ect": ect, "kind": ("!=", "Ad hoc"), "choice_made_on": ("is", "not set")},
        fields=["name", "kind", "starts_on"],
    )
    return [
        {
            "text": _("Choose whether your {0} from {1} extends your induction").format(
                absence_kind(row.kind), day(row.starts_on)
            ),
            "href": address_of("Absence", row.name, "choice"),
            "paragraph": "3.7",
        }
        for row in rows
    ]
