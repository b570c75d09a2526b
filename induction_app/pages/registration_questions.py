"""The questions of a registration, and its answers as they are read back. One pair of functions a step.

What is asked and how it is worded is here; what is right is the record's controller's to say.
"""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from induction_app.access.positions import people_in
from induction_app.induction_case import where_served
from induction_app.page_kit import (
    Code,
    DateField,
    Email,
    Number,
    Option,
    Radios,
    Select,
    Text,
    TextArea,
    Tick,
)
from induction_app.page_kit.environment import day
from induction_app.page_kit.fields import Field
from induction_app.pages import cases

#: An answer read back: the field's name, what is kept, and how it is written for people.
Told = tuple[str, Any, str]


# Who it is ---------------------------------------------------------------------------------------


def ask_name(ect: Document) -> list[Field]:
    return [
        Text(
            "salutation_title", _("Title"), hint=_("For example Ms or Dr. You can leave it empty."), width="5"
        ),
        Text("first_name", _("First name"), required=True),
        Text("middle_names", _("Middle names")),
        Text("last_name", _("Last name"), required=True),
        Text("previous_last_name", _("Previous surname"), hint=_("If the name was ever different.")),
    ]


def tell_name(ect: Document) -> list[Told]:
    return _plain(ect, "salutation_title", "first_name", "middle_names", "last_name", "previous_last_name")


def ask_email(ect: Document) -> list[Field]:
    return [
        Email(
            "email",
            _("Email address"),
            hint=_(
                "Reminders and decisions go here, and it becomes the name to sign in with. "
                "Use one that the ECT keeps for the whole of their induction."
            ),
            required=True,
        )
    ]


def tell_email(ect: Document) -> list[Told]:
    return _plain(ect, "email")


def ask_identity(ect: Document) -> list[Field]:
    kept = _("One is kept already. Fill this in only to change it.") if _has_ni_number(ect) else ""
    return [
        DateField("date_of_birth", _("Date of birth"), hint=_("For example, 27 3 1999"), required=True),
        Code(
            "trn",
            _("Teacher reference number"),
            length=7,
            width="10",
            hint=_("7 digits, also called TRN. It is on their letters from the Teaching Regulation Agency."),
        ),
        Tick("trained_outside_england", _("They trained outside England and have no number yet")),
        Text(
            "ni_number",
            _("National Insurance number"),
            hint=" ".join(
                filter(None, [_("Only the appropriate body and the ECT can read it afterwards."), kept])
            ),
            width="10",
            spellcheck=False,
        ),
    ]


def tell_identity(ect: Document) -> list[Told]:
    if cases.may_read(ect, "ni_number"):
        kept, number = ect.ni_number, ect.ni_number
    else:
        kept, number = _has_ni_number(ect), _("Given; not shown")
    return [
        ("date_of_birth", ect.date_of_birth, day(ect.date_of_birth)),
        ("trn", cases.trn(ect), cases.trn(ect)),
        ("ni_number", kept, number if kept else _("Not given")),
    ]


def ask_qualification(ect: Document) -> list[Field]:
    return [
        DateField(
            "qts_awarded_on",
            _("When was qualified teacher status awarded?"),
            hint=_("Induction cannot start before this day (paragraph 2.10)."),
            required=_("Enter the day on which QTS was awarded"),
        ),
        Select(
            "qts_recommended_by",
            _("Which appropriate body recommended the award?"),
            hint=_(
                "Only if it was a teaching school hub: it cannot be the appropriate body too (paragraph 2.25)."
            ),
            prompt=_("None of these"),
            options=_bodies(),
        ),
    ]


def tell_qualification(ect: Document) -> list[Told]:
    return [
        ("qts_awarded_on", ect.qts_awarded_on, day(ect.qts_awarded_on)),
        ("qts_recommended_by", ect.qts_recommended_by, ect.qts_recommended_by),
    ]


# What they do ------------------------------------------------------------------------------------


def ask_induction(ect: Document) -> list[Field]:
    return [
        Radios(
            "registration_type",
            _("Have they served any induction before?"),
            options=_options(
                ect,
                "registration_type",
                {
                    "New to induction": _("No, they are new to induction"),
                    "Part served at this school": _("Yes, at this school"),
                    "Part served elsewhere": _("Yes, elsewhere"),
                },
            ),
            required=True,
        ),
        DateField(
            "start_date",
            _("When does induction start?"),
            hint=_(
                "You propose the day, the appropriate body sets it (paragraph 2.12). For example, 1 9 2025"
            ),
            required=_("Enter the day on which induction starts"),
        ),
        Select(
            "appropriate_body",
            _("Appropriate body"),
            hint=_("The one your school works with, unless another has agreed to act (paragraph 2.23)."),
            options=_bodies(),
            required=True,
        ),
    ]


def tell_induction(ect: Document) -> list[Told]:
    return [
        ("registration_type", ect.registration_type, _(ect.registration_type)),
        ("start_date", ect.start_date, day(ect.start_date)),
        ("appropriate_body", ect.appropriate_body, ect.appropriate_body),
    ]


