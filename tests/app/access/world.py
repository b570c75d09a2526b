"""The people and records that access is asked about: the asker's own, and two kinds that are never theirs.

`own` is at the asker's school and body and, where a role hangs on the person, theirs by name. `near` is at
the same school and body, with another tutor, mentor, named contact and ECT. `far` is at another school of
another appropriate body. Records are laid down as they are at each stage: this is about who reaches a
record, and the tests beside it see to how it gets to its stage.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import frappe

from induction_app.access.made_at import MADE_AT_A_SCHOOL
from induction_app.workflows.stages import PATHS
from tests import factory
from tests.app.access import written

TODAY = "2025-03-10"
ROLES = {
    "ECT": "ECT",
    "MEN": "Mentor",
    "TUT": "Induction Tutor",
    "COO": "Induction Coordinator",
    "HEA": "Headteacher",
    "SAD": "School Administrator",
    "GOV": "Governor",
    "ABO": "AB Officer",
    "ABD": "AB Decision Maker",
    "ABC": "AB Named Contact",
    "QAO": "QA Officer",
    "ADM": "Induction Administrator",
}
_IN_PLACE = {
    "MEN": "mentor",
    "TUT": "tutor",
    "COO": "coordinator",
    "HEA": "head",
    "SAD": "administrator",
    "GOV": "governor",
    "ABO": "officer",
    "ABD": "decider",
    "ABC": "contact",
    "QAO": "quality",
}
# Roles whose rows hang on the person and not on the place: a neighbour's record is as foreign as any.
BY_PERSON = ("ECT", "MEN", "TUT", "ABC")
# The stage in which a record of each type is open to everybody who ever sees that type.
OPEN_STAGE = {
    "ECT": "registered",
    "Observation": "shared",
    "Progress Review": "received",
    "Formal Assessment": "received",
    "Action Plan": "active",
    "Induction Decision": "appeal_window",
    "QM Audit": "school_response",
}


@dataclass
class Case:
    """One ECT with records of every type: `records` the ones asked about, `parked` one for each stage."""

    place: factory.Place
    ect: str
    user: str
    secret: str  # a word in the ECT's name, in every text about them and in no other case
    records: dict = field(default_factory=dict)
    parked: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def record(self, doctype: str, role: str) -> str:
        """The record of a type that belongs to this case, or to the asker's own share of it."""
        return self.records.get((doctype, role)) or self.records[doctype]


@dataclass
class World:
    """Everybody who asks, and what is asked about."""

    people: dict[str, str]
    own: Case
    near: Case
    far: Case

    def foreign(self, role: str) -> Case:
        """The case nearest to the asker that is not theirs."""
        return self.near if role in BY_PERSON else self.far

    def foreign_record(self, doctype: str, role: str) -> str:
        """A record that is not the asker's. Records of a place are a neighbour's as much as one's own."""
        case = self.foreign(role)
        if doctype in written.OF_A_PLACE:
            case = self.far
        return case.record(doctype, role)


def build() -> World:
    """Make everybody and everything, and commit it: the web server has to see it."""
    frappe.set_user("Administrator")
    place, elsewhere = factory.place(), factory.place()
    next_door = factory.Place(place.body, place.school, dict(place.people))
    for key, role in (("tutor", "Induction Tutor"), ("mentor", "Mentor")):
        next_door.people[key] = factory.person(f"Next {key}", role, school=place.school)
    next_door.people["contact"] = factory.person("Next contact", "AB Named Contact", body=place.body)
    world = World({}, _case(place), _case(next_door), _case(elsewhere))
    world.people = {code: getattr(place, key) for code, key in _IN_PLACE.items()}
    world.people["ECT"] = world.own.user
    world.people["ADM"] = factory.person("Keeper")
    frappe.get_doc("User", world.people["ADM"]).add_roles(ROLES["ADM"])
    # A role that means nothing yet, for whoever may give it a meaning.
    frappe.get_doc({"doctype": "Role", "role_name": "Guest speaker"}).insert(ignore_if_duplicate=True)
    frappe.db.commit()
    return world


def _case(at: factory.Place) -> Case:
    secret = f"Zanzibar{factory.number()}"
    ect = factory.registered_ect(
        at, previous_last_name="Before", ni_number=written.NI_NUMBER, last_name=secret
    )
    # Between the start and the post that is open, a school has room to record another.
    frappe.db.set_value("ECT", ect, {"start_date": "2024-07-02", "registered_on": "2024-06-28"})
    case = Case(at, ect, factory.user_of(ect), secret, {"ECT": ect})
    for doctype, path in PATHS.items():
        for stage in path.stages:
            case.parked[doctype, stage] = _park(case, doctype, stage)
        if doctype != "ECT":
            case.records[doctype] = case.parked[doctype, OPEN_STAGE[doctype]]
    for doctype, values in written.records(case).items():
        case.records[doctype] = lay_down(doctype, **values)
    _of_each_reader(case)
    _reference_data(case)
    _attach_files(case)
    return case


