"""What a registration must say before an appropriate body takes an ECT on, and what follows when it does."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt, getdate

from induction_app.access.positions import capacities_of, people_in
from induction_app.clock import today
from induction_app.induction_case.events import record_event
from induction_app.induction_case.refusals import REASONS, refuse_for
from induction_app.induction_case.rules import ask_rule
from induction_app.induction_case.where_served import check_body, setting_of, unmet_conditions
from induction_app.organisations import accounts
from induction_app.workflows.stages import STAGES

NEW = "New to induction"
# Stages in which the school writes.
_WITH_SCHOOL = ("drafting", "checking", "returned")
NEEDED_TO_SEND = (
    "email",
    "date_of_birth",
    "qts_awarded_on",
    "appropriate_body",
    "start_date",
    "induction_tutor",
    "mentor",
)


def check_post(ect: Document) -> None:
    """Full-time equivalent, QTS before the start, a contract that can count."""
    if not 0.1 <= flt(ect.fte, 2) <= 1:
        frappe.throw(_("Full-time equivalent: enter a number from 0.1 to 1, not {0}.").format(ect.fte))
    if ect.qts_awarded_on and getdate(ect.qts_awarded_on) > today():
        frappe.throw(_("QTS awarded on: this day has not come yet."))
    if ect.qts_awarded_on and ect.start_date and getdate(ect.start_date) < getdate(ect.qts_awarded_on):
        frappe.throw(_(REASONS["before_qts"]))
    if ect.contract == "Supply of less than a term" and ect.stage != "drafting":
        frappe.throw(
            _("Contract: supply of less than a term never counts towards induction (paragraph 2.14).")
        )


def check_earlier_service(ect: Document) -> None:
    """What the school says was served before: a number of terms that can be, and none for who is new."""
    if ect.registration_type == NEW:
        ect.terms_said_served, ect.served_before_at = 0, None
    elif flt(ect.terms_said_served) < 0:
        frappe.throw(_("Terms served before, as the school says: enter a number above 0."))


def check_answer(ect: Document) -> None:
    """The school's answer stands as it was sent: it is written while the school has the registration."""
    if not ect.before or ect.by_rules or ect.came_from in _WITH_SCHOOL:
        return
    if (ect.answer_to_body or "") != (ect.before.answer_to_body or ""):
        frappe.throw(
            _("The school's answer: it is written when the school sends a returned registration again."),
            frappe.PermissionError,
        )


def check_people(ect: Document) -> None:
    """Tutor, mentor and named contact are the right people, and not too many of them one person."""
    if ect.induction_tutor and ect.induction_tutor not in people_in("induction_tutor", school=ect.school):
        frappe.throw(
            _("Induction tutor: {0} is not an induction tutor at this school.").format(ect.induction_tutor)
        )
    if ect.mentor and ect.mentor not in people_in("mentor", school=ect.school):
        frappe.throw(_("Mentor: {0} is not a mentor at this school.").format(ect.mentor))
    if ect.user and ect.user in (ect.induction_tutor, ect.mentor):
        frappe.throw(_("Induction tutor and mentor: an ECT cannot hold either role for themselves."))
    if (
        ect.induction_tutor
        and ect.induction_tutor == ect.mentor
        and not (ect.same_person_safeguards or "").strip()
    ):
        frappe.throw(
            _(
                "Safeguards where tutor and mentor are one person: record them, or choose two people (paragraph 2.45)."
            )
        )
    if ect.named_contact:
        deciding = {"ab_officer", "ab_decision_maker"} & capacities_of(ect.named_contact)
        known = people_in("ab_named_contact", appropriate_body=ect.appropriate_body)
        if ect.named_contact not in known or deciding:
            frappe.throw(
                _(
                    "Named contact: choose a named contact of the appropriate body who neither monitors nor decides (paragraph 2.28)."
                )
            )


def check_reduction(ect: Document) -> None:
    """A reduction only on the grounds and with the consents of paragraphs 3.2 to 3.5."""
    if not flt(ect.reduced_to_terms):
        return
    answer = ask_rule(
        "may_reduce",
        ground="part_time" if ect.reduction_ground == "Part-time" else "prior_experience",
        to_terms=flt(ect.reduced_to_terms, 2),
        ect_agrees=bool(cint(ect.reduction_agreed_by_ect)),
        head_consulted=bool(cint(ect.reduction_head_consulted)),
        calendar_terms_covered=_calendar_terms_covered(ect),
        meets_standards=bool(cint(ect.reduction_standards_met)),
    )
    refuse_for(answer)