def ask_earlier(ect: Document) -> list[Field]:
    return [
        Number(
            "terms_said_served",
            _("How many terms have they served?"),
            hint=_(
                "Full-time equivalent: a term at 0.5 counts as 0.5. A post of less than a term does not count "
                "(paragraphs 2.33 and 2.34). The appropriate body confirms the number."
            ),
            least=0,
            most=16,
            unit=_("terms"),
            required=_("Enter how many terms they have served"),
        ),
        TextArea(
            "served_before_at",
            _("Where and when?"),
            hint=_("The school, or schools, and the dates, as far as you know them."),
            rows=3,
        ),
    ]


def tell_earlier(ect: Document) -> list[Told]:
    return [
        ("terms_said_served", ect.terms_said_served, terms_said(ect)),
        *_plain(ect, "served_before_at"),
    ]


def terms_said(ect: Document) -> str:
    """How many terms the school says were served before."""
    return cases.terms(ect.terms_said_served) if ect.terms_said_served else ""


def ask_post(ect: Document) -> list[Field]:
    return [
        Radios("contract", _("Contract"), options=_options(ect, "contract"), required=True),
        Number(
            "fte",
            _("Full-time equivalent"),
            hint=_("1 is full time, 0.6 is three days of five."),
            least=0,
            most=1,
            required=True,
        ),
        Number("days_per_week", _("Days a week"), least=0, most=5),
        Text("year_groups", _("Year groups"), hint=_("For example, years 3 and 4"), width="20"),
        Text("subject", _("Subject or phase"), hint=_("For example, mathematics")),
    ]


def tell_post(ect: Document) -> list[Told]:
    return [
        ("contract", ect.contract, _(ect.contract)),
        ("fte", ect.fte, cases.hours(ect.fte, ect.days_per_week)),
        *_plain(ect, "year_groups", "subject"),
    ]


def ask_programme(ect: Document) -> list[Field]:
    return [
        Radios(
            "programme_type",
            _("Training programme"),
            options=_options(
                ect,
                "programme_type",
                hints={
                    "Provider-led": _(
                        "A lead provider funded by the Department for Education trains the ECT."
                    ),
                    "School-led": _("The school delivers training based on the early career framework."),
                },
            ),
            required=True,
        ),
        Text("training_provider", _("Training provider"), hint=_("For a provider-led programme.")),
    ]


def tell_programme(ect: Document) -> list[Told]:
    return [
        ("programme_type", ect.programme_type, _(ect.programme_type)),
        *(_plain(ect, "training_provider") if ect.programme_type == "Provider-led" else []),
    ]


def ask_people(ect: Document) -> list[Field]:
    return [
        Select(
            "induction_tutor",
            _("Induction tutor"),
            hint=_("Reviews and assesses. Expected to hold QTS (paragraph 2.42)."),
            options=_staff(ect, "induction_tutor"),
        ),
        Select(
            "mentor",
            _("Mentor"),
            hint=_("Supports, and does not assess. Expected to hold QTS (paragraph 2.43)."),
            options=_staff(ect, "mentor"),
        ),
        TextArea(
            "same_person_safeguards",
            _("Safeguards where tutor and mentor are one person"),
            hint=_("Only in exceptional circumstances may one person be both (paragraph 2.45)."),
            rows=3,
        ),
    ]


def tell_people(ect: Document) -> list[Told]:
    names = cases.names_of(ect.induction_tutor, ect.mentor)
    one_person = ect.induction_tutor and ect.induction_tutor == ect.mentor
    return [
        ("induction_tutor", ect.induction_tutor, names.get(ect.induction_tutor)),
        ("mentor", ect.mentor, names.get(ect.mentor)),
        *(_plain(ect, "same_person_safeguards") if one_person else []),
    ]


def ask_conditions(ect: Document) -> list[Field]:
    return [Tick(df.fieldname, _(df.label)) for df in where_served.conditions()]


def tell_conditions(ect: Document) -> list[Told]:
    return [(df.fieldname, ect.get(df.fieldname), _("Yes")) for df in where_served.conditions()]


# Pieces ------------------------------------------------------------------------------------------


def _plain(ect: Document, *names: str) -> list[Told]:
    return [(name, ect.get(name), ect.get(name)) for name in names]


def _options(
    ect: Document, name: str, words: dict[str, str] | None = None, hints: dict[str, str] | None = None
) -> list[Option]:
    values: Iterable[str] = (ect.meta.get_field(name).options or "").split("\n")
    return [
        Option(value, (words or {}).get(value) or _(value), (hints or {}).get(value, ""))
        for value in values
        if value
    ]


def _bodies() -> list[tuple[str, str]]:
    return [
        (name, name)
        for name in frappe.get_all("Appropriate Body", {"is_active": 1}, pluck="name", order_by="name")
    ]


def _staff(ect: Document, capacity: str) -> list[tuple[str, str]]:
    names = cases.names_of(*people_in(capacity, school=ect.school))
    return [(user, name) for user, name in names.items() if user]


def _has_ni_number(ect: Document) -> bool:
    """Whether a number is kept: not which, for those who may write but not read it."""
    return bool(ect.name and frappe.db.get_value("ECT", ect.name, "ni_number"))