def _park(case: Case, doctype: str, stage: str) -> str:
    """A record as it stands at a stage, with everything written that was to be written by then."""
    values = written.staged(case, doctype, stage)
    if doctype in MADE_AT_A_SCHOOL:
        values["induction_period"] = frappe.db.get_value("Induction Period", {"ect": case.ect})
    name = lay_down(doctype, **values, stage=stage, workflow_state=state_of(doctype, stage))
    if doctype in ("Progress Review", "Formal Assessment"):
        # On a copy: what is signed can no longer change, and the record itself is to take actions.
        copy = lay_down(doctype, **values, stage=stage, workflow_state=state_of(doctype, stage))
        signature = lay_down("Induction Signature", **written.signature(case, doctype, copy))
        case.parked["Induction Signature", f"{doctype}: {stage}"] = signature
        if (doctype, stage) == ("Progress Review", "received"):
            case.records["Induction Signature"] = signature
    return name


def _of_each_reader(case: Case) -> None:
    """Records that are somebody's by name: letters to them, and the position they hold."""
    for code, key in {**_IN_PLACE, "ECT": None, "ADM": None}.items():
        person = getattr(case.place, key) if key else case.user
        letter = lay_down("Correspondence", **written.letter(case, person))
        case.records["Correspondence", code] = letter
        # Those who look after others' positions are asked about a colleague's, the rest about their own.
        whose = case.place.mentor if code in ("COO", "HEA", "SAD", "ABO", "GOV", "ECT", "ADM") else person
        case.records["Induction Staff", code] = frappe.db.get_value("Induction Staff", {"user": whose})
    case.records["Correspondence"] = case.records["Correspondence", "ECT"]
    case.records["Induction Staff"] = case.records["Induction Staff", "COO"]
    for hidden in (0, 1):
        key = "before the notice" if hidden else "ordinary"
        event = lay_down("Induction Event", **written.event(case), for_body_only=hidden)
        case.parked["Induction Event", key] = event
    case.records["Induction Event"] = case.parked["Induction Event", "ordinary"]
    for key, (doctype, stage) in written.TOLD_BY_EVENTS.items():
        of = {"reference_doctype": doctype, "reference_name": case.parked[doctype, stage], "stage": stage}
        case.parked["Induction Event", key] = lay_down("Induction Event", **(written.event(case) | of))


def _reference_data(case: Case) -> None:
    case.records |= {
        "School": case.place.school,
        "Appropriate Body": case.place.body,
        "Academic Term": lay_down("Academic Term", **written.term(case)),
        "School Registration": lay_down("School Registration", **written.registration_request(case)),
        "Term Figures": lay_down("Term Figures", **written.term_figures(case)),
        "Teachers Standard": "7",
        "Induction Role": frappe.db.get_value("Induction Role", {"shipped_as": "Governor"}),
        "Mail Rule": frappe.get_all("Mail Rule", order_by="name", pluck="name", limit=1)[0],
        "Induction Settings": "Induction Settings",
    }


def _attach_files(case: Case) -> None:
    for key, name in case.records.items():
        doctype = key if isinstance(key, str) else key[0]
        if name in case.files or doctype == "Induction Settings":
            continue
        word = "Shared" if doctype in written.SHARED else case.secret
        attached = frappe.get_doc(
            {
                "doctype": "File",
                "file_name": f"{word}-{factory.number()}.txt",
                "content": f"{word} {doctype} {name} {factory.number()}",
                "attached_to_doctype": doctype,
                "attached_to_name": name,
                "is_private": 1,
            }
        ).insert()
        case.files[name] = attached.file_url


def lay_down(doctype: str, **values) -> str:
    """Write a record as it is, past its controller. Returns its name."""
    doc = frappe.new_doc(doctype, **values)
    if not doc.name:
        doc.set_new_name()
    doc.set_parent_in_children()
    doc.db_insert()
    for row in doc.get_all_children():
        row.db_insert()
    return doc.name


def state_of(doctype: str, stage: str) -> str:
    """The shipped state of a stage; for the stage administrators add steps in, the first one."""
    workflow = frappe.get_doc("Workflow", {"document_type": doctype, "is_active": 1})
    states = {row.update_value: row.state for row in workflow.states}
    return states.get(stage) or workflow.states[0].state
