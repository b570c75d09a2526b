"""Where induction may be served, and under which appropriate body: asked for every post (2.4 to 2.8, 2.18, 2.25)."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate

from induction_app.induction_case.refusals import refuse_for
from induction_app.induction_case.rules import ask_rule

_BODY_KINDS = {
    "Teaching school hub": "teaching_school_hub",
    "National": "national",
    "Local authority": "local_authority",
}
_SERVED_HERE = "Part served at this school"


def check_place(ect: Document, school: str, appropriate_body: str, besides: str | None = None) -> None:
    """The setting (2.4 to 2.8) and the body's conflicts (2.25) for an ECT at a school.

    `besides` is the Induction Period that is being made, which is no earlier one. Raises
    frappe.ValidationError with a sentence for each reason.
    """
    refuse_for(ask_rule("may_serve_there", setting=setting_of(ect, school, besides)))
    check_body(ect, school, appropriate_body, besides)


def setting_of(ect: Document, school: str, besides: str | None = None) -> dict:
    """A school as the rules take a setting, for an ECT who may have begun there before (2.5, 2.7)."""
    about = frappe.get_doc("School", school)
    as_the_school_says = not ect.registered_on and ect.registration_type == _SERVED_HERE
    return {
        "kind": about.setting_kind or "maintained",
        "special_measures": bool(cint(about.special_measures)),
        "inadequate": bool(cint(about.judged_inadequate)),
        "ofsted_permits": bool(cint(about.ofsted_permits_induction)),
        "ect_already_serving": as_the_school_says or _has_served(ect.name, school, besides),
        "trained_here": False,
    }


def check_body(ect: Document, school: str, appropriate_body: str, besides: str | None = None) -> None:
    """The conflicts of interest of an appropriate body (2.25), and whether it acts at all (2.24)."""
    body = frappe.get_doc("Appropriate Body", appropriate_body)
    refuse_for(
        ask_rule(
            "may_be_appropriate_body",
            kind=_BODY_KINDS[body.ab_type],
            recommended_qts=ect.qts_recommended_by == body.name,
            employs_ect=body.lead_school == school,
            ect_served_here=bool(body.lead_school and _has_served(ect.name, body.lead_school, besides)),
            start=getdate(ect.start_date),
        )
    )


def check_agreed(ect: Document) -> None:
    """The thirteen conditions of a suitable post are agreed before the post is opened (2.18).

    They are ticked on the ECT's record, under Suitable post, by the school the post is at or the appropriate
    body. Raises frappe.ValidationError with the first that is not.
    """
    if unmet := unmet_conditions(ect):
        frappe.throw(
            _(
                "Suitable post: “{0}” is not ticked (paragraph 2.18). The headteacher and the appropriate body agree each new post first: tick its conditions on {1}, under Suitable post, then record the post."
            ).format(_(ect.meta.get_label(unmet[0])), ect.name)
        )


def follow_change(ect: Document) -> None:
    """A registered ECT goes to another school or appropriate body, or what was agreed for the post changes.

    The conditions agreed for the last post are not carried along (2.18): they are ticked anew for the next.
    Raises frappe.ValidationError where induction may not be served there, or a tick is taken off a post that
    goes on.
    """
    to_school, to_body = (ect.get(field) != ect.before.get(field) for field in ("school", "appropriate_body"))
    if to_school or to_body:
        check_place(ect, ect.school, ect.appropriate_body)
    if to_school:
        for field, ticked in _as_of_a_post(ect.name, ect.school).items():
            ect.set(field, ticked)
    elif unticked := [name for name in unmet_conditions(ect) if cint(ect.before.get(name))]:
        if _in_post(ect.name, ect.school):
            frappe.throw(
                _("Suitable post: “{0}” is not ticked (paragraph 2.18).").format(
                    _(ect.meta.get_label(unticked[0]))
                )
            )


def follow_post(period: Document) -> None:
    """A post at the ECT's school has ended, or goes on after all: what was agreed for it ends or stands (2.18)."""
    ect = frappe.db.get_value("ECT", period.ect, ["name", "school"], as_dict=True)
    if ect.school == period.school:
        frappe.db.set_value("ECT", ect.name, _as_of_a_post(ect.name, ect.school))


def _as_of_a_post(ect: str, school: str) -> dict[str, int]:
    """The conditions as they stand for a post that is open, or for one that has still to be agreed."""
    return {df.fieldname: int(_in_post(ect, school)) for df in conditions()}


def _in_post(ect: str, school: str) -> bool:
    return bool(frappe.db.exists("Induction Period", {"ect": ect, "school": school, "is_open": 1}))


def conditions() -> list:
    """The fields of the conditions of a suitable post (2.18), in the record's order."""
    fields = frappe.get_meta("ECT").fields
    return [df for df in fields if df.fieldname.startswith("post_") and df.fieldtype == "Check"]


def unmet_conditions(ect: Document) -> list[str]:
    """Names of the fields of the conditions of a suitable post that are not ticked (2.18)."""
    facts = {df.fieldname[5:]: bool(cint(ect.get(df.fieldname))) for df in conditions()}
    return [f"post_{code}" for code in ask_rule("suitable_post", **facts).value["unmet"]]


def _has_served(ect: str | None, school: str, besides: str | None) -> bool:
    served = {"ect": ect, "school": school, "name": ("!=", besides or "")}
    return bool(ect and frappe.db.exists("Induction Period", served))
