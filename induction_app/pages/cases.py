"""One ECT's case on a page: opened with the reader's own rights, and worded for people."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from pypika import Order

from induction_app.access.case_rows import keep_stored
from induction_app.access.request_memory import remembered
from induction_app.access.view_log import add_view
from induction_app.clock import today
from induction_app.page_kit.environment import day
from induction_app.pages.addresses import pdf_address
from induction_app.prepared import asked, prepared

#: The mood of a status tag, by induction status.
MOODS = {
    "Being registered": "waiting",
    "Waiting to start": "waiting",
    "In progress": "going",
    "Paused": "waiting",
    "Awaiting decision": "due",
    "Extended": "due",
    "Passed": "done",
    "Failed, appeal open": "late",
    "Failed": "late",
    "Left": "stopped",
    "Withdrawn": "stopped",
    "Exempt": "",
}


def open_case(args: Mapping[str, Any], ptype: str = "read") -> Document:
    """The ECT an address names, without the fields this person may not read; the look is logged (A4).

    Raises frappe.DoesNotExistError for an address without one, frappe.PermissionError for a case of others.
    """
    ect = frappe.get_doc("ECT", _named(args, "ect"))
    keep_stored(ect)
    ect.check_permission(ptype)
    hide_unreadable(ect)
    log_view("ECT", ect.name)
    return ect


def hide_unreadable(doc: Document) -> None:
    """Empty the fields this person may not read. Saving puts the stored values back."""
    doc.apply_fieldlevel_read_permissions()
    for df in doc.meta.fields:
        if df.fieldname not in doc.__dict__:
            doc.set(df.fieldname, None)


def open_record(doctype: str, args: Mapping[str, Any], name: str, ptype: str = "read") -> Document:
    """Another record an address names, under the same conditions as a case."""
    doc = frappe.get_doc(doctype, _named(args, name))
    doc.check_permission(ptype)
    log_view(doctype, doc.name)
    return doc


def log_view(doctype: str, name: str) -> None:
    """Log a look at a personal record's page. A form sent from the page is no second look."""
    if frappe.request.method == "GET":
        add_view(doctype, name)
        frappe.db.commit()  # a GET is not committed by the framework


def may_read(ect: Document, fieldname: str) -> bool:
    """Whether the person signed in may see a field of the case: some are for the body's officers only."""
    return ect.meta.get_field(fieldname).permlevel in (0, *ect.get_permlevel_access("read"))


def may_read_field(doctype: str, fieldname: str) -> bool:
    """Whether the person signed in may see a field of a record type, for lists of several records."""
    meta = frappe.get_meta(doctype)
    return meta.get_field(fieldname).permlevel in (0, *meta.get_permlevel_access("read"))


def may_write(ect: Document, fieldname: str) -> bool:
    """Whether the person signed in may fill in a field of the case."""
    return ect.meta.get_field(fieldname).permlevel in ect.get_permlevel_access("write")


def names_of(*users: str | None) -> dict[str | None, str]:
    """Full names of people by user; an empty text for nobody. One query."""
    wanted = {user for user in users if user}
    rows = _full_names(users=tuple(wanted)) if wanted else []
    return {None: "", "": "", **{row.name: row.full_name for row in rows}}


@prepared
def _full_names():
    user = frappe.qb.DocType("User")
    return frappe.qb.from_(user).select(user.name, user.full_name).where(user.name.isin(asked("users")))


def school_name(school: str | None) -> str:
    """A school's name by its URN."""
    if not school:
        return ""
    found = remembered(("school name", school), lambda: _name_of_school(urn=school))
    return (found[0].school_name if found else "") or ""


@prepared
def _name_of_school():
    school = frappe.qb.DocType("School")
    return frappe.qb.from_(school).select(school.school_name).where(school.name == asked("urn"))


def terms(number: float | None) -> str:
    """A number of terms in words, such as `2.5 terms`."""
    amount = f"{float(number or 0):.2f}".rstrip("0").rstrip(".")
    return _("1 term") if amount == "1" else _("{0} terms").format(amount)


def post_rows(ect: Document) -> list[dict | None]:
    """What the case's page says about the post, as rows of a summary list."""
    names = names_of(ect.induction_tutor, ect.mentor, ect.named_contact)
    one_person = bool(ect.induction_tutor) and ect.induction_tutor == ect.mentor
    return [
        {"label": _("School"), "value": school_name(ect.school)},
        {"label": _("Appropriate body"), "value": ect.appropriate_body},
        {"label": _("Induction starts on"), "value": day(ect.start_date)},
        {"label": _("Hours"), "value": hours(*hours_now(ect))},
        {"label": _("Contract"), "value": _(ect.contract)},
        _unless_empty(_("Year groups"), ect.year_groups),
        _unless_empty(_("Subject or phase"), ect.subject),
        {"label": _("Training programme"), "value": programme(ect)},
        {"label": _("Induction tutor"), "value": names.get(ect.induction_tutor) or _("Nobody yet")},
        {"label": _("Mentor"), "value": names.get(ect.mentor) or _("Nobody yet")},
        _unless_empty(_("Safeguards"), ect.same_person_safeguards if one_person else ""),
        {"label": _("Named contact"), "value": names.get(ect.named_contact) or _("Nobody yet")}
        if may_read(ect, "named_contact")
        else None,
    ]