def missing(ect: Document) -> list[str]:
    """Names of the fields the appropriate body needs and does not have yet (2.9 to 2.13, 2.18, 2.27).

    A draft may be saved without them. A teacher trained outside England may have no reference number yet.
    """
    found = [field for field in NEEDED_TO_SEND if not ect.get(field)]
    if not ect.trn and not cint(ect.trained_outside_england):
        found.append("trn")
    if ect.registration_type != NEW and ect.stage != "registered":
        # The number the appropriate body sets stands for what the school would say.
        found += [] if flt(ect.terms_said_served) or flt(ect.prior_terms_served) else ["terms_said_served"]
    # Later posts are agreed when the ECT has been registered for long, each before it is opened.
    agreed = ect.stage == "registered" and not ect.moved_on
    return found if agreed else found + unmet_conditions(ect)


def check_complete(ect: Document) -> None:
    """Throw a sentence for the first thing the appropriate body still needs."""
    for field in missing(ect)[:1]:
        label = _(ect.meta.get_label(field))
        if field == "trn":
            frappe.throw(
                _("{0}: enter it, or tick that the ECT trained outside England and has none yet.").format(
                    label
                )
            )
        if field.startswith("post_"):
            frappe.throw(_("Suitable post: “{0}” is not ticked (paragraph 2.18).").format(label))
        frappe.throw(
            _("{0}: fill this in before you send the registration.").format(label), frappe.MandatoryError
        )


def check_may_start(ect: Document) -> None:
    """The conditions to start (2.4 to 2.11, 1.13) and the body's own conflicts of interest (2.25)."""
    if not ect.named_contact:
        frappe.throw(
            _("Named contact: give the ECT one as you register them (paragraph 2.28)."), frappe.MandatoryError
        )
    if ect.registration_type != NEW and not flt(ect.prior_terms_served):
        frappe.throw(
            _(
                "Terms served before this registration: enter them as the earlier records show (paragraph 2.34). Where none of them counts, return the registration, so that the school registers the ECT as new to induction."
            ),
            frappe.MandatoryError,
        )
    refuse_for(
        ask_rule(
            "may_start",
            qts_awarded=getdate(ect.qts_awarded_on),
            start=getdate(ect.start_date),
            appropriate_body_agreed=bool(ect.appropriate_body),
            registered_on=today(),
            exempt=bool(cint(ect.exempt)),
            failed_before=bool(cint(ect.failed_before)),
            setting=setting_of(ect, ect.school),
        )
    )
    check_body(ect, ect.school, ect.appropriate_body)


def open_sign_in(ect: Document) -> None:
    """Give the ECT an account with which to read, comment and sign."""
    roles = frappe.get_all("Induction Role", filters={"capacity": "ect"}, pluck="role")
    if not roles:
        frappe.throw(
            _("No Induction Role has the capacity ECT, so nobody can sign in as one. Ask an administrator.")
        )
    if not ect.user:
        school = frappe.db.get_value("School", ect.school, "school_name")
        if accounts.has_account(ect.email):
            accounts.tell_of_role(ect.email, roles[0], school)
        else:
            # The officer who registers need not manage users.
            user = accounts.open_account(ect.email, ect.first_name, ect.last_name, roles)
            accounts.invite(user, roles[0], school)
        ect.db_set("user", ect.email)
    user = frappe.get_doc("User", ect.user)
    if not set(roles) <= {row.role for row in user.roles}:
        user.flags.ignore_permissions = True  # the role follows from the registration
        user.add_roles(*roles)


def open_first_period(ect: Document) -> Document | None:
    """The induction period the registration announces; nothing where one is open."""
    if frappe.db.exists("Induction Period", {"ect": ect.name, "is_open": 1}):
        return None
    period = frappe.get_doc(
        {
            "doctype": "Induction Period",
            "ect": ect.name,
            "school": ect.school,
            "appropriate_body": ect.appropriate_body,
            "programme_type": ect.programme_type,
            "starts_on": ect.start_date,
            "fte": ect.fte,
        }
    )
    period.flags.by_registration = True
    return period.insert(ignore_permissions=True)  # follows from the officer's authorisation


def tell_answer(ect: Document) -> None:
    """The school's answer to what a registration was returned for, in the case's story."""
    if ect.came_from and STAGES["ECT"][ect.came_from].back and (answer := (ect.answer_to_body or "").strip()):
        if not ect.stage_rules.back and not ect.stage_rules.closed:
            said = _("The school answers: {0}").format(" ".join(answer.split()))
            record_event("answered", said, doc=ect, role=ect.flags.acting_role)


def _calendar_terms_covered(ect: Document) -> float:
    rows = (
        frappe.get_all("Induction Period", filters={"ect": ect.name}, pluck="calendar_terms")
        if ect.name
        else []
    )
    return flt(sum(flt(value) for value in rows), 2)