def person_rows(ect: Document) -> list[dict | None]:
    """Who the ECT is, as far as this reader may know."""
    rows = [
        ("email", ect.email),
        ("previous_last_name", ect.previous_last_name),
        ("date_of_birth", day(ect.date_of_birth)),
        ("trn", trn(ect)),
        ("ni_number", ect.ni_number),
        ("qts_awarded_on", day(ect.qts_awarded_on)),
    ]
    return [
        {"label": _(ect.meta.get_label(field)), "value": value}
        for field, value in rows
        if may_read(ect, field) and (value or field != "previous_last_name")
    ]


def trn(ect: Document) -> str:
    """The teacher reference number, or why there is none."""
    if ect.trained_outside_england and not ect.trn:
        return _("Trained outside England, no number yet")
    return ect.trn or ""


def hours(fte: float | None, days: float | None) -> str:
    """Working hours, such as `0.6 of full time, 3 days a week`."""
    share = f"{float(fte or 0):.2f}".rstrip("0").rstrip(".")
    text = _("Full time") if share == "1" else _("{0} of full time").format(share)
    if not days:
        return text
    count = f"{float(days):.1f}".removesuffix(".0")
    return f"{text}, {_('1 day a week') if count == '1' else _('{0} days a week').format(count)}"


def hours_now(ect: Document) -> tuple[float, float]:
    """Full-time equivalent and days a week today: the last change of the open period, else as registered."""
    found = _hours_on(ect=ect.name, day=today())
    if not found:
        return ect.fte, ect.days_per_week
    hours = found[0]
    if hours.changed_on:
        return hours.changed_to, hours.changed_days
    return hours.fte, ect.days_per_week if hours.fte == ect.fte else 0


@prepared
def _hours_on():
    """The open period of a case, with the last change of its hours up to a day."""
    period, change = frappe.qb.DocType("Induction Period"), frappe.qb.DocType("Working Pattern")
    of_period = (change.parenttype == "Induction Period") & (change.parent == period.name)
    return (
        frappe.qb.from_(period)
        .left_join(change)
        .on(of_period & (change.from_date <= asked("day")))
        .where((period.ect == asked("ect")) & (period.is_open == 1))
        .select(
            period.fte,
            change.from_date.as_("changed_on"),
            change.fte.as_("changed_to"),
            change.days_per_week.as_("changed_days"),
        )
        .orderby(period.creation, change.from_date, order=Order.desc)
        .limit(1)
    )


def programme(ect: Document) -> str:
    """The training programme and its provider."""
    if ect.programme_type == "Provider-led" and ect.training_provider:
        return f"{_(ect.programme_type)}, {ect.training_provider}"
    return _(ect.programme_type)


def documents_of(
    ect: Document, records: list[Mapping[str, Any]], certificate_of: str = ""
) -> list[dict[str, str]]:
    """The papers this person can download: the registration, a PDF of each record they may read, and the
    certificate, where there is a decision that it is made of."""
    papers = []
    if ect.has_permission("print"):
        papers.append({"text": _("Registration"), "href": pdf_address("ECT", ect.name), "hint": ""})
    for record in records:
        if record["printable"]:
            papers.append(
                {
                    "text": record["text"],
                    "href": pdf_address(record["doctype"], record["name"]),
                    "hint": record["state"],
                }
            )
    if certificate_of:
        href = pdf_address("Induction Decision", certificate_of, "certificate")
        papers.append({"text": _("Certificate of completed induction"), "href": href, "hint": ""})
    return papers


def due_in_words(due: date | None) -> dict[str, str]:
    """A deadline for a list: the day, how far off, and the mood of its tag."""
    if not due:
        return {"day": "", "far": "", "mood": ""}
    left = (due - today()).days
    if left < 0:
        far, mood = _("1 day overdue") if left == -1 else _("{0} days overdue").format(-left), "late"
    elif left == 0:
        far, mood = _("Due today"), "due"
    else:
        far = _("Due tomorrow") if left == 1 else _("Due in {0} days").format(left)
        mood = "due" if left <= 14 else ""
    return {"day": day(due), "far": far, "mood": mood}


def _unless_empty(label: str, value: str | None) -> dict | None:
    return {"label": label, "value": value} if value else None


def _named(args: Mapping[str, Any], name: str) -> str:
    if not args.get(name):
        raise frappe.DoesNotExistError
    return args[name]
